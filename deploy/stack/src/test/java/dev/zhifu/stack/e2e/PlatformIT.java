package dev.zhifu.stack.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zhifu.bank.StopPlaced;
import dev.zhifu.bank.http.GatewayClient;
import dev.zhifu.rules.lives.channel.MessageTwin;
import dev.zhifu.schemas.crypto.Envelopes;
import dev.zhifu.schemas.events.EventIds;
import dev.zhifu.stack.StackInfo;
import dev.zhifu.stack.demo.ConsoleProcess;
import dev.zhifu.stack.demo.PlatformTwinProcess;
import dev.zhifu.stack.e2e.Cast.Person;
import dev.zhifu.stack.process.Child;
import dev.zhifu.wire.BankInbound;
import dev.zhifu.wire.ChannelAnswer;
import dev.zhifu.wire.ChannelRequest;
import dev.zhifu.wire.FreezeDetail;
import dev.zhifu.wire.FreezeMode;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.OrderChannel;
import dev.zhifu.wire.OrderEnvelope;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.ReceiptResult;
import dev.zhifu.wire.ReportedTransfer;
import dev.zhifu.wire.StopPaymentOrder;
import dev.zhifu.wire.StopPaymentReceipt;
import dev.zhifu.wire.StopPaymentRequest;
import dev.zhifu.wire.VictimReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Orders to a bank behind the statutory platform: both jobs, the broker, the console with its
 * adapter and its store, and the platform's twin are the real ones, each in a process of its own;
 * the bank links the library and hears of orders from the twin alone.
 */
