package dev.zhifu.stack.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.bank.http.GatewayClient;
import dev.zhifu.schemas.events.EventIds;
import dev.zhifu.stack.StackInfo;
import dev.zhifu.stack.demo.ConsoleProcess;
import dev.zhifu.stack.demo.PlatformTwinProcess;
import dev.zhifu.stack.e2e.Cast.Person;
import dev.zhifu.stack.process.Child;
import dev.zhifu.wire.BankInbound;
import dev.zhifu.wire.ChannelRequest;
import dev.zhifu.wire.OrderChannel;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.ReceiptResult;
import dev.zhifu.wire.StopPaymentReceipt;
import dev.zhifu.wire.StopPaymentRequest;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Orders to a bank behind the statutory platform: both jobs, the broker, the console with its
 * adapter and its store, and the platform's twin are the real ones, each in a process of its own;
 * the bank links the library and hears of orders from the twin alone.
 */
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
  void whatThePlatformDoesNotAnswerGoesOnPaperUnderTheSameApplicationId() {
    platform.kill();
    StopPaymentRequest sent = signed(victimPays("silence"), "report-in-silence");
    for (int i = 0; i < 4; i++) {
      story.advance(Duration.ofSeconds(61));
    }
    awaitState(sent, OrderState.TIMEOUT);

    ChannelRequest paper = story.eventually("a paper", () -> requests().stream().findFirst());
    assertThat(paper.getChannel()).isEqualTo(OrderChannel.PAPER);
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
