package dev.zhifu.desk.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zhifu.bank.http.Reconciliation;
import dev.zhifu.bank.http.XmlMessages;
import dev.zhifu.desk.Cast;
import dev.zhifu.desk.DeskRig;
import dev.zhifu.desk.HttpPerson;
import dev.zhifu.desk.acts.Appeals;
import dev.zhifu.desk.people.DemoPeople;
import dev.zhifu.desk.people.WallClock;
import dev.zhifu.desk.store.Bodies;
import dev.zhifu.desk.words.Words;
import dev.zhifu.ingress.AccountOpener;
import dev.zhifu.ingress.ClearAccount;
import dev.zhifu.schemas.crypto.DemoKeys;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.AppealDetail;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.OfficerAct;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.OwnStop;
import dev.zhifu.wire.StopBasis;
import dev.zhifu.wire.StopPaymentRequest;
import dev.zhifu.wire.TransactionPhase;
import dev.zhifu.wire.VictimReport;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What banks state of themselves: cases with own stops, movements, appeals; up to the officer. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BankPostingsTest {
  private static final String SECRET_1 = "secret of bank one, 24 or more";
  private static final String SECRET_2 = "secret of bank two, 24 or more";
  private static final String VICTIM_ID = "150602196203081234";
  private static final String VICTIM = "6217010000000000815";
  private static final String PAYEE = "6217020000000004711";
  private static final byte[] JPG = {(byte) 0xff, (byte) 0xd8, (byte) 0xff, 1, 2, 3};
  private static final byte[] PDF = "%PDF-1.4 form".getBytes(StandardCharsets.US_ASCII);

  /**
   * How far the gateway's clock and the banks' are ahead of the machine's: a post is signed with
   * the wall clock's time and its file is that clock's day, so that a midnight is set and not
   * awaited.
   */
  private volatile Duration ahead = Duration.ZERO;

  private final WallClock clock = () -> Instant.now().plus(ahead);
  private DeskRig rig;
  private GatewayServer gateway;
  private HttpBank one;
  private HttpBank two;

  @BeforeAll
  void start() {
    rig = new DeskRig("postings");
    gateway =
        new GatewayServer(
            rig.store(),
            rig.topics(),
            List.of(access("B01", SECRET_1), access("B02", SECRET_2)),
            rig.centre(),
            clock,
            GatewayLimits.perMinute(1_000),
            "127.0.0.1",
            0);
    String url = "http://127.0.0.1:" + gateway.port();
    one = new HttpBank(url, "B01", SECRET_1, clock);
    two = new HttpBank(url, "B02", SECRET_2, clock);
  }

  private BankAccess access(String bank, String secret) {
    return new BankAccess(
        bank,
        secret,
        () -> rig.topics().feed(List.of("bank." + bank + ".orders")),
        rig.topics()::write);
  }

  @AfterAll
  void stop() {
    gateway.close();
    one.close();
    two.close();
    rig.close();
  }

  private static ObjectNode report() {
    ObjectNode body = HttpBank.JSON.createObjectNode();
    body.put("applicationType", "01");
    body.put("victimName", "张桂兰");
    body.put("victimIdNumber", VICTIM_ID);
    body.put("incident", "冒充公检法，要求转账到“安全账户”");
    body.put("reportedAt", Cast.T0.minusSeconds(120).toString());
    body.put("operatorName", "柜员 07");
    body.put("payerNumber", VICTIM);
    ObjectNode paid = body.putArray("transfers").addObject();
    paid.put("number", PAYEE);
    paid.put("name", "赵某");
    paid.put("amountFen", 18_600_000);
    paid.put("at", Cast.T0.minusSeconds(600).toString());
    return body;
  }

  private static ObjectNode ownStop() {
    ObjectNode body = report().put("applicationType", "02");
    ObjectNode stop = body.putObject("stop");
    stop.put("number", PAYEE);
    stop.put("balanceBeforeFen", 14_120_000);
    stop.put("startTime", Cast.T0.minusSeconds(60).toString());
    stop.put("expireTime", Cast.T0.minusSeconds(60).plus(Duration.ofHours(48)).toString());
    return body;
  }

  private static JsonNode json(HttpResponse<String> answer) {
    try {
      return HttpBank.JSON.readTree(answer.body());
    } catch (JsonProcessingException e) {
      throw new AssertionError(answer.body(), e);
    }
  }

  private HttpPerson as(String person) {
    return new HttpPerson(rig.url()).login(person, DemoPeople.PASSWORD);
  }

  private List<VictimReport> reports(String id) {
    return rig.topics().all("victim.reports").stream()
        .map(record -> Bodies.read(record.value(), VictimReport.class))
        .filter(report -> report.getReportId().equals(id))
        .toList();
  }

  @Test
  void anOwnStopBecomesAReportThatAnOfficerAcceptsOnceFormAndIdLieThere() throws Exception {
    HttpResponse<String> taken = two.post("/v1/reports", ownStop().toString(), "case-2026-0001");
    assertThat(taken.statusCode()).as(taken.body()).isEqualTo(201);
    String id = json(taken).path("id").asText();
    VictimReport report = reports(id).get(0);
    assertThat(report.getTakenBy()).isEqualTo("bank B02");
    AccountRef payee = report.getTransfers().get(0).getPayee();
    assertThat(payee.getAccountToken())
        .isEqualTo(Cast.account("B02", PAYEE, "赵某", 0).getAccountToken());
    assertThat(
            new AccountOpener(List.of(DemoKeys.bank("B02")))
                .open(payee.getCipher(), payee.getAccountToken()))
        .as("the bank that holds the account, and nobody else, reads name and number")
        .isEqualTo(new ClearAccount("赵某", PAYEE));
    OwnStop stop = report.getTransfers().get(0).getOwnStop();
    assertThat(stop.getApplicationId())
        .as("what the order that follows names as its original")
        .hasSize(36)
        .isEqualTo(json(taken).path("applicationId").asText());
    assertThat(stop.getStartTime()).isEqualTo(Cast.T0.minusSeconds(60));
    assertThat(stop.getBalanceFen()).isEqualTo(14_120_000);
    assertThat(stop.getCnyDemand()).isTrue();
    rig.caughtUp();

    HttpPerson officer = as("officer-1");
    assertThat(officer.get("/bank-reports").body())
        .contains("银行已自行止付", "141,200.00", id)
        .doesNotContain(VICTIM_ID, PAYEE);
    assertThat(officer.post("/report/" + id + "/accept", Map.of()).body()).contains("缺少");
    assertThat(rig.topics().all("officer.acts")).isEmpty();

    assertThat(two.put("/v1/reports/" + id + "/scans/03", PDF, "application/pdf").statusCode())
        .isEqualTo(204);
    assertThat(two.put("/v1/reports/" + id + "/scans/04", JPG, "image/jpeg").statusCode())
        .isEqualTo(204);
    assertThat(two.put("/v1/reports/" + id + "/scans/04", JPG, "image/jpeg").statusCode())
        .as("the same scan again")
        .isEqualTo(204);
    assertThat(two.put("/v1/reports/" + id + "/scans/04", PDF, "image/jpeg").statusCode())
        .as("bytes of another kind")
        .isEqualTo(422);
    assertThat(two.put("/v1/reports/" + id + "/scans/05", JPG, "image/jpeg").statusCode())
        .isEqualTo(422);
    assertThat(one.put("/v1/reports/" + id + "/scans/04", JPG, "image/jpeg").statusCode())
        .as("another bank's report")
        .isEqualTo(404);
    byte[] large = new byte[5_000_001];
    System.arraycopy(JPG, 0, large, 0, JPG.length);
    assertThat(two.put("/v1/reports/" + id + "/scans/04", large, "image/jpeg").statusCode())
        .isEqualTo(413);

    assertThat(as("legal-1").post("/report/" + id + "/accept", Map.of()).statusCode())
        .isEqualTo(403);
    assertThat(officer.post("/report/" + id + "/accept", Map.of()).statusCode()).isEqualTo(200);
    OfficerAct act = Bodies.read(rig.topics().all("officer.acts").get(0).value(), OfficerAct.class);
    assertThat(act.getReport()).isEqualTo(report);
    assertThat(act.getDocuments()).hasSize(2);
    rig.caughtUp();
    assertThat(officer.post("/report/" + id + "/accept", Map.of()).statusCode())
        .as("accepted once")
        .isEqualTo(404);
    assertThat(
            rig.one(
                "select incident || operator || coalesce(stop_account, '') from own.bank_report"
                    + " where report_id = '"
                    + id
                    + "'",
                String.class))
        .doesNotContain(VICTIM_ID, PAYEE, "张桂兰");
  }

  @Test
  void aReportIsOneHoweverOftenItComesInJsonOrXml() {
    String key = "case-2026-0002";
    String id = json(one.post("/v1/reports", report().toString(), key)).path("id").asText();
    HttpResponse<String> again = one.post("/v1/reports", report().toString(), key);
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(json(again).path("id").asText()).isEqualTo(id);
    assertThat(reports(id)).hasSize(1);
    assertThat(one.post("/v1/reports", ownStop().toString(), key).statusCode())
        .as("another body under the same key")
        .isEqualTo(409);
    HttpResponse<String> other = two.post("/v1/reports", report().toString(), key);
    assertThat(json(other).path("id").asText())
        .as("another bank's key is its own")
        .isNotEqualTo(id);

    HttpResponse<String> xml =
        two.postXml("/v1/reports", XmlMessages.report(onForeignCurrency()), "case-2026-0003");
    assertThat(xml.statusCode()).as(xml.body()).isEqualTo(201);
    VictimReport read = reports(json(xml).path("id").asText()).get(0);
    assertThat(read.getTransfers().get(0).getAmountFen()).isEqualTo(18_600_000);
    assertThat(read.getTransfers().get(0).getOccurredAt()).isEqualTo(Cast.T0.minusSeconds(600));
    assertThat(read.getTransfers().get(0).getOwnStop().getCnyDemand()).isFalse();
    assertThat(read.getTransfers().get(0).getBasis().getCnyDemand()).isFalse();
  }

  @Test
  void anOrderThatFollowsAReportNamesItAndASubaccountIsNoDemandAccount() throws Exception {
    HttpResponse<String> first = two.post("/v1/reports", report().toString(), "case-2026-0101");
    assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
    assertThat(reports(json(first).path("id").asText()).get(0).getTransfers().get(0).getBasis())
        .isEqualTo(new StopBasis(json(first).path("applicationId").asText(), true));

    ObjectNode body = report();
    ((ObjectNode) body.path("transfers").get(0)).put("number", PAYEE + "_03");
    HttpResponse<String> second =
        two.postXml("/v1/reports", XmlMessages.report(body), "case-2026-0102");
    assertThat(second.statusCode()).as(second.body()).isEqualTo(201);
    assertThat(reports(json(second).path("id").asText()).get(0).getTransfers().get(0).getBasis())
        .isEqualTo(new StopBasis(json(second).path("applicationId").asText(), false));
  }

  private static ObjectNode onForeignCurrency() {
    ObjectNode body = ownStop();
    stop(body).put("deposit", "OTHER");
    return body;
  }

  @TestFactory
  Stream<DynamicTest> aReportThatBreaksARuleNamesTheFieldAndNoIdentity() {
    return Stream.of(
        fault("a masked card", "payerNumber", body -> body.put("payerNumber", "621701****0815")),
        fault(
            "no bank's card",
            "prefix of no bank",
            body -> body.put("payerNumber", "9999000000000000815")),
        fault("no identity document", "victimIdNumber", body -> body.remove("victimIdNumber")),
        fault("no transfer", "transfers", body -> body.putArray("transfers")),
        fault("seven transfers", "transfers", BankPostingsTest::seven),
        fault("an amount of nothing", "amountFen", body -> transfer(body).put("amountFen", 0)),
        fault("a fraction of a fen", "amountFen", body -> transfer(body).put("amountFen", 1.5)),
        fault(
            "a time ahead",
            "reportedAt",
            body -> body.put("reportedAt", Cast.T0.plusSeconds(86_400).toString())),
        fault("a stop of type 01", "applicationType", body -> body.put("applicationType", "01")),
        fault("no stop of type 02", "applicationType", body -> body.remove("stop")),
        fault(
            "another bank's account stopped",
            "stops its own",
            body -> stop(body).put("number", VICTIM)),
        fault(
            "a stop of three days",
            "48 h",
            body -> stop(body).put("expireTime", Cast.T0.plus(Duration.ofHours(72)).toString())),
        fault(
            "a stop that lies ahead",
            "ahead",
            body -> stop(body).put("startTime", Cast.T0.plusSeconds(86_400).toString())),
        fault(
            "a stop on an account that no transfer goes to",
            "payee of none",
            body -> stop(body).put("number", "6217020000000009999")),
        fault(
            "a kind of deposit that does not exist",
            "deposit",
            body -> stop(body).put("deposit", "GOLD")),
        fault(
            "a stop without a balance",
            "balanceBeforeFen",
            body -> stop(body).remove("balanceBeforeFen")));
  }

  private static void seven(ObjectNode body) {
    for (int i = 0; i < 6; i++) {
      ((com.fasterxml.jackson.databind.node.ArrayNode) body.path("transfers"))
          .add(transfer(body).deepCopy());
    }
  }

  private static ObjectNode transfer(ObjectNode body) {
    return (ObjectNode) body.path("transfers").path(0);
  }

  private static ObjectNode stop(ObjectNode body) {
    return (ObjectNode) body.path("stop");
  }

  private DynamicTest fault(String name, String says, Consumer<ObjectNode> change) {
    return DynamicTest.dynamicTest(
        name,
        () -> {
          ObjectNode body = ownStop();
          change.accept(body);
          HttpResponse<String> answer =
              two.post("/v1/reports", body.toString(), "fault-" + HttpBank.nonce());
          assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
          assertThat(json(answer).path("detail").asText())
              .contains(says)
              .doesNotContain(VICTIM_ID, VICTIM, "张桂兰");
        });
  }

  @Test
  void xmlIsJudgedByTheSchemaAndNoEntityIsEverResolved() {
    String good = XmlMessages.report(report());
    assertThat(
            one.postXml(
                    "/v1/reports",
                    good.replace("transferAmount>186000.00<", "transferAmount>186000<"),
                    "xml-0000001")
                .statusCode())
        .as("yuan without its two places")
        .isEqualTo(422);
    assertThat(
            one.postXml("/v1/reports", good.replace("CaseReport", "Feedback"), "xml-0000002")
                .statusCode())
        .isEqualTo(422);
    assertThat(one.postXml("/v1/reports", good.substring(0, 200), "xml-0000003").statusCode())
        .isEqualTo(422);
    String entity =
        "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>"
            + good.substring(good.indexOf("?>") + 2).replace("柜员 07", "&e;");
    HttpResponse<String> refused = one.postXml("/v1/reports", entity, "xml-0000004");
    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.body()).contains("DOCTYPE").doesNotContain("root:");
    assertThat(one.postXml("/v1/moves", "<x/>", "xml-0000005").statusCode())
        .as("no XML of the message set for it")
        .isEqualTo(422);
  }

  private static ObjectNode move(String id, TransactionPhase phase) {
    ObjectNode body = HttpBank.JSON.createObjectNode();
    body.put("transactionId", id);
    body.put("phase", phase.name());
    body.put("kind", "TRANSFER");
    body.put("occurredAt", Cast.T0.toString());
    body.put("amountFen", 5_000_000);
    body.put("channel", "MOBILE_APP");
    body.putObject("payer")
        .put("number", VICTIM)
        .put("name", "张桂兰")
        .put("idNumber", VICTIM_ID)
        .put("kind", "PERSONAL")
        .put("balanceBeforeFen", 20_000_000);
    body.putObject("payee").put("number", PAYEE).put("name", "赵某");
    if (phase == TransactionPhase.AWAITING) {
      body.put("answerBy", Cast.T0.plusMillis(300).toString());
    }
    return body;
  }

  @Test
  void aMovementComesInAsTheIngressWouldWriteItAndOnce() {
    ObjectNode awaiting = move("t-77", TransactionPhase.AWAITING);
    HttpResponse<String> taken = one.post("/v1/moves", awaiting.toString(), "move-t-77-AWAITING");
    assertThat(taken.statusCode()).as(taken.body()).isEqualTo(201);
    assertThat(json(taken).path("id").asText()).isEqualTo("B01:t-77:AWAITING");
    assertThat(one.post("/v1/moves", awaiting.toString(), "move-t-77-AWAITING").statusCode())
        .isEqualTo(200);
    List<BankTransaction> moves =
        rig.topics().all("bank.transactions").stream()
            .map(record -> Bodies.read(record.value(), BankTransaction.class))
            .filter(one -> one.getTransactionId().equals("t-77"))
            .toList();
    assertThat(moves).hasSize(1);
    assertThat(moves.get(0).getSource()).isEqualTo("B01");
    assertThat(moves.get(0).getPayer().getHolderToken()).hasSize(32);
    assertThat(moves.get(0).toString()).doesNotContain(VICTIM, VICTIM_ID, "张桂兰");

    ObjectNode foreign = move("t-78", TransactionPhase.COMPLETED);
    ((ObjectNode) foreign.path("payee")).put("number", "6217010000000000823");
    assertThat(two.post("/v1/moves", foreign.toString(), "move-t-78-0001").body())
        .as("a movement between accounts of another bank")
        .contains("the payer's or the payee's bank reports");
    ObjectNode ahead =
        move("t-79", TransactionPhase.AWAITING)
            .put("occurredAt", Cast.T0.plusSeconds(86_400).toString());
    assertThat(
            json(one.post("/v1/moves", ahead.toString(), "move-t-79-0001")).path("detail").asText())
        .contains("ahead");
    ObjectNode late =
        move("t-80", TransactionPhase.AWAITING).put("answerBy", Cast.T0.minusSeconds(1).toString());
    assertThat(one.post("/v1/moves", late.toString(), "move-t-80-0001").statusCode())
        .isEqualTo(422);
  }

  @Test
  void aBankLodgesAnAppealForItsOwnAccountAloneAndHearsHowItStands() {
    DeskRig.Told told = rig.tell("网关申诉", 4_400_000, "R-gateway-appeal");
    StopPaymentRequest order =
        Cast.request(told.opened(), told.paid(), "R-gateway-appeal", OrderState.ACTIVE, 4);
    rig.topics().write("stop.requests", order.getOrderId(), order);
    rig.caughtUp();
    ObjectNode body = HttpBank.JSON.createObjectNode();
    body.put("restriction", order.getApplicationId()).put("statement", "货款").put("harm", "今日发薪");
    assertThat(one.post("/v1/appeals", body.toString(), "appeal-0001").statusCode())
        .as("the account is of another bank")
        .isEqualTo(422);
    HttpResponse<String> lodged = two.post("/v1/appeals", body.toString(), "appeal-0001");
    assertThat(lodged.statusCode()).as(lodged.body()).isEqualTo(201);
    String id = json(lodged).path("id").asText();
    assertThat(two.post("/v1/appeals", body.toString(), "appeal-0001").statusCode()).isEqualTo(200);
    assertThat(
            rig.one(
                "select count(*) from own.appeal where appeal_id = '" + id + "'", Integer.class))
        .isEqualTo(1);
    assertThat(json(two.get("/v1/appeals/" + id)).path("state").asText()).isEqualTo("LODGED");
    assertThat(one.get("/v1/appeals/" + id).statusCode()).isEqualTo(404);
    assertThat(as("officer-1").get("/appeals").body()).contains("今日发薪", id);
    assertThat(two.post("/v1/appeals", body.put("harm", "").toString(), "appeal-0002").statusCode())
        .isEqualTo(422);
    assertThat(
            two.post("/v1/appeals", body.put("harm", "y".repeat(601)).toString(), "appeal-0003")
                .statusCode())
        .isEqualTo(422);
    assertThat(
            two.post(
                    "/v1/appeals",
                    body.put("harm", "y").put("restriction", "none").toString(),
                    "appeal-0004")
                .statusCode())
        .isEqualTo(422);
  }

  private static LifeTransition decided(String id, AppealDetail about, int sequence, String state) {
    return LifeTransition.newBuilder()
        .setKind(LifeKind.APPEAL)
        .setObjectId(id)
        .setCaseId("c")
        .setSequence(sequence)
        .setState(state)
        .setEvent(state)
        .setRole("DUTY_OFFICER")
        .setTickAt(Cast.T0)
        .setCause("act")
        .setDetail(about)
        .build();
  }

  @Test
  void aBankHearsHowItsAppealWasDecidedWhyAndWhatComesNext() {
    DeskRig.Told told = rig.tell("网关裁定", 4_700_000, "R-gateway-decided");
    StopPaymentRequest order =
        Cast.request(told.opened(), told.paid(), "R-gateway-decided", OrderState.ACTIVE, 4);
    rig.topics().write("stop.requests", order.getOrderId(), order);
    rig.caughtUp();
    ObjectNode body = HttpBank.JSON.createObjectNode();
    body.put("restriction", order.getOrderId()).put("statement", "货款").put("harm", "断货");
    String id =
        json(two.post("/v1/appeals", body.toString(), "appeal-decided")).path("id").asText();
    AppealDetail about =
        AppealDetail.newBuilder()
            .setRestrictionId(order.getOrderId())
            .setRestriction(LifeKind.STOP_ORDER)
            .setAccountToken(order.getTarget().getAccountToken())
            .setBank("B02")
            .setHolder("h")
            .setStatement("货款")
            .setHarm("断货")
            .setSubmittedAt(Cast.T0)
            .build();
    rig.topics().write("recovery.lives", id, decided(id, about, 1, "CHECKING"));
    rig.caughtUp();
    JsonNode open = json(two.get("/v1/appeals/" + id));
    assertThat(open.path("state").asText()).isEqualTo("CHECKING");
    assertThat(open.has("reason")).as("nothing is decided").isFalse();

    about.setDecidedAt(Cast.T0);
    about.setRemedy(Appeals.rejection("未提供合同", "补充材料再次申诉"));
    rig.topics().write("recovery.lives", id, decided(id, about, 2, "REJECTED"));
    rig.caughtUp();
    JsonNode rejected = json(two.get("/v1/appeals/" + id));
    assertThat(rejected.path("state").asText()).isEqualTo("REJECTED");
    assertThat(rejected.path("decidedAt").asText()).isEqualTo(Cast.T0.toString());
    assertThat(rejected.path("reason").asText()).isEqualTo("未提供合同");
    assertThat(rejected.path("remedy").asText()).isEqualTo("补充材料再次申诉");
    assertThat(one.get("/v1/appeals/" + id).statusCode()).isEqualTo(404);
  }

  /** The day of a posting is the gateway's own, by the wall clock: its midnight may lie between. */
  @ParameterizedTest
  @CsvSource({"noon, 12:00:00", "before, 23:59:50", "across, 23:59:30", "after, 00:00:10"})
  void whatABankPostedItselfReconcilesToo(String run, LocalTime time) {
    ahead =
        Duration.between(
            Instant.now(),
            LocalDate.now(Words.PLACE).plusDays(1).atTime(time).atZone(Words.PLACE).toInstant());
    DeskRig.Told told = rig.tell("对账" + run, 2_200_000, "R-" + run);
    StopPaymentRequest order =
        Cast.request(told.opened(), told.paid(), "R-" + run, OrderState.ACTIVE, 4);
    rig.topics().write("stop.requests", order.getOrderId(), order);
    rig.caughtUp();
    ObjectNode appeal = HttpBank.JSON.createObjectNode();
    appeal.put("restriction", order.getApplicationId()).put("statement", "货款").put("harm", "发薪");
    List<Reconciliation> own = new ArrayList<>();
    Instant begun = clock.get();
    own.add(posted("reports", "/v1/reports", report().toString(), run + "-report"));
    own.add(posted("reports", "/v1/reports", ownStop().toString(), run + "-stop"));
    if (run.equals("across")) {
      ahead = ahead.plusSeconds(60);
    }
    own.add(posted("appeals", "/v1/appeals", appeal.toString(), run + "-appeal"));
    String again =
        json(two.post("/v1/appeals", appeal.toString(), run + "-appeal")).path("takenAt").asText();
    assertThat(again).as("said again, taken then").isEqualTo(own.get(2).answeredAt());
    List<Reconciliation> centre = two.files(begun, clock.get());
    assertThat(centre).containsAll(own);
    assertThat(Reconciliation.differences(centre, centre)).isEmpty();
    assertThat(two.linesAsJson(begun, clock.get())).isEqualTo(centre.size());

    List<Reconciliation> theirs = new ArrayList<>(centre);
    theirs.remove(own.get(0));
    theirs.add(Reconciliation.posted("moves", "move-never-taken", "B02:m-1:COMPLETED", again));
    theirs.replaceAll(
        line ->
            line.equals(own.get(2))
                ? Reconciliation.posted("appeals", line.id(), "A-x", again)
                : line);
    assertThat(Reconciliation.differences(centre, theirs))
        .containsExactlyInAnyOrder(
            "reports " + run + "-report: taken by the centre, missing at the bank",
            "appeals "
                + run
                + "-appeal: id "
                + own.get(2).answer()
                + " at the centre, A-x at the bank",
            "moves move-never-taken: at the bank, never taken by the centre; post it again under the"
                + " same Idempotency-Key");
    assertThat(one.files(begun, clock.get()))
        .as("each bank's own alone")
        .doesNotContainAnyElementsOf(own);
  }

  @Test
  void aMovementIsALineAndWhatWasNotTakenIsNone() {
    Reconciliation own =
        posted(
            one,
            "moves",
            "/v1/moves",
            move("t-90", TransactionPhase.AWAITING).toString(),
            "move-t-90-0001");
    assertThat(own.answer()).isEqualTo("B01:t-90:AWAITING");
    assertThat(one.post("/v1/moves", "{}", "move-t-91-0001").statusCode()).isEqualTo(422);
    Instant taken = Instant.parse(own.answeredAt());
    List<Reconciliation> centre = one.files(taken, taken);
    assertThat(centre).contains(own);
    assertThat(centre).extracting(Reconciliation::id).doesNotContain("move-t-91-0001");
  }

  private Reconciliation posted(String stream, String path, String body, String key) {
    return posted(two, stream, path, body, key);
  }

  private static Reconciliation posted(
      HttpBank bank, String stream, String path, String body, String key) {
    HttpResponse<String> taken = bank.post(path, body, key);
    assertThat(taken.statusCode()).as(taken.body()).isEqualTo(201);
    return Reconciliation.posted(
        stream, key, json(taken).path("id").asText(), json(taken).path("takenAt").asText());
  }

  @Test
  void theVictimsNumberIsTakenWithAReportAndMustBeOne() {
    ObjectNode body = report().put("victimPhone", "138 0000 0000");
    String id =
        json(one.post("/v1/reports", body.toString(), "case-with-phone")).path("id").asText();
    assertThat(
            rig.store()
                .row(
                    (row, context) -> row.getString(1),
                    "select number_token from own.bank_report where report_id = ?",
                    id))
        .contains(rig.centre().tokens().number("8613800000000"));
    assertThat(
            one.post("/v1/reports", body.put("victimPhone", "none").toString(), "case-bad-phone")
                .body())
        .contains("victimPhone is no telephone number");
  }

  @Test
  void aBankReadsItsOwnFigures() {
    JsonNode figures = json(two.get("/v1/figures"));
    assertThat(figures.path("bank").asText()).isEqualTo("B02");
    assertThat(figures.path("mismatches").has("name")).isTrue();
    assertThat(figures.path("wrongStops").isIntegralNumber()).isTrue();
    assertThat(json(one.get("/v1/figures")).path("bank").asText()).isEqualTo("B01");
  }

  @Test
  void whatTheBrokerDidNotTakeIsTakenLaterUnderTheSameKey() {
    rig.brokerGone(true);
    HttpResponse<String> lost = one.post("/v1/reports", report().toString(), "case-2026-0009");
    rig.brokerGone(false);
    assertThat(lost.statusCode()).isEqualTo(503);
    HttpResponse<String> taken = one.post("/v1/reports", report().toString(), "case-2026-0009");
    assertThat(taken.statusCode()).isEqualTo(200);
    assertThat(reports(json(taken).path("id").asText())).hasSize(1);
  }
}