@Tag("landing")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PlatformIT {
  private static final Instant START = Instant.parse("2026-03-02T01:00:00Z");
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final String BANK = "B02";

  private final Cast cast = new Cast();
  private final Officers officers = new Officers();
  private Rig rig;
  private Story story;
  private Child platform;
  private Twin bank;

  @BeforeAll
  void start() {
    rig = new Rig(List.of(BANK));
    story = new Story(rig, START);
    Path root = rig.stack().dir().root();
    StackInfo info = rig.stack().info();
    platform =
        PlatformTwinProcess.start(rig.stack().layout(), root, info, rig.stack().supervisor());
    ConsoleProcess.start(
        rig.stack().layout(), root, info, rig.stack().supervisor(), Cast.TOKEN_KEY);
    GatewayClient line =
        new GatewayClient(
            URI.create(PlatformTwinProcess.address(root)),
            BANK,
            "the twin of the platform asks for none",
            Clock.systemUTC());
    bank =
        new Twin(
            BANK, rig.stack(), story::now, story::standing, Twin.overHttp(BANK, rig.stack(), line));
    rig.run(List.of(bank));
    rig.startBothJobs();
    story.advance(SECOND);
  }

  @AfterAll
  void stop() {
    if (rig != null) {
      rig.close();
    }
  }

  @Test
  @Order(1)
  void anOrderBecomesActiveByThePlatformAndNothingIsPrinted() {
    Movement payment = victimPays("by-platform");
    StopPaymentRequest sent = signed(payment, "report-by-platform");

    StopPaymentRequest active = awaitState(sent, OrderState.ACTIVE);

    assertThat(bank.availableFen(payment.payee())).as("what can leave now").isZero();
    StopPaymentReceipt receipt = receiptOf(active.getOrderId());
    assertThat(receipt.getResult()).isEqualTo(ReceiptResult.STOPPED);
    assertThat(receipt.getBank()).isEqualTo(BANK);
    assertThat(receipt.getBalanceBeforeFen()).isEqualTo(payment.payeeFenAfter());
    story.advance(Duration.ofMinutes(5));
    assertThat(requests()).as("papers").isEmpty();
  }

  @Test
  @Order(2)
  void aLiftReachesTheAccountThatTheOrderStoppedAndTheBankSaysSo() {
    Movement payment = victimPays("lifted");
    StopPaymentRequest active = awaitState(signed(payment, "report-lifted"), OrderState.ACTIVE);
    assertThat(bank.availableFen(payment.payee())).isZero();

    story.send(officers.release(active, "BONA_FIDE", story.now()));
    story.advance(SECOND);
    ChannelAnswer lifted = answer(active.getOrderId(), "BANK_LIFTED");
    assertThat(lifted.getCode()).isEqualTo("100104");
    assertThat(lifted.getChannel()).isEqualTo(OrderChannel.PLATFORM);
    assertThat(bank.availableFen(payment.payee()))
        .as("what can leave again")
        .isEqualTo(payment.payeeFenAfter());
    assertThat(newest(payment.payee().accountToken()).orElseThrow().getState())
        .isEqualTo(OrderState.RELEASED);
  }

  @Test
  @Order(3)
  void aFreezeGoesByTheSamePlatformAndTakesThePlaceOfTheStop() {
    StopPaymentRequest active =
        awaitState(signed(victimPays("frozen"), "report-frozen"), OrderState.ACTIVE);
    String caseId = active.getCaseIds().get(0);
    String freeze = caseId + "-freeze";
    FreezeDetail detail =
        FreezeDetail.newBuilder()
            .setApplicationId(
                UUID.nameUUIDFromBytes(freeze.getBytes(StandardCharsets.UTF_8)).toString())
            .setTarget(active.getTarget())
            .setAuthority("county")
            .setChannel(OrderChannel.PLATFORM)
            .setMode(FreezeMode.AMOUNT)
            .setAmountFen(1_000_000)
            .setTracedFen(1_000_000)
            .setTraceId(active.getReportId())
            .setTermMonths(6)
            .setScope("the amount")
            .setFruits(false)
            .build();
    story.send(officers.file(caseId, story.now()));
    story.advance(SECOND);
    decide(caseId, freeze, "PROPOSED", "CASE_OFFICER", detail);
    decide(caseId, freeze, "SUBMITTED", "CASE_OFFICER", null);
    decide(caseId, freeze, "REVIEWED", "LEGAL_REVIEWER", null);
    decide(caseId, freeze, "APPROVED", "COUNTY_HEAD", detail);
    decide(caseId, freeze, "SENT", "CASE_OFFICER", null);

    ChannelAnswer froze = answer(freeze, "BANK_FROZE");
    assertThat(froze.getCode()).isEqualTo("100202");
    assertThat(froze.getAmountFen()).isEqualTo(1_000_000);
    assertThat(froze.getDocumentNumber()).startsWith("twin-");
    awaitState(active, OrderState.CONVERTED);
  }

  private void decide(
      String caseId, String freeze, String event, String role, FreezeDetail detail) {
    story.send(officers.decide(caseId, freeze, LifeKind.FREEZE, event, role, detail, story.now()));
    story.advance(SECOND);
  }

  @Test
  @Order(4)
  void aBanksOwnStopIsReadFromThePlatformAndTheOrderConfirmsIt() {
    Person payee = cast.person("Mule own", BANK, "6217020000000007788");
    bank.open(payee);
    Movement payment =
        new Movement("own", cast.person("Victim own", "B01", "6217010000000007788"), payee, 20_000);
    Instant at = story.now().plus(SECOND);
    story.send(payment.completed(at));
    bank.credit(payment, at);
    story.advance(SECOND);
    StopPlaced own = bank.stopByItself(payee);
    story.advance(SECOND);
    String applicationId =
        UUID.nameUUIDFromBytes("own".getBytes(StandardCharsets.UTF_8)).toString();
    assertThat(reported(applicationId, payment, at, own)).contains("\"code\":\"100000\"");

    VictimReport report =
        story.eventually(
            "a report",
            () ->
                rig.tail("console", VictimReport.class, "victim.reports")
                    .catchUp()
                    .values()
                    .filter(one -> one.getTakenBy().equals("bank " + BANK))
                    .findFirst());
    ReportedTransfer stated = report.getTransfers().get(0);
    assertThat(stated.getOwnStop().getApplicationId()).isEqualTo(applicationId);
    assertThat(stated.getOwnStop().getStartTime()).isEqualTo(own.startTime());
    // As the desk completes it with what the banks have booked when the officer accepts.
    stated.setTransactionId(payment.id());
    stated.setPayeeBankTransactionId(payment.payeeBankId());
    story.send(officers.accept(report, story.now()));
    story.advance(SECOND);
    StopPaymentRequest draft = story.eventually("a request", () -> newest(payee.accountToken()));
    story.send(officers.signOrder(draft, story.now()));
    story.advance(SECOND);
    StopPaymentRequest active = awaitState(draft, OrderState.ACTIVE);
    StopPaymentOrder order =
        rig.tail("auditor", OrderEnvelope.class, "bank." + BANK + ".orders")
            .catchUp()
            .values()
            .map(Envelopes::open)
            .filter(one -> one.getOrderId().equals(active.getOrderId()))
            .findFirst()
            .orElseThrow();
    assertThat(order.getApplicationType()).isEqualTo("04");
    assertThat(order.getOriginalApplicationId()).isEqualTo(applicationId);
    assertThat(receiptOf(active.getOrderId()).getStartTime()).isEqualTo(own.startTime());
  }

  /** The bank's connector reports to the platform; returns what the platform says to it. */
  private String reported(String applicationId, Movement payment, Instant at, StopPlaced own) {
    Map<String, String> fields = new TreeMap<>();
    fields.put("applicationID", applicationId);
    fields.put("applicationType", "02");
    fields.put("applicationTime", MessageTwin.text(story.now()));
    fields.put("bankID", BANK);
    fields.put("victimName", payment.payer().name());
    fields.put("victimPhone", "13800000000");
    fields.put("victimIDType", "01");
    fields.put("victimIDNumber", "150602196203081234");
    fields.put("incidentDescription", "words");
    fields.put("reportOrgName", BANK);
    fields.put("operatorName", "operator");
    fields.put("transferOut.AccountNumber", payment.payer().number());
    fields.put("transactions.1.time", MessageTwin.text(at));
    fields.put("transactions.1.amount", BigDecimal.valueOf(payment.fen(), 2).toPlainString());
    fields.put("transactions.1.accountNumber", payment.payee().number());
    fields.put("transactions.1.accountName", payment.payee().name());
    fields.put("accountNumber", payment.payee().number());
    fields.put("accountBalance", BigDecimal.valueOf(own.balanceBeforeFen(), 2).toPlainString());
    fields.put("startTime", MessageTwin.text(own.startTime()));
    fields.put("expireTime", MessageTwin.text(own.expireTime()));
    ObjectNode body = new ObjectMapper().createObjectNode().put("txCode", "100401");
    ObjectNode named = body.putObject("fields");
    fields.forEach(named::put);
    HttpClient client = HttpClient.newHttpClient();
    try {
      return client
          .send(
              HttpRequest.newBuilder(
                      URI.create(
                          PlatformTwinProcess.address(rig.stack().dir().root())
                              + "/platform/messages"))
                  .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                  .build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** What came back about an object, while time stands still. */
  private ChannelAnswer answer(String objectId, String event) {
    return story.eventually(
        event + " of " + objectId,
        () ->
            rig.tail("console", ChannelAnswer.class, "recovery.answers")
                .catchUp()
                .values()
                .filter(one -> one.getObjectId().equals(objectId))
                .filter(one -> one.getEvent().equals(event))
                .findFirst());
  }

  @Test
  @Order(5)
  void whatThePlatformDoesNotAnswerGoesOnPaperUnderTheSameApplicationId() {
    platform.kill();
    StopPaymentRequest sent = signed(victimPays("silence"), "report-in-silence");
    for (int i = 0; i < 4; i++) {
      story.advance(Duration.ofSeconds(61));
    }
    awaitState(sent, OrderState.TIMEOUT);

    ChannelRequest paper =
        story.eventually(
            "a paper",
            () ->
                requests().stream()
                    .filter(one -> one.getChannel() == OrderChannel.PAPER)
                    .findFirst());
    assertThat(paper.getApplicationType()).isEqualTo("00");
    assertThat(paper.getTransferTime()).isEqualTo(sent.getTransferTime());
    assertThat(paper.getCode()).isEqualTo("100101");
    assertThat(paper.getObjectId()).isEqualTo(sent.getOrderId());
    assertThat(paper.getApplicationId()).isEqualTo(EventIds.applicationId(sent.getOrderId()));
    assertThat(paper.getWords()).contains("gave no answer in time");
  }

  private Movement victimPays(String name) {
    Person payee = cast.person("Mule " + name, BANK);
    bank.open(payee);
    Movement payment = new Movement(name, cast.person("Victim " + name, "B01"), payee, 20_000);
    Instant at = story.now().plus(SECOND);
    story.send(payment.completed(at));
    bank.credit(payment, at);
    story.advance(SECOND);
    return payment;
  }

  /** The report is accepted and an officer signs; returns the order as asked for. */
  private StopPaymentRequest signed(Movement payment, String reportId) {
    story.send(officers.accept(reportId, payment, story.now(), story.now()));
    story.advance(SECOND);
    StopPaymentRequest draft =
        story.eventually("a request", () -> newest(payment.payee().accountToken()));
    assertThat(draft.getState()).isEqualTo(OrderState.DRAFT);
    story.send(officers.signOrder(draft, story.now()));
    story.advance(SECOND);
    return draft;
  }

  /** While time stands still: the line to the platform runs on the wall clock. */
  private StopPaymentRequest awaitState(StopPaymentRequest order, OrderState state) {
    return story.eventually(
        "order " + state,
        () -> newest(order.getTarget().getAccountToken()).filter(one -> one.getState() == state));
  }

  private Optional<StopPaymentRequest> newest(String accountToken) {
    return rig.tail("console", StopPaymentRequest.class, "stop.requests")
        .catchUp()
        .values()
        .filter(one -> one.getTarget().getAccountToken().equals(accountToken))
        .max(Comparator.comparingLong(StopPaymentRequest::getSequence));
  }

  private List<ChannelRequest> requests() {
    return rig.tail("console", ChannelRequest.class, "recovery.requests")
        .catchUp()
        .values()
        .toList();
  }

  private StopPaymentReceipt receiptOf(String orderId) {
    return rig.tail("console", BankInbound.class, "bank." + BANK + ".inbound")
        .catchUp()
        .values()
        .map(inbound -> (StopPaymentReceipt) inbound.getBody())
        .filter(receipt -> receipt.getOrderId().equals(orderId))
        .findFirst()
        .orElseThrow();
  }
}
