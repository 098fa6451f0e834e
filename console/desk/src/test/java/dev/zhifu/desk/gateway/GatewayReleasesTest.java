package dev.zhifu.desk.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zhifu.bank.BankAccount;
import dev.zhifu.bank.BankLibrary;
import dev.zhifu.bank.BankSettings;
import dev.zhifu.bank.BankTransfer;
import dev.zhifu.bank.InMemoryBankCore;
import dev.zhifu.bank.StopRelease;
import dev.zhifu.bank.http.BankJson;
import dev.zhifu.bank.http.GatewayClient;
import dev.zhifu.bank.http.HttpBankTransport;
import dev.zhifu.bank.http.Reconciliation;
import dev.zhifu.desk.Cast;
import dev.zhifu.desk.DeskRig;
import dev.zhifu.desk.HttpPerson;
import dev.zhifu.desk.people.DemoPeople;
import dev.zhifu.desk.people.WallClock;
import dev.zhifu.schemas.crypto.AuthorisationSubject;
import dev.zhifu.schemas.crypto.DemoKeys;
import dev.zhifu.schemas.crypto.Envelopes;
import dev.zhifu.schemas.crypto.Signatures;
import dev.zhifu.wire.ActKind;
import dev.zhifu.wire.Environment;
import dev.zhifu.wire.OfficerAct;
import dev.zhifu.wire.OfficerAuthorisation;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.StopPaymentOrder;
import dev.zhifu.wire.StopPaymentRequest;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the officer's act and the engine's word to the bank's answer. */
class GatewayReleasesTest {
  private static final String SECRET = "secret of bank two, 24 or more";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private DeskRig rig;
  private GatewayServer gateway;
  private HttpBank bank;

  /** The gateway's day is the wall clock's. */
  private Instant begun;

  @BeforeEach
  void start() {
    begun = Instant.now();
    rig = new DeskRig("gateway_releases");
    gateway =
        new GatewayServer(
            rig.store(),
            rig.topics(),
            List.of(
                new BankAccess(
                    "B02",
                    SECRET,
                    () -> rig.topics().feed(List.of("bank.B02.orders", "bank.B02.holds")),
                    rig.topics()::write)),
            rig.centre(),
            WallClock.machine(),
            GatewayLimits.perMinute(10_000),
            "127.0.0.1",
            0);
    bank = new HttpBank("http://127.0.0.1:" + gateway.port(), "B02", SECRET);
  }

  @AfterEach
  void stop() {
    bank.close();
    gateway.close();
    rig.close();
  }

  /** An order that the bank was sent and that is in force. */
  private StopPaymentRequest inForce(DeskRig.Told told) {
    StopPaymentRequest draft = told.draft();
    StopPaymentOrder order =
        StopPaymentOrder.newBuilder()
            .setOrderId(draft.getOrderId())
            .setApplicationId(draft.getApplicationId())
            .setApplicationType("00")
            .setBank("B02")
            .setAccountToken(told.mule().getAccountToken())
            .setCipher(told.mule().getCipher())
            .setAccountType("01")
            .setTransferAmountFen(3_000_000)
            .setTransferTime(Cast.T0)
            .setBankTransactionId("r-1")
            .setReasonCode(draft.getReasonCode())
            .setEmergencyLevel("02")
            .setApplicationTime(Cast.T0)
            .setNotAfter(Cast.T0.plusSeconds(600))
            .setAuthorisation(new OfficerAuthorisation("", "", "", ByteBuffer.allocate(0)))
            .build();
    order.setAuthorisation(
        Signatures.authorisationOf(
            Signatures.signOrder(
                act("sign-" + order.getOrderId(), ActKind.SIGN_ORDER, order.getOrderId(), ""),
                AuthorisationSubject.of(order),
                DemoKeys.person(DemoKeys.FIRST_OFFICER))));
    rig.topics()
        .write("bank.B02.orders", order.getOrderId(), Envelopes.seal(order, DemoKeys.engine()));
    StopPaymentRequest sent = Cast.next(draft, OrderState.SENT, "someone", Cast.T0);
    StopPaymentRequest active = Cast.next(sent, OrderState.ACTIVE, "receipt", Cast.T0);
    rig.topics().write("stop.requests", sent.getOrderId(), sent);
    rig.topics().write("stop.requests", sent.getOrderId(), active);
    assertThat(page("orders", 0).path("messages")).isNotEmpty();
    rig.caughtUp();
    return active;
  }

