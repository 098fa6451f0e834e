package dev.zhifu.desk.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.desk.Cast;
import dev.zhifu.desk.DeskRig;
import dev.zhifu.desk.HttpPerson;
import dev.zhifu.desk.RecoveryTwin;
import dev.zhifu.desk.RefundCast;
import dev.zhifu.desk.people.DemoPeople;
import dev.zhifu.desk.store.Bodies;
import dev.zhifu.desk.words.Words;
import dev.zhifu.ingress.ClearIdentity;
import dev.zhifu.ingress.TokenKind;
import dev.zhifu.rules.money.network.NetworkRule;
import dev.zhifu.schemas.crypto.DemoKeys;
import dev.zhifu.schemas.crypto.Sha256;
import dev.zhifu.schemas.crypto.Signatures;
import dev.zhifu.wire.ActKind;
import dev.zhifu.wire.CaseState;
import dev.zhifu.wire.Environment;
import dev.zhifu.wire.Evidence;
import dev.zhifu.wire.FraudCase;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.OfficerAct;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.OwnStop;
import dev.zhifu.wire.ReceiptResult;
import dev.zhifu.wire.RecoveryAlarm;
import dev.zhifu.wire.ReportedTransfer;
import dev.zhifu.wire.RiskHold;
import dev.zhifu.wire.RuleFamily;
import dev.zhifu.wire.RuleHit;
import dev.zhifu.wire.ScoreShare;
import dev.zhifu.wire.Side;
import dev.zhifu.wire.StandingAuthorisation;
import dev.zhifu.wire.StopPaymentRequest;
import dev.zhifu.wire.SubjectKind;
import dev.zhifu.wire.TraceEdge;
import dev.zhifu.wire.TraceHop;
import dev.zhifu.wire.TraceParty;
import dev.zhifu.wire.TraceShare;
import dev.zhifu.wire.VictimReport;
import dev.zhifu.wire.VictimWarning;
import dev.zhifu.wire.WarningTier;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * What pages show and do, asked over HTTP; each as the roles that may, refused to those that may
 * not.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeskPagesTest {
  private final Map<String, HttpPerson> people = new HashMap<>();
  private DeskRig rig;
  private RecoveryTwin recovery;

  @BeforeAll
  void start() {
    rig = new DeskRig("deskpages");
    rig.publish("V03");
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

  private StopPaymentRequest stopped(DeskRig.Told told) {
    StopPaymentRequest sent = Cast.next(told.draft(), OrderState.SENT, "someone", Cast.T0);
    StopPaymentRequest active = Cast.next(sent, OrderState.ACTIVE, "receipt", Cast.T0);
    rig.topics().write("stop.requests", sent.getOrderId(), sent);
    rig.topics()
        .write(
            "bank.B02.inbound",
            sent.getOrderId(),
            Cast.receipt(
                sent, ReceiptResult.STOPPED, 9_000_000, Cast.T0.minus(Duration.ofHours(40))));
    rig.topics().write("stop.requests", sent.getOrderId(), active);
    recovery.stop(active);
    rig.caughtUp();
    return active;
  }

  @Test
  void aReportedCaseSaysSoOnce() {
    DeskRig.Told told = rig.tell("仅报案", 3_000_000, "R-once");
    rig.topics()
        .write(
            "risk.cases",
            told.opened().getCaseId(),
            FraudCase.newBuilder(told.opened())
                .setSequence(2)
                .setState(CaseState.REPORTED)
                .build());
    rig.caughtUp();
    String row = row(as("officer-1").get("/queue/lines").body(), told.opened().getCaseId());
    assertThat(row.split("已报案", -1)).hasSize(2);
    DeskRig.Told alert = rig.tell("预警并报案", 3_100_000, "R-twice");
    rig.caughtUp();
    row = row(as("officer-1").get("/queue/lines").body(), alert.opened().getCaseId());
    assertThat(row).contains("预警").contains("已报案");
  }

  @Test
  void theCountsOfTheFiltersComeWithTheLines() {
    String page = as("officer-1").get("/queue?filter=sign").body();
    String lines = as("officer-1").get("/queue/lines?filter=sign").body();
    assertThat(page).doesNotContain("hx-swap-oob");
    for (String filter : List.of("all", "sign", "failed", "force", "free", "mine")) {
      assertThat(page).contains("<i id=\"count-" + filter + "\">");
      assertThat(lines).contains("<i id=\"count-" + filter + "\" hx-swap-oob=\"true\">");
    }
    int before = count(lines, "sign");
    rig.tell("计数", 2_900_000, "R-count");
    rig.caughtUp();
    lines = as("officer-1").get("/queue/lines?filter=mine").body();
    assertThat(count(lines, "sign")).isEqualTo(before + 1);
    assertThat(count(lines, "mine")).isZero();
  }

  private static int count(String lines, String filter) {
    String from = lines.substring(lines.indexOf("id=\"count-" + filter + "\""));
    return Integer.parseInt(from.substring(from.indexOf('>') + 1, from.indexOf('<')));
  }

  private void alarm(String kind, String object, String caseId, String words) {
    String cause = kind + ":" + object;
    rig.topics()
        .write(
            "recovery.alarms",
            cause,
            new RecoveryAlarm(
                cause, kind, LifeKind.STOP_ORDER, object, caseId, words, cause, Cast.T0));
  }

  @Test
  void whatTheJobsSayThatAPersonMustLookAtStandsOnItsCaseAndInTheList() {
    DeskRig.Told told = rig.tell("告警", 3_300_000, "R-alarm");
    DeskRig.Told other = rig.tell("他案", 3_400_000, "R-other");
    String caseId = told.opened().getCaseId();
    alarm("NO_ANSWER", told.draft().getOrderId(), "", "phone the duty desk of B02");
    alarm("PAPERWORK_OVERDUE", "R-alarm", "", "the order that follows was owed");
    alarm("OWN_STOP_DIFFERS", other.draft().getOrderId(), other.opened().getCaseId(), "elsewhere");
    alarm("AUTOMATIC_SIGNING_OFF", "act-kill", "", "officer-1 switched it off");
    rig.caughtUp();

    String page = as("officer-1").get("/case/" + caseId).body();
    assertThat(page)
        .contains("多次未获反馈", "phone the duty desk of B02")
        .contains("后补手续已逾期（本系统服务标准）")
        .doesNotContain("elsewhere", "switched it off");
    assertThat(as("officer-1").get("/case/" + caseId + "/part/alarms").body())
        .contains("data-alarm=\"NO_ANSWER\"", "致电银行，并送达书面文书")
        .contains("高原银行 B02", "末次发送后到", "仍无反馈；银行值班电话 0477-000-9002。");
    for (String watcher : List.of("officer-1", "admin-1")) {
      assertThat(as(watcher).get("/alarms").body())
          .as(watcher)
          .contains("elsewhere", "自动签发已停用", "switched it off");
    }
    assertThat(as("officer-1").get("/alarms/lines").body())
        .contains("/case/" + other.opened().getCaseId());
    assertThat(as("admin-1").get("/alarms/lines").body()).doesNotContain("/case/");
    assertThat(as("bank-b02").get("/alarms").statusCode()).isEqualTo(403);

    HttpPerson english = new HttpPerson(rig.url()).login("officer-2", DemoPeople.PASSWORD);
    english.post("/language", Map.of("language", "en", "back", "/"));
    assertThat(english.get("/case/" + caseId).body())
        .contains("no answer to the last try", "our own service level")
        .contains("duty desk is 0477-000-9002.");
  }

  @Test
  void ordersOfTheSameReportStandOnEachOfItsCases() {
    DeskRig.Told one = rig.tell("同案一", 5_000_000, "R-two");
    DeskRig.Told other = rig.tell("同案二", 3_000_000, "R-two");
    rig.caughtUp();
    assertThat(as("officer-1").get("/case/" + one.opened().getCaseId()).body())
        .contains(
            "同一报案在其他账户上的指令（1）",
            "data-elsewhere=\"" + other.draft().getOrderId() + "\"",
            "/case/" + other.opened().getCaseId())
        .doesNotContain("data-elsewhere=\"" + one.draft().getOrderId() + "\"");
  }

  @Test
  void aRequestSaysThatItsOrderIsLatePaperwork() {
    DeskRig.Told told = rig.tell("自行止付", 3_500_000, "R-own-stop");
    StopPaymentRequest draft =
        StopPaymentRequest.newBuilder(told.draft())
            .setSequence(told.draft().getSequence() + 1)
            .setOwnStop(
                new OwnStop(
                    "cdcdcdcd-cdcd-cdcd-cdcd-cdcdcdcdcdcd",
                    Cast.T0.minusSeconds(3_600),
                    Cast.T0.plusSeconds(160_000),
                    14_120_000L,
                    true))
            .build();
    rig.topics().write("stop.requests", draft.getOrderId(), draft);
    rig.caughtUp();

    assertThat(as("officer-1").get("/case/" + told.opened().getCaseId()).body())
        .contains("银行自行止付", "141,200.00", "04/05");
  }

  @Test
  void aShapeAmongAccountsSaysWhatItIsAndWhichTransfersMadeIt() {
    DeskRig.Told told = rig.tell("资金回流", 2_500_000, null);
    RuleHit shape =
        RuleHit.newBuilder(told.hit())
            .setHitId(Sha256.hex("G01" + told.paid().getEventId()))
            .setRuleId(NetworkRule.CYCLE.id())
            .setRuleVersion(NetworkRule.CYCLE.version())
            .setFamily(RuleFamily.G)
            .setWeight(NetworkRule.CYCLE.weight())
            .setActions(List.of())
            .setEvidence(
                List.of(
                    new Evidence(
                        "hop", "B01:circle-1:COMPLETED", told.paid().getOccurredAt(), Side.DEBIT)))
            .setTransaction(null)
            .setFeatures(null)
            .setIsFinal(true)
            .build();
    FraudCase scored =
        FraudCase.newBuilder(Cast.fraudCase(told.hit(), 2, null))
            .setShares(
                List.of(
                    told.opened().getShares().get(0),
                    new ScoreShare(
                        shape.getHitId(),
                        shape.getRuleId(),
                        shape.getRuleVersion(),
                        shape.getFamily(),
                        shape.getWeight())))
            .build();
    rig.topics().write("risk.hits", shape.getHitId(), shape);
    rig.topics().write("risk.cases", scored.getCaseId(), scored);
    rig.caughtUp();

    String page = as("officer-1").get("/case/" + scored.getCaseId()).body();
    assertThat(page)
        .contains("G01 v1")
        .contains(NetworkRule.CYCLE.nameZh())
        .contains(NetworkRule.CYCLE.plainZh())
        .contains("转给下一个账户")
        .contains("B01:circle-1:COMPLETED");
  }

  @Test
  void theSentenceOfAnAccountsCaseNamesTheLikelyVictim() {
    DeskRig.Told told = rig.tell("账户案", 3_600_000, "R-sentence");
    String victim = Words.brief(told.victim().getHolderToken());
    FraudCase ofMule =
        FraudCase.newBuilder(told.opened())
            .setCaseId("ACCOUNT-" + told.mule().getAccountToken())
            .setSubjectKind(SubjectKind.ACCOUNT)
            .setSubject(told.mule().getAccountToken())
            .setReportId(null)
            .build();
    rig.topics().write("risk.cases", ofMule.getCaseId(), ofMule);
    rig.caughtUp();
    assertThat(sentence(ofMule)).contains("户主 " + victim + " 可能正遭", "本案账户");

    FraudCase ofVictimsAccount =
        FraudCase.newBuilder(ofMule)
            .setCaseId("ACCOUNT-" + told.victim().getAccountToken())
            .setSubject(told.victim().getAccountToken())
            .build();
    rig.topics().write("risk.cases", ofVictimsAccount.getCaseId(), ofVictimsAccount);
    rig.caughtUp();
    assertThat(sentence(ofVictimsAccount)).as("no hit says who paid it").contains("被害人尚不明");

    String reporter = "c".repeat(32);
    rig.topics()
        .write(
            "victim.reports",
            "R-sentence",
            VictimReport.newBuilder()
                .setReportId("R-sentence")
                .setReportedAt(Cast.T0)
                .setReceivedAt(Cast.T0)
                .setHolderToken(reporter)
                .setTakenBy("officer-1")
                .setReportChannel("110")
                .setTransfers(
                    List.of(
                        ReportedTransfer.newBuilder()
                            .setPayer(told.victim())
                            .setPayee(told.mule())
                            .setAmountFen(3_600_000)
                            .setOccurredAt(Cast.T0)
                            .build()))
                .build());
    FraudCase reported =
        FraudCase.newBuilder(ofMule)
            .setSequence(ofMule.getSequence() + 1)
            .setReportId("R-sentence")
            .build();
    rig.topics().write("risk.cases", reported.getCaseId(), reported);
    rig.caughtUp();
    assertThat(sentence(reported))
        .contains("被害人（户主 " + Words.brief(reporter) + "）已报案", "36,000.00");
  }

  private String sentence(FraudCase of) {
    String page = as("officer-1").get("/case/" + of.getCaseId()).body();
    int from = page.indexOf("<p class=\"sentence\">");
    return page.substring(from, page.indexOf("</p>", from));
  }

  private static String row(String page, String caseId) {
    int from = page.indexOf("data-case-id=\"" + caseId);
    return page.substring(from, page.indexOf("</tr>", from));
  }

  @Test
  void aBookingThatComesAfterTheReportIsOfferedAndCompletesIt() {
    var victim = Cast.account("B01", "6217010000000777001", "晚到", 9_000_000);
    var mule = Cast.account("B02", "6217020000000777001", "晚到收款", 0);
    var paid = Cast.transfer("late-1", victim, mule, 5_500_000, Cast.T0.minusSeconds(300));
    ReportedTransfer stated =
        ReportedTransfer.newBuilder()
            .setPayer(victim)
            .setPayee(mule)
            .setAmountFen(5_500_000)
            .setOccurredAt(paid.getOccurredAt().minusSeconds(60))
            .build();
    VictimReport report =
        VictimReport.newBuilder()
            .setReportId("R-late")
            .setReportedAt(Cast.T0)
            .setReceivedAt(Cast.T0)
            .setHolderToken(victim.getHolderToken())
            .setTakenBy("officer-1")
            .setReportChannel("110")
            .setTransfers(List.of(stated))
            .build();
    rig.topics().write("victim.reports", "R-late", report);
    rig.caughtUp();
    HttpPerson officer = as("officer-1");
    assertThat(officer.get("/report/R-late").body()).doesNotContain("补入入账记录").contains("every 3s");
    assertThat(officer.post("/report/R-late/complete", Map.of()).statusCode()).isEqualTo(422);

    rig.topics().write("risk.enriched", "late", Cast.enriched(paid, new dev.zhifu.wire.Features()));
    rig.caughtUp();
    assertThat(officer.get("/report/R-late/part").body()).contains("补入入账记录");
    assertThat(officer.post("/report/R-late/complete", Map.of()).statusCode()).isEqualTo(200);

    OfficerAct act = rig.act("R-late");
    rig.caughtUp();
    assertThat(act.getKind()).isEqualTo(ActKind.ACCEPT_REPORT);
    ReportedTransfer completed = act.getReport().getTransfers().get(0);
    assertThat(completed.getPayeeBankTransactionId()).isEqualTo("r-late-1");
    assertThat(completed.getOccurredAt()).isEqualTo(paid.getOccurredAt());
    assertThat(completed.getPayee().getCipher()).isEqualTo(mule.getCipher());
    assertThat(officer.get("/report/R-late/part").body())
        .contains("r-late-1")
        .doesNotContain("补入入账记录");
    assertThat(as("legal-1").post("/report/R-late/complete", Map.of()).statusCode()).isEqualTo(403);
  }

  @Test
  void somebodyOfNoDirectoryIsSentByHand() {
    DeskRig.Told told = rig.tell("牧区", 4_100_000, null);
    VictimWarning warning =
        VictimWarning.newBuilder(Cast.warning(told.opened(), WarningTier.URGENT))
            .setWarningId("by-hand")
            .build();
    rig.topics().write("victim.warnings", "by-hand", warning);
    rig.caughtUp();
    String path = "/warning/by-hand/send";
    Map<String, String> form =
        Map.of("contact", "hand", "level", "GRID", "name", "巴图家网格户", "phone", "0477-000 1234");

    Map<String, String> noPhone = new HashMap<>(form);
    noPhone.put("phone", "not a number");
    assertThat(as("officer-1").post(path, noPhone).statusCode()).isEqualTo(422);
    Map<String, String> city = new HashMap<>(form);
    city.put("level", "CITY");
    assertThat(as("officer-1").post(path, city).statusCode()).isEqualTo(422);
    assertThat(as("auditor-1").post(path, form).statusCode()).isEqualTo(403);

    HttpResponse<String> sent = as("officer-1").post(path, form);
    assertThat(sent.statusCode()).isEqualTo(200);
    assertThat(sent.body()).contains("巴图家网格户").contains("0477-000 1234");
    as("officer-1").post("/warning/by-hand/step", Map.of("kind", "NOT_FOUND"));
    as("officer-1").post("/warning/by-hand/step", Map.of("kind", "LINE_BUSY"));
    assertThat(as("officer-1").get("/warnings/lines").body())
        .as("two tries lead to the directory's township")
        .contains("示例镇派出所 0477-000-0112");
  }

  @Test
  void anAppealIsLodgedByItsOwnBankAloneAndTakenUpByAnOfficer() {
    DeskRig.Told told = rig.tell("诉讼", 4_400_000, "R-appeal");
    recovery.accepted(told.opened(), "R-appeal", Cast.T0);
    StopPaymentRequest order = stopped(told);
    Map<String, String> form =
        Map.of("object", order.getApplicationId(), "statement", "货款", "harm", "今日发薪");
    HttpResponse<String> lodged = as("bank-b02").post("/appeal", form);
    assertThat(lodged.statusCode()).isEqualTo(302);
    assertThat(as("bank-b02").get("/appeal").body()).contains("货款");
    assertThat(as("officer-1").post("/find", Map.of("word", order.getApplicationId())).statusCode())
        .as("the number on the notice finds the case")
        .isEqualTo(302);
    assertThat(as("bank-b02").get("/appeals").statusCode()).isEqualTo(403);
    assertThat(
            as("bank-b02")
                .post("/appeal", Map.of("object", "none", "statement", "x", "harm", "y"))
                .body())
        .contains("没有这样编号的限制");
    String id = rig.one("select appeal_id from own.appeal where statement = '货款'", String.class);
    assertThat(as("head-1").post("/appeal/" + id + "/take", Map.of()).statusCode()).isEqualTo(403);
    assertThat(as("officer-1").post("/appeal/" + id + "/take", Map.of()).statusCode())
        .isEqualTo(200);
    recovery.answer(Cast.T0);
    assertThat(as("officer-1").get("/appeals").body())
        .contains("今日发薪")
        .contains("data-life=\"" + id);
    String part = as("officer-1").get("/case/" + told.opened().getCaseId() + "/part/lives").body();
    assertThat(part).contains("APPEAL.UPHELD").contains("FREEZE.PROPOSED");
    assertThat(part).as("a freeze before filing says why not").contains("第174条");
    HttpResponse<String> uphold =
        as("officer-1")
            .post(
                "/life",
                Map.of(
                    "case",
                    told.opened().getCaseId(),
                    "life",
                    "APPEAL",
                    "object",
                    id,
                    "event",
                    "UPHELD",
                    "cause",
                    "BONA_FIDE"));
    assertThat(uphold.statusCode()).isEqualTo(200);
    assertThat(as("officer-4").get("/asked").body()).contains("申诉");
  }

  @Test
  void aStationsAppealSaysWhichOfSeveralRestrictionsItIsAgainst() {
    RefundCast about = new RefundCast(rig, recovery).frozen("申诉选择");
    String account =
        rig.one(
            "select account_token from seen.notice where restriction_id = '"
                + about.freezeId()
                + "'",
            String.class);
    Map<String, String> form = new HashMap<>();
    form.put("object", account);
    form.put("lodgedBy", "STATION");
    form.put("statement", "辖区商户，货款");
    form.put("harm", "今日断货");
    HttpResponse<String> several = as("officer-1").post("/appeal", form);
    assertThat(several.statusCode()).isEqualTo(422);
    assertThat(several.body())
        .contains("多项限制生效", "辖区商户，货款")
        .contains("name=\"restriction\" value=\"" + about.freezeId() + "\"");

    form.put("restriction", about.freezeId());
    assertThat(as("officer-1").post("/appeal", form).statusCode()).isEqualTo(302);
    recovery.answer(Cast.T0);
    List<String> lines = as("officer-1").get("/appeals").body().lines().toList();
    int at = lines.indexOf(lines.stream().filter(line -> line.contains("辖区商户")).findFirst().get());
    assertThat(lines.get(at - 1)).contains("冻结");
  }

  @Test
  void anAppealAgainstARiskHoldIsDecidedOnTheHoldsOwnPage() {
    DeskRig.Told told = rig.tell("管控页", 2_000_000, null);
    RiskHold hold = Cast.hold(told.mule(), 2_000_000, Cast.T0);
    recovery.hold(hold, Cast.T0);
    Map<String, String> form =
        Map.of("object", hold.getHoldId(), "lodgedBy", "HOLDER", "statement", "工资款", "harm", "房租");
    assertThat(as("officer-1").post("/appeal", form).statusCode()).isEqualTo(302);
    recovery.answer(Cast.T0);
    String path = "/case/" + hold.getHoldId();
    assertThat(as("officer-1").get("/appeals").body()).contains("href=\"" + path + "\"");

    String page = as("officer-1").get(path).body();
    assertThat(page)
        .contains("银行风险管控", "20,000", "不超过 24 小时")
        .contains("data-offer=\"APPEAL.UPHELD\"")
        .doesNotContain("data-offer=\"CASE");
    assertThat(as("officer-1").get(path + "/part/lives").body())
        .contains("data-life=\"" + hold.getHoldId());
    assertThat(as("household-1").get(path).statusCode()).isEqualTo(403);
    String id = rig.one("select appeal_id from own.appeal where statement = '工资款'", String.class);
    HttpResponse<String> uphold =
        as("officer-1")
            .post(
                "/life",
                Map.of(
                    "case", hold.getHoldId(),
                    "life", "APPEAL",
                    "object", id,
                    "event", "UPHELD",
                    "cause", "MODEL_FP"));
    assertThat(uphold.statusCode()).isEqualTo(200);
    String asked = as("officer-4").get("/asked").body();
    assertThat(asked).contains(path);
  }

  @Test
  void aFieldPersonSeesOwnTasksAloneAndNoCase() {
    DeskRig.Told told = rig.tell("上门", 8_000_000, null);
    rig.caughtUp();
    rig.vault()
        .keep(
            told.opened().getSubject(),
            new ClearIdentity(TokenKind.HOLDER, "乌云其其格", "150602195001010000"));
    VictimWarning warning = Cast.warning(told.opened(), dev.zhifu.wire.WarningTier.HIGH);
    String path = "/warning/" + warning.getWarningId();
    assertThat(as("officer-1").post(path + "/send", Map.of("contact", "nobody")).statusCode())
        .isEqualTo(422);
    assertThat(as("officer-1").post(path + "/send", Map.of("contact", "grid-1")).statusCode())
        .isEqualTo(200);
    assertThat(as("grid-1").get("/go").body()).contains(warning.getWarningId());
    String task = as("grid-1").get("/go/" + warning.getWarningId()).body();
    assertThat(task)
        .contains("乌云其其格")
        .contains("96110")
        .contains("尚无经母语者审定的文本")
        .doesNotContain("80,000")
        .doesNotContain("150602195001010000")
        .doesNotContain(told.opened().getCaseId());
    assertThat(as("household-1").get("/go/" + warning.getWarningId()).statusCode()).isEqualTo(404);
    assertThat(as("household-1").post(path + "/step", Map.of("kind", "REACHED")).statusCode())
        .isEqualTo(403);
    assertThat(as("grid-1").get("/case/" + told.opened().getCaseId()).statusCode()).isEqualTo(403);
    for (String kind : List.of("LINE_BUSY", "NOT_FOUND")) {
      assertThat(as("grid-1").post(path + "/step", Map.of("kind", kind)).statusCode())
          .isEqualTo(302);
    }
    assertThat(as("grid-1").get("/go").body()).doesNotContain(warning.getWarningId());
    assertThat(as("station-1").get("/go").body()).contains(warning.getWarningId());
    assertThat(as("officer-1").get("/warnings").body()).contains("已上报上级");
    assertThat(
            rig.one(
                "select count(*) from own.audit where person_id = 'grid-1' and what = 'OPEN"
                    + " IDENTITY'",
                Long.class))
        .isEqualTo(1);
  }

  @Test
  void aStandingAuthorisationNeedsAnOpinionAndIsOnlyNarrowedAndRevoked() {
    Map<String, String> form = Forms.standing();
    form.put("perHourMoney", "300000");
    form.put("perBankDayMoney", "500000");
    HttpPerson head = as("head-1");
    assertThat(as("officer-4").post("/standing", form).statusCode()).isEqualTo(403);
    assertThat(head.post("/standing", form).headers().firstValue("HX-Redirect")).isPresent();
    String id = rig.one("select authorisation_id from own.standing_draft", String.class);
    assertThat(head.post("/standing/" + id + "/sign", Map.of()).body()).contains("法制书面意见");
    as("legal-1").post("/standing/" + id + "/opinion", Map.of("opinion", "法制意见〔2026〕3号"));
    assertThat(head.post("/standing/" + id + "/sign", Map.of()).statusCode()).isEqualTo(200);
    rig.caughtUp();
    StandingAuthorisation signed = newest(id);
    assertThat(signed.getLegalOpinion()).isEqualTo("法制意见〔2026〕3号");
    assertThat(
            new Signatures(DemoKeys.directory(), Environment.DEMO).verify(signed, Cast.T0).holds())
        .isTrue();
    assertThat(head.get("/standing").body()).contains("data-standing=\"" + id).contains("生效");
    assertThat(head.get("/standing").body())
        .as("nothing is used yet")
        .contains("<td>0 / 5</td>")
        .contains("0.00 / 300,000.00")
        .contains("0.00 / 500,000.00")
        .contains("0.00 / 1,000,000.00");
    usedUnder(id, "B01", 3_000_000, 30);
    usedUnder(id, "B02", 4_000_000, 30);
    usedUnder(id, "B02", 5_000_000, 3 * 60);
    usedUnder(id, "B02", 9_900_000, 25 * 60);
    assertThat(head.get("/standing").body())
        .contains("<td>2 / 5</td><td>2 / 5</td><td>3 / 20</td>")
        .contains("70,000.00 / 300,000.00")
        .contains("90,000.00 / 500,000.00")
        .contains("120,000.00 / 1,000,000.00");
    rig.store()
        .jdbi()
        .useHandle(
            handle -> {
              handle.execute("delete from seen.stop_order where account_token = 'used'");
              handle.execute("delete from seen.envelope where order_id like 'used-%'");
            });

    Map<String, String> wrong = new HashMap<>(form);
    wrong.put("perHourMoney", "199999");
    assertThat(head.post("/standing", wrong).statusCode())
        .as("an hour's money below one order's")
        .isEqualTo(422);
    form.put("perHourMoney", "300001");
    assertThat(head.post("/standing/" + id + "/limit", form).body()).contains("只能收紧");
    form.put("perHourMoney", "300000");

    form.put("perHour", "6");
    assertThat(head.post("/standing/" + id + "/limit", form).body()).contains("只能收紧");
    form.put("perHour", "2");
    head.post("/standing/" + id + "/limit", form);
    rig.caughtUp();
    assertThat(newest(id).getMaxOrdersPerHour()).isEqualTo(2);
    assertThat(newest(id).getRevision()).isEqualTo(2);
    head.post("/standing/" + id + "/revoke", Map.of("reason", "两起错停"));
    rig.caughtUp();
    assertThat(newest(id).getRevoked()).isTrue();
    assertThat(head.get("/standing").body()).contains("已撤销");
  }

  private void usedUnder(String authorisation, String bank, long fen, int minutesAgo) {
    String order = "used-" + bank + "-" + fen;
    rig.store()
        .jdbi()
        .useHandle(
            handle -> {
              handle.execute(
                  "insert into seen.envelope (order_id, bank, record_offset, payload_sha256, body,"
                      + " authorisation_id) values (?, ?, 0, '', ''::bytea, ?)",
                  order,
                  bank,
                  authorisation);
              handle.execute(
                  "insert into seen.stop_order (order_id, application_id, sequence, state, bank,"
                      + " account_token, traced_fen, amount_fen, basis_at, tick_at, body) values"
                      + " (?, ?, 1, 'SENT', ?, 'used', ?, ?, ?, ?, ''::bytea)",
                  order,
                  order,
                  bank,
                  fen,
                  fen - 1,
                  Cast.T0.minusSeconds(minutesAgo * 60L),
                  Cast.T0);
            });
  }

  private StandingAuthorisation newest(String id) {
    return Bodies.read(
        rig.store()
            .jdbi()
            .withHandle(
                handle ->
                    handle
                        .createQuery(
                            "select body from seen.authorisation where authorisation_id = ?")
                        .bind(0, id)
                        .mapTo(byte[].class)
                        .one()),
        StandingAuthorisation.class);
  }

  @Test
  void aShiftIsHandedOverWithBothSignatures() {
    DeskRig.Told told = rig.tell("交班", 6_600_000, "R-shift");
    StopPaymentRequest order = stopped(told);
    assertThat(as("officer-4").get("/shift").body()).contains(order.getOrderId().substring(0, 8));
    assertThat(as("officer-4").post("/shift", Map.of("to", "officer-4", "note", "")).statusCode())
        .isEqualTo(422);
    as("officer-4").post("/shift", Map.of("to", "officer-2", "note", "留意 B02"));
    String id = rig.one("select handover_id from own.handover", String.class);
    assertThat(as("officer-2").get("/shift").body()).contains("留意 B02");
    assertThat(as("officer-1").post("/shift/" + id + "/take", Map.of()).statusCode())
        .isEqualTo(422);
    assertThat(as("officer-2").post("/shift/" + id + "/take", Map.of()).statusCode())
        .isEqualTo(200);
    assertThat(
            rig.one(
                "select count(*) from own.handover where taken_signature is not null and"
                    + " given_signature is not null and given_key <> taken_key",
                Long.class))
        .isEqualTo(1);
    assertThat(as("legal-1").get("/shift").statusCode()).isEqualTo(403);
  }

  @Test
  void theWallTellsBalanceAndVictimsMoneyApart() {
    DeskRig.Told told = rig.tell("大屏", 5_000_000, "R-wall");
    stopped(told);
    long balance = rig.one("select sum(balance_fen) from seen.receipt", Long.class);
    long victims =
        rig.one(
            "select sum(least(r.balance_fen, s.traced_fen)) from seen.receipt r join"
                + " seen.stop_order s using (order_id)",
            Long.class);
    assertThat(victims).isLessThan(balance);
    String page = as("officer-4").get("/wall").body();
    assertThat(page)
        .contains(dev.zhifu.desk.words.Words.of("zh").yuan(balance))
        .contains(dev.zhifu.desk.words.Words.of("zh").yuan(victims));
    assertThat(as("officer-1").get("/wall").statusCode()).isEqualTo(403);
    assertThat(as("officer-4").get("/wall/charts.json").body()).contains("\"clocks\"");
    assertThat(as("legal-1").get("/weekly").body()).contains("冒充客服退款");
  }

  @Test
  void filesHoldTokensAloneAndAreOnRecord() throws IOException {
    DeskRig.Told told = rig.tell("导出", 5_100_000, "R-export");
    rig.caughtUp();
    HttpPerson officer = as("officer-1");
    Map<String, String> form = Map.of("case", told.opened().getCaseId(), "form", "xlsx");
    HttpResponse<byte[]> file = officer.postForBytes("/export/flow", form);
    assertThat(file.statusCode()).isEqualTo(200);
    String sheet =
        entry(file.body(), "xl/worksheets/sheet1.xml") + entry(file.body(), "xl/sharedStrings.xml");
    assertThat(sheet).contains(told.mule().getAccountToken()).contains("51000");
    HttpResponse<byte[]> pdf =
        officer.postForBytes(
            "/export/orders", Map.of("case", told.opened().getCaseId(), "form", "pdf"));
    assertThat(new String(pdf.body(), 0, 5, StandardCharsets.ISO_8859_1)).isEqualTo("%PDF-");
    assertThat(
            rig.one(
                "select count(*) from own.audit where what in ('EXPORT flow XLSX', 'EXPORT orders"
                    + " PDF')",
                Long.class))
        .isEqualTo(2);
    assertThat(as("admin-1").post("/export/flow", form).statusCode()).isEqualTo(403);
    assertThat(officer.post("/export/people", form).statusCode()).isEqualTo(404);
  }

  private static String entry(byte[] zip, String name) throws IOException {
    Path file = Files.createTempFile("export", ".xlsx");
    Files.write(file, zip);
    try (ZipFile in = new ZipFile(file.toFile())) {
      ZipEntry entry = in.getEntry(name);
      return entry == null
          ? ""
          : new String(in.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
    } finally {
      Files.delete(file);
    }
  }

  @Test
  void anIdentityIsOpenedForItsCaseAndReasonAndTheUnusualGoesToTheAuditor() {
    DeskRig.Told told = rig.tell("身份", 5_200_000, "R-identity");
    DeskRig.Told other = rig.tell("旁案", 5_300_000, "R-identity-2");
    rig.caughtUp();
    rig.vault()
        .keep(
            told.mule().getAccountToken(),
            new ClearIdentity(TokenKind.ACCOUNT, "赵某某", "6217020000000004711"));
    rig.vault()
        .keep(
            told.opened().getSubject(),
            new ClearIdentity(TokenKind.HOLDER, "李晓东", "150602198001010000"));
    HttpPerson officer = as("officer-1");
    Map<String, String> form =
        new HashMap<>(
            Map.of(
                "case",
                told.opened().getCaseId(),
                "token",
                told.mule().getAccountToken(),
                "reason",
                ""));
    assertThat(officer.post("/identity", form).statusCode()).as("no reason").isEqualTo(422);
    form.put("reason", "通知解除");
    assertThat(officer.post("/identity", form).body()).contains("赵某某");
    form.put("case", other.opened().getCaseId());
    assertThat(officer.post("/identity", form).body()).contains("不属于本案");
    form.put("case", told.opened().getCaseId());
    form.put("token", told.opened().getSubject());
    officer.post("/identity", form);
    String audit = as("auditor-1").get("/audit").body();
    assertThat(audit).contains("异常查看").contains("own name").contains("通知解除");
    assertThat(as("auditor-1").post("/identity", form).statusCode()).isEqualTo(403);
    assertThat(audit).as("clear names stay out of the audit").doesNotContain("赵某某");
  }

  @Test
  void theFlowIsTheTracesOnceItSpeaks() {
    DeskRig.Told told = rig.tell("追踪", 7_000_000, "R-trace");
    rig.caughtUp();
    String caseId = told.opened().getCaseId();
    assertThat(as("officer-1").get("/case/" + caseId).body()).contains("未作归属");
    TraceEdge edge =
        TraceEdge.newBuilder()
            .setTransferId("B02:hop-1")
            .setOccurredAt(Cast.T0)
            .setAmountFen(9_000_000)
            .setPayer(new TraceParty(told.mule().getAccountToken(), "B02", told.mule().getKind()))
            .setPayee(new TraceParty("f".repeat(32), "B03", told.mule().getKind()))
            .build();
    TraceHop hop =
        TraceHop.newBuilder()
            .setClaim("claim")
            .setCaseId(caseId)
            .setReportedAt(Cast.T0)
            .setLossFen(7_000_000)
            .setVictimAccount(told.victim().getAccountToken())
            .setEdge(edge)
            .setLevel(2)
            .setShare(new TraceShare(List.of(), List.of(), 6_000_000L, 6_500_000L, false))
            .setRevision(1)
            .build();
    rig.topics().write("trace.hops", "f".repeat(32), hop);
    rig.caughtUp();
    String page = as("officer-1").get("/case/" + caseId).body();
    assertThat(page).contains("按追踪结果绘制").contains("60,000.00 – 65,000.00");
    assertThat(as("officer-1").get("/case/" + caseId + "/flow.json").body())
        .contains("涉案 60,000.00–65,000.00");
  }
}
