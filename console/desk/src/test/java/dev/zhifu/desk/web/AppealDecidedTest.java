package dev.zhifu.desk.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.desk.Cast;
import dev.zhifu.desk.DeskRig;
import dev.zhifu.desk.HttpPerson;
import dev.zhifu.desk.RecoveryTwin;
import dev.zhifu.desk.people.DemoPeople;
import dev.zhifu.wire.ActKind;
import dev.zhifu.wire.OfficerAct;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.ReceiptResult;
import dev.zhifu.wire.StopPaymentRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A bank hears how its appeal was decided, why, and what its customer can do next. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AppealDecidedTest {
  private static final Pattern GROUP = Pattern.compile("data-group=\"(desk-[0-9a-f-]+)\"");
  private final Map<String, HttpPerson> people = new HashMap<>();
  private DeskRig rig;
  private RecoveryTwin recovery;

  @BeforeAll
  void start() {
    rig = new DeskRig("decided");
    recovery = new RecoveryTwin(rig);
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  private HttpPerson as(String id) {
    return people.computeIfAbsent(
        id, unseen -> new HttpPerson(rig.url()).login(id, DemoPeople.PASSWORD));
  }

  /** A stop in force that officer-3 has signed, and the bank's appeal against it, taken up. */
  private String appealed(DeskRig.Told told, String statement) {
    recovery.accepted(told.opened(), told.draft().getReportId(), Cast.T0);
    StopPaymentRequest sent = Cast.next(told.draft(), OrderState.SENT, "someone", Cast.T0);
    StopPaymentRequest active = Cast.next(sent, OrderState.ACTIVE, "receipt", Cast.T0);
    rig.topics().write("stop.requests", sent.getOrderId(), sent);
    rig.topics()
        .write(
            "bank.B02.inbound",
            sent.getOrderId(),
            Cast.receipt(sent, ReceiptResult.STOPPED, 9_000_000, Cast.T0));
    rig.topics().write("stop.requests", sent.getOrderId(), active);
    rig.topics()
        .write(
            "officer.acts",
            sent.getOrderId(),
            OfficerAct.newBuilder()
                .setActId("signed " + sent.getOrderId())
                .setKind(ActKind.SIGN_ORDER)
                .setOfficerId("officer-3")
                .setRole("DUTY_OFFICER")
                .setSecondOfficerId("officer-4")
                .setAt(Cast.T0)
                .setObjectId(sent.getOrderId())
                .setReason("REPORT_TRACED")
                .setDocuments(List.of())
                .setKeyId("")
                .setSignature(ByteBuffer.allocate(0))
                .build());
    recovery.stop(active);
    rig.caughtUp();
    as("bank-b02")
        .post(
            "/appeal",
            Map.of("object", active.getOrderId(), "statement", statement, "harm", "今日发薪"));
    String id =
        rig.one(
            "select appeal_id from own.appeal where statement = '" + statement + "'", String.class);
    assertThat(as("officer-1").post("/appeal/" + id + "/take", Map.of()).statusCode())
        .isEqualTo(200);
    recovery.answer(Cast.T0);
    return id;
  }

  private HttpResponse<String> press(
      DeskRig.Told told, String appealId, String event, Map<String, String> more) {
    Map<String, String> form = new HashMap<>(more);
    form.put("case", told.opened().getCaseId());
    form.put("life", "APPEAL");
    form.put("object", appealId);
    form.put("event", event);
    return as("officer-1").post("/life", form);
  }

  private void confirmed() {
    Matcher group = GROUP.matcher(as("officer-4").get("/asked/lines").body());
    assertThat(group.find()).isTrue();
    assertThat(as("officer-4").post("/act/" + group.group(1) + "/confirm", Map.of()).statusCode())
        .isEqualTo(200);
    recovery.answer(Cast.T0);
  }

  @Test
  void aRejectionNeedsReasonsAndRemedyAndTheBankReadsBoth() {
    DeskRig.Told told = rig.tell("驳回", 4_400_000, "R-rejected");
    String id = appealed(told, "这是货款");
    String mine = as("bank-b02").get("/appeal").body();
    assertThat(mine).contains("已提出").doesNotContain("后续救济");
    press(told, id, "ACCEPTED", Map.of("reason", "受理"));
    recovery.answer(Cast.T0);
    press(told, id, "CHECK_BEGUN", Map.of("reason", "送核"));
    recovery.answer(Cast.T0);
    String part = as("officer-1").get("/case/" + told.opened().getCaseId() + "/part/lives").body();
    assertThat(part).contains("name=\"remedy\"");

    assertThat(press(told, id, "REJECTED", Map.of("reason", "无合同")).body())
        .contains("驳回须写明理由和后续救济");
    assertThat(
            press(told, id, "REJECTED", Map.of("reason", "无合同", "remedy", "长".repeat(200)))
                .statusCode())
        .isEqualTo(422);
    Map<String, String> whole = Map.of("reason", "未提供合同与发货单", "remedy", "补充材料再次申诉");
    assertThat(press(told, id, "REJECTED", whole).statusCode()).isEqualTo(200);
    confirmed();

    assertThat(as("bank-b02").get("/appeal").body())
        .contains("申诉不成立", "未提供合同与发货单", "后续救济", "补充材料再次申诉");
    assertThat(decision(id)).containsExactly("未提供合同与发货单", "补充材料再次申诉");
    String caseId = told.opened().getCaseId();
    assertThat(as("officer-1").get("/case/" + caseId + "/part/lives").body())
        .contains("appeal:" + id, "申诉处理结果告知书");
    assertThat(
            as("officer-1")
                .post(
                    "/case/" + caseId + "/notice",
                    Map.of("notice", "appeal:" + id, "reason", "告知申诉人", "officer1", "李"))
                .body())
        .as("reasons, kinds of evidence, who decided and what the law leaves open")
        .contains("申诉处理结果告知书", "未提供合同与发货单", "补充材料再次申诉", "这是货款")
        .contains("民警操作记录 1 份", "officer-1", "officer-4", "第四十八条")
        .as("what the evidence says stays with the investigation")
        .doesNotContain("signed " + told.draft().getOrderId());
  }

  private List<String> decision(String id) {
    var decided =
        rig.centre()
            .appeals()
            .newest(id)
            .flatMap(dev.zhifu.desk.acts.Appeals::decision)
            .orElseThrow();
    assertThat(decided.at()).isEqualTo(Cast.T0);
    return List.of(decided.reason(), decided.remedy());
  }

  @Test
  void whoReleasesBesideAnOpenAppealIsWarnedUntilItIsDecided() {
    DeskRig.Told told = rig.tell("另行解除", 4_500_000, "R-beside");
    String caseId = told.opened().getCaseId();
    rig.store()
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "insert into own.draft_report (report_id, officer_id, begun_at, body) values"
                        + " ('R-beside', 'officer-1', now(), '{}')"));
    String id = appealed(told, "工资账户");
    for (String page : List.of("/case/" + caseId + "/part/orders", "/report/R-beside/part")) {
      assertThat(as("officer-1").get(page).body())
          .as(page)
          .contains("value=\"RELEASE\"", "data-appeal=\"" + id + "\"", "有未决申诉");
    }
    HttpPerson english = new HttpPerson(rig.url()).login("officer-2", DemoPeople.PASSWORD);
    english.post("/language", Map.of("language", "en"));
    assertThat(english.get("/case/" + caseId + "/part/orders").body())
        .contains("An appeal against this stop is open");

    press(told, id, "UPHELD", Map.of("cause", "BONA_FIDE"));
    confirmed();
    assertThat(decision(id)).containsExactly("BONA_FIDE", "");
    assertThat(as("officer-1").get("/case/" + caseId + "/part/orders").body())
        .as("decided: nothing is left open")
        .doesNotContain("data-appeal");
    assertThat(as("bank-b02").get("/appeal").body()).contains("申诉成立", "善意取得");
  }
}