  private static OfficerAct act(String actId, ActKind kind, String orderId, String reason) {
    return OfficerAct.newBuilder()
        .setActId(actId)
        .setKind(kind)
        .setOfficerId(DemoKeys.FIRST_OFFICER)
        .setRole("DUTY_OFFICER")
        .setSecondOfficerId("officer-4")
        .setAt(Cast.T0.plusSeconds(60))
        .setObjectId(orderId)
        .setReason(reason)
        .setKeyId("")
        .setSignature(ByteBuffer.allocate(0))
        .build();
  }

  private OfficerAct released(StopPaymentRequest order, String actId, String reason) {
    OfficerAct draft = act(actId, ActKind.RELEASE, order.getOrderId(), reason);
    draft.setAccountToken(order.getTarget().getAccountToken());
    OfficerAct act = Signatures.sign(draft, DemoKeys.person(DemoKeys.FIRST_OFFICER));
    rig.topics().write("officer.acts", actId, act);
    return act;
  }

  private void engineSays(StopPaymentRequest order, String cause) {
    rig.topics()
        .write(
            "stop.requests",
            order.getOrderId(),
            Cast.next(order, OrderState.RELEASED, cause, Cast.T0.plusSeconds(61)));
    rig.caughtUp();
  }

  /** A page of a stream from a cursor on, once it has something or the patience is over. */
  private JsonNode page(String stream, long after) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    JsonNode page;
    do {
      page = now(stream, after, 1_000);
    } while (page.path("messages").isEmpty() && System.nanoTime() < end);
    return page;
  }

  private JsonNode now(String stream, long after, int waitMs) {
    try {
      return HttpBank.JSON.readTree(
          bank.get("/v1/messages/" + stream + "?after=" + after + "&waitMs=" + waitMs).body());
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aReleaseGoesOutSignedWhenTheEngineSaysSoAndItsAnswerIsReconciled() throws Exception {
    StopPaymentRequest order = inForce(rig.tell("解除", 3_000_000, "R-1"));
    bank.put("/v1/webhook", "{\"url\":\"" + bank.listen() + "\"}");
    bank.awaitPosted(1, PATIENCE, () -> {});
    OfficerAct act = released(order, "act-release", "BONA_FIDE");
    rig.caughtUp();
    assertThat(now("releases", 0, 1_500).path("messages"))
        .as("signed, and the engine has not said so")
        .isEmpty();

    engineSays(order, "act-release");
    JsonNode message = page("releases", 0).path("messages").path(0);
    assertThat(message.path("txCode").asText()).isEqualTo("100103");
    StopRelease release = BankJson.release(message);
    assertThat(release.orderId()).isEqualTo(order.getOrderId());
    assertThat(release.act()).as("the bytes that the officer signed").isEqualTo(act);
    assertThat(
            new Signatures(DemoKeys.directory(), Environment.DEMO)
                .verify(release.act(), act.getAt())
                .holds())
        .isTrue();
    assertThat(dev.zhifu.bank.http.XmlMessages.message(message)).contains("<LiftStop", "100103");

    bank.awaitPosted(2, PATIENCE, () -> {});
    assertThat(bank.posted().get(1).path("stream").asText())
        .as("behind the order of its account")
        .isEqualTo("releases");
    assertThat(bank.faults()).isEmpty();
    assertThat(orders(order)).contains("银行尚未答复已解除", "解除指令已放入该行网关").doesNotContain("银行答复：已解除");

    ObjectNode answer = HttpBank.JSON.createObjectNode();
    answer.put("orderId", order.getOrderId());
    answer.put("applicationId", order.getApplicationId());
    answer.put("actId", "act-release");
    answer.put("result", "LIFTED");
    answer.put("at", Cast.T0.plusSeconds(70).toString());
    assertThat(bank.post("/v1/release-receipts", answer.toString(), "lifted-1").statusCode())
        .isEqualTo(201);
    assertThat(bank.post("/v1/release-receipts", answer.toString(), "lifted-1").statusCode())
        .isEqualTo(200);
    assertThat(orders(order)).contains("银行答复：已解除（03-03 02:11:10）").doesNotContain("银行尚未答复已解除");
    answer.put("result", "GONE");
    assertThat(bank.post("/v1/release-receipts", answer.toString(), "lifted-2").statusCode())
        .isEqualTo(422);
    answer.put("result", "LIFTED").put("orderId", "f".repeat(64));
    assertThat(bank.post("/v1/release-receipts", answer.toString(), "lifted-3").statusCode())
        .isEqualTo(404);
    List<Reconciliation> lines = bank.files(begun, Instant.now());
    assertThat(lines)
        .filteredOn(line -> line.stream().equals("releases"))
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.id()).isEqualTo(Reconciliation.release(order.getOrderId()));
              assertThat(line.answer()).isEqualTo("LIFTED");
            });
    assertThat(lines)
        .filteredOn(line -> line.stream().equals("orders"))
        .singleElement()
        .satisfies(line -> assertThat(line.answer()).as("the order's own answer").isEmpty());
  }

  /** The orders of the order's case as an officer sees them. */
  private String orders(StopPaymentRequest order) {
    return new HttpPerson(rig.url())
        .login("officer-1", DemoPeople.PASSWORD)
        .get("/case/" + order.getCaseIds().get(0) + "/part/orders")
        .body();
  }

  @Test
  void eachReleaseComesOnceAndACursorMissesNone() {
    StopPaymentRequest first = inForce(rig.tell("先解除", 1_000_000, "R-2"));
    StopPaymentRequest second = inForce(rig.tell("后解除", 1_000_000, "R-3"));
    released(first, "act-1", "WRONG_ACCOUNT");
    released(second, "act-2", "STALE_HOP");
    // The engine speaks of the second act first.
    engineSays(second, "act-2");
    JsonNode page = page("releases", 0);
    assertThat(page.path("messages")).hasSize(1);
    engineSays(first, "act-1");
    JsonNode next = page("releases", page.path("next").asLong());
    assertThat(next.path("messages")).hasSize(1);
    assertThat(next.path("messages").path(0).path("orderId").asText())
        .isEqualTo(first.getOrderId());
    assertThat(now("releases", next.path("next").asLong(), 1_500).path("messages")).isEmpty();
  }

  @Test
  void aPersonsWordsAndAnotherCauseGoToNoBank() {
    StopPaymentRequest words = inForce(rig.tell("有话", 1_000_000, "R-4"));
    released(words, "act-3", "户主是我表弟");
    engineSays(words, "act-3");
    StopPaymentRequest other = inForce(rig.tell("他因", 1_000_000, "R-5"));
    engineSays(other, "somebody-else");
    assertThat(now("releases", 0, 2_000).path("messages")).isEmpty();
  }

  /**
   * The bank library over HTTP: stopped by the order, free again by the release, both files alike.
   */
  @Test
  void theBankLibraryLiftsTheStopAndBothFilesAgree(@TempDir Path folder) {
    String name = "图书馆";
    StopPaymentRequest order = inForce(rig.tell(name, 3_000_000, "R-6"));
    String number = String.format("621702%013d", Math.floorMod(name.hashCode(), 1_000_000));
    InMemoryBankCore core = new InMemoryBankCore(() -> Cast.T0.plusSeconds(30));
    core.open(new BankAccount(number, name + "的收款人", "01", 0, false));
    core.credit(new BankTransfer("r-1", number, 3_000_000, Cast.T0));
    HttpBankTransport transport =
        new HttpBankTransport(
            new GatewayClient(
                URI.create("http://127.0.0.1:" + gateway.port()), "B02", SECRET, Clock.systemUTC()),
            folder.resolve("cursors"));
    try (BankLibrary library =
        new BankLibrary(
            new BankSettings(
                "B02",
                Environment.DEMO,
                DemoKeys.directory(),
                List.of(DemoKeys.bank("B02")),
                0,
                folder.resolve("ledger.jsonl")),
            core,
            (decision, late) -> {},
            id -> Optional.empty(),
            transport)) {
      library.step(Duration.ofMillis(500));
      assertThat(core.availableFen(number)).as("stopped").isZero();
      released(order, "act-6", "BONA_FIDE");
      engineSays(order, "act-6");
      page("releases", 0);
      library.step(Duration.ofMillis(500));
      assertThat(core.availableFen(number)).as("lifted").isEqualTo(3_000_000);
    }
    List<Reconciliation> centre = bank.files(begun, Instant.now());
    assertThat(centre).extracting(Reconciliation::answer).containsExactly("STOPPED", "LIFTED");
    assertThat(Reconciliation.differences(centre, transport.day())).isEmpty();
  }
}
