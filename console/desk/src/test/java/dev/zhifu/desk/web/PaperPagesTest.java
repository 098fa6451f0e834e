package dev.zhifu.desk.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.desk.Cast;
import dev.zhifu.desk.DeskRig;
import dev.zhifu.desk.HttpPerson;
import dev.zhifu.desk.RecoveryTwin;
import dev.zhifu.desk.people.DemoPeople;
import dev.zhifu.ingress.ClearIdentity;
import dev.zhifu.ingress.TokenKind;
import dev.zhifu.schemas.events.EventIds;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.ReasonCode;
import dev.zhifu.wire.ReceiptResult;
import dev.zhifu.wire.RestrictionNotice;
import dev.zhifu.wire.StopPaymentRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What goes on paper, asked over HTTP: from the order to the bank's answer that was typed in. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PaperPagesTest {
  private final Map<String, HttpPerson> people = new HashMap<>();
  private DeskRig rig;
  private RecoveryTwin recovery;

  @BeforeAll
  void start() {
    rig = new DeskRig("paperpages");
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

  /** An order that was signed and sent to a bank that reads none. */
  private StopPaymentRequest onPaper(DeskRig.Told told, String reportId) {
    recovery.accepted(told.opened(), reportId, Cast.T0);
    StopPaymentRequest signed = Cast.next(told.draft(), OrderState.SIGNED, "someone", Cast.T0);
    StopPaymentRequest sent = Cast.next(signed, OrderState.SENT, "sent", Cast.T0);
    says(signed);
    says(sent);
    recovery.stopOnPaper(sent);
    return sent;
  }

  private void says(StopPaymentRequest order) {
    rig.topics().write("stop.requests", order.getOrderId(), order);
    rig.caughtUp();
  }

  private String paperId(String caseId) {
    return rig.store()
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "select distinct object_id from seen.life_change where kind = 'PAPER' and"
                            + " case_id = ?")
                    .bind(0, caseId)
                    .mapTo(String.class)
                    .one());
  }

  private HttpResponse<String> act(String caseId, String event, Map<String, String> form) {
    Map<String, String> fields = new HashMap<>(form);
    fields.put("case", caseId);
    fields.put("life", "PAPER");
    fields.put("object", paperId(caseId));
    fields.put("event", event);
    return as("officer-1").post("/life", fields);
  }

  private void confirmed(String event) {
    String group =
        rig.one(
            "select group_id from own.act where event = '" + event + "' and state = 'ASKED'",
            String.class);
    assertThat(as("officer-4").post("/act/" + group + "/confirm", Map.of()).statusCode())
        .isEqualTo(200);
  }

  @Test
  void anOrderOnPaperIsPrintedServedByTwoAndItsTypedAnswerIsItsReceipt() {
    DeskRig.Told told = rig.tell("书面止付", 4_012_000, "R-paper");
    StopPaymentRequest sent = onPaper(told, "R-paper");
    String caseId = told.opened().getCaseId();
    assertThat(as("officer-1").get("/papers").body())
        .contains(paperId(caseId), "紧急止付", "待打印", "/case/" + caseId);
    String orders = as("officer-1").get("/case/" + caseId + "/part/orders").body();
    assertThat(orders).contains("待打印").doesNotContain("该行直接收指令");
    String lives = as("officer-1").get("/case/" + caseId + "/part/lives").body();
    assertThat(lives).contains("PAPER.PRINTED").doesNotContain("PAPER.SERVED", "PAPER.ANSWERED");

    assertThat(act(caseId, "SERVED", Map.of("number", "1")).statusCode())
        .as("what is not printed is not served")
        .isEqualTo(422);
    assertThat(act(caseId, "PRINTED", Map.of()).statusCode()).isEqualTo(200);
    recovery.answer(Cast.T0);
    Map<String, String> service =
        Map.of("number", "回执 7", "to", "赵经理", "at", "2026-03-03 02:10", "desk", "草原银行值班台");
    Map<String, String> tomorrow = new HashMap<>(service);
    tomorrow.put("at", "2026-03-04 02:10");
    assertThat(act(caseId, "SERVED", tomorrow).body()).contains("不晚于现在");
    assertThat(act(caseId, "SERVED", service).statusCode()).isEqualTo(200);
    assertThat(as("officer-4").get("/asked").body())
        .contains("送达 赵经理，03-03 02:10:00，草原银行值班台，回执 回执 7");
    confirmed("SERVED");
    recovery.answer(Cast.T0);
    assertThat(as("officer-1").get("/papers").body()).contains("已送达，待答复", "赵经理");

    Map<String, String> answer = new HashMap<>();
    answer.put("answer", "BANK_STOPPED");
    answer.put("number", "复〔2026〕7号");
    answer.put("amount", "40,120.00");
    assertThat(act(caseId, "ANSWERED", answer).body()).contains("须写明银行所载的生效时间");
    answer.put("start", "2026-03-03 02:05:00");
    assertThat(act(caseId, "ANSWERED", answer).statusCode()).isEqualTo(200);
    recovery.answer(Cast.T0);

    assertThat(
            rig.one(
                "select balance_fen from seen.receipt where order_id = '"
                    + sent.getOrderId()
                    + "' and result = 'STOPPED'",
                Long.class))
        .isEqualTo(4_012_000);
    says(Cast.next(sent, OrderState.ACTIVE, "receipt", Cast.T0));
    assertThat(as("officer-1").get("/case/" + caseId + "/part/orders").body())
        .contains("止付成功", "40,120.00", "03-05 02:05:00");
    assertThat(as("officer-1").get("/papers").body()).doesNotContain(paperId(caseId));
    assertThat(as("officer-1").get("/case/" + caseId + "/part/lives").body())
        .contains("答复：止付成功，编号 复〔2026〕7号");
  }

  @Test
  void aReleaseOnPaperIsLiftedWhenItsAnswerIsTypedIn() {
    DeskRig.Told told = rig.tell("书面解除", 3_000_000, "R-lift");
    String caseId = told.opened().getCaseId();
    recovery.accepted(told.opened(), "R-lift", Cast.T0);
    StopPaymentRequest active = Cast.next(told.draft(), OrderState.ACTIVE, "receipt", Cast.T0);
    says(active);
    StopPaymentRequest released = Cast.next(active, OrderState.RELEASED, "act", Cast.T0);
    says(released);
    assertThat(as("officer-1").get("/case/" + caseId + "/part/orders").body())
        .contains("银行尚未答复已解除", "由值班台电话告知")
        .containsPattern("请致电值班：[0-9-]+");
    recovery.stopOnPaper(released);
    assertThat(as("officer-1").get("/case/" + caseId + "/part/orders").body()).contains("该行以书面送达");
    act(caseId, "PRINTED", Map.of());
    recovery.answer(Cast.T0);
    act(
        caseId,
        "SERVED",
        Map.of("number", "8", "to", "王", "at", "2026-03-03 02:10", "desk", "值班台"));
    confirmed("SERVED");
    recovery.answer(Cast.T0);
    act(
        caseId,
        "ANSWERED",
        Map.of("answer", "BANK_LIFTED", "number", "9", "start", "2026-03-03 02:09:30"));
    recovery.answer(Cast.T0);
    assertThat(as("officer-1").get("/case/" + caseId + "/part/orders").body())
        .contains("银行答复：已解除（03-03 02:09:30）", "书面答复，已录入");
  }

  @Test
  void aPaperPrintsWithNamesOpenedOnRecordAndAllowsItsOwnStyleAlone() {
    DeskRig.Told told = rig.tell("打印", 5_000_000, "R-print");
    onPaper(told, "R-print");
    String caseId = told.opened().getCaseId();
    String path = "/case/" + caseId + "/paper";
    rig.vault()
        .keep(
            told.mule().getAccountToken(),
            new ClearIdentity(TokenKind.ACCOUNT, "钱多多", "6217020000000077777"));
    Map<String, String> form = new HashMap<>();
    form.put("paper", paperId(caseId));
    assertThat(as("officer-1").post(path, form).statusCode()).as("no reason").isEqualTo(422);
    form.put("reason", "制作止付文书");
    form.put("officer1", "李");
    HttpResponse<String> page = as("officer-1").post(path, form);
    assertThat(page.body())
        .contains("紧急止付通知书", "钱多多", "6217020000000077777", "50,000.00元", "演示环境", "回　执")
        .doesNotContain(told.mule().getAccountToken());
    assertThat(page.headers().firstValue("Content-Security-Policy"))
        .hasValueSatisfying(
            policy -> assertThat(policy).contains("style-src 'sha256-").doesNotContain("unsafe"));
    assertThat(
            rig.one(
                "select count(*) from own.audit where what = 'OPEN IDENTITY' and object_id = '"
                    + told.mule().getAccountToken()
                    + "'",
                Long.class))
        .isEqualTo(1);
    form.put("form", "pdf");
    assertThat(
            new String(
                as("officer-1").postForBytes(path, form).body(), 0, 5, StandardCharsets.US_ASCII))
        .isEqualTo("%PDF-");
  }

  @Test
  void theHolderOfARestrictedAccountFindsANoticeToPrint() {
    DeskRig.Told told = rig.tell("告知", 6_000_000, "R-notice");
    StopPaymentRequest sent = onPaper(told, "R-notice");
    String caseId = told.opened().getCaseId();
    RestrictionNotice notice =
        RestrictionNotice.newBuilder()
            .setNoticeId(EventIds.noticeId(sent.getOrderId()))
            .setRestrictionId(sent.getOrderId())
            .setRestriction("STOP_PAYMENT")
            .setAccountToken(told.mule().getAccountToken())
            .setBank("B02")
            .setReasonCode(ReasonCode.VICTIM_AT_RISK)
            .setFrom(Cast.T0)
            .setUntil(Cast.T0.plus(Duration.ofHours(48)))
            .setRelief("可向作出决定的公安机关或开户银行提出申诉")
            .setDocuments(List.of("身份证件"))
            .setInForce(true)
            .build();
    rig.topics().write("restriction.notices", notice.getNoticeId(), notice);
    rig.caughtUp();
    assertThat(as("officer-1").get("/case/" + caseId + "/part/lives").body())
        .contains("data-notice=\"" + notice.getNoticeId(), "给户主的告知书：紧急止付（只收不付）");
    HttpResponse<String> page =
        as("officer-1")
            .post(
                "/case/" + caseId + "/notice",
                Map.of("notice", notice.getNoticeId(), "reason", "送达告知书"));
    assertThat(page.body())
        .contains("限制措施告知书", "2026-03-03 02:10:00", "2026-03-05 02:10:00", "提出申诉", "1．身份证件");
    DeskRig.Told other = rig.tell("别案", 6_000_000, "R-other");
    rig.caughtUp();
    assertThat(
            as("officer-1")
                .post(
                    "/case/" + other.opened().getCaseId() + "/notice",
                    Map.of("notice", notice.getNoticeId(), "reason", "送达告知书"))
                .statusCode())
        .as("another case's notice")
        .isEqualTo(404);
  }

  @Test
  void anOrderThatItsBankReadsItselfTakesNoTypedAnswerAndSaysWhy() {
    DeskRig.Told told = rig.tell("直连", 2_000_000, "R-direct");
    recovery.accepted(told.opened(), "R-direct", Cast.T0);
    StopPaymentRequest sent = Cast.next(told.draft(), OrderState.SENT, "sent", Cast.T0);
    says(sent);
    recovery.stop(sent);
    String caseId = told.opened().getCaseId();
    assertThat(as("officer-1").get("/case/" + caseId + "/part/orders").body())
        .contains("等待银行回执", "电话答复不录入");
    assertThat(as("officer-1").get("/case/" + caseId + "/part/lives").body())
        .doesNotContain("PAPER.");
  }

  private void ofCase(String caseId, String event, String reason) {
    Map<String, String> form = new HashMap<>();
    form.put("case", caseId);
    form.put("life", "CASE");
    form.put("object", caseId);
    form.put("event", event);
    form.put("reason", reason);
    assertThat(as("officer-1").post("/life", form).statusCode()).as(event).isEqualTo(200);
    recovery.answer(Cast.T0);
  }

  @Test
  void aCaseThatIsHandedOverSaysToWhomAndPrintsWhatGoesAlong() {
    DeskRig.Told told = rig.tell("移送", 7_000_000, "R-over");
    String caseId = told.opened().getCaseId();
    recovery.accepted(told.opened(), "R-over", Cast.T0);
    StopPaymentRequest sent = Cast.next(told.draft(), OrderState.SENT, "someone", Cast.T0);
    StopPaymentRequest active = Cast.next(sent, OrderState.ACTIVE, "receipt", Cast.T0);
    says(sent);
    rig.topics()
        .write(
            "bank.B02.inbound",
            sent.getOrderId(),
            Cast.receipt(sent, ReceiptResult.STOPPED, 9_000_000, Cast.T0));
    says(active);
    recovery.stop(active);
    rig.vault()
        .keep(
            told.mule().getAccountToken(),
            new ClearIdentity(TokenKind.ACCOUNT, "孙多多", "6217020000000088888"));
    String paper = "/case/" + caseId + "/paper";
    Map<String, String> form = new HashMap<>();
    form.put("paper", "hand-over");
    form.put("reason", "移送");
    assertThat(as("officer-1").post(paper, form).statusCode()).as("it is here").isEqualTo(404);

    ofCase(caseId, "TRANSFERRED", "呼和浩特市公安局");
    assertThat(as("officer-1").get("/case/" + caseId).body())
        .contains("data-handover=\"waiting\"", "本案已移送呼和浩特市公安局", "尚未确认收到");
    assertThat(as("officer-1").post(paper, form).body())
        .contains("案件移送清单", "呼和浩特市公安局：", "孙多多", "6217020000000088888", "第 1 次止付")
        .contains("第一百七十五条", "R-over", "接 收 回 执", "演示环境")
        .doesNotContain(told.mule().getAccountToken());
    form.put("form", "pdf");
    assertThat(
            new String(
                as("officer-1").postForBytes(paper, form).body(), 0, 5, StandardCharsets.US_ASCII))
        .isEqualTo("%PDF-");

    ofCase(caseId, "HANDED_OVER", "赵警官 0471-000002");
    assertThat(as("officer-1").get("/case/" + caseId).body())
        .contains("data-handover=\"received\"", "不再新设措施");
  }
}
