package dev.zhifu.desk.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zhifu.bank.http.Reconciliation;
import dev.zhifu.bank.http.XmlMessages;
import dev.zhifu.desk.Cast;
import dev.zhifu.desk.MemoryTopics;
import dev.zhifu.desk.TestStore;
import dev.zhifu.desk.people.WallClock;
import dev.zhifu.desk.store.Bodies;
import dev.zhifu.desk.store.Store;
import dev.zhifu.schemas.crypto.DemoKeys;
import dev.zhifu.schemas.crypto.Envelopes;
import dev.zhifu.schemas.events.EventIds;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.BankInbound;
import dev.zhifu.wire.DecisionKind;
import dev.zhifu.wire.HoldAction;
import dev.zhifu.wire.OfficerAuthorisation;
import dev.zhifu.wire.OrderEnvelope;
import dev.zhifu.wire.ReasonCode;
import dev.zhifu.wire.RiskHold;
import dev.zhifu.wire.StopPaymentOrder;
import dev.zhifu.wire.StopPaymentReceipt;
import dev.zhifu.wire.TransferDecision;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GatewayTest {
  private static final String SECRET_1 = "secret of bank one, 24 or more";
  private static final String SECRET_2 = "secret of bank two, 24 or more";
  private static final int QUOTA = 1_000;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final MemoryTopics topics = new MemoryTopics();
  private Store store;
  private GatewayServer gateway;
  private GatewayServer frugal;
  private HttpBank one;
  private HttpBank two;
  private volatile boolean brokerGone;

  @BeforeAll
  void start() {
    store = TestStore.fresh("gateway");
    gateway =
        new GatewayServer(
            store,
            topics,
            List.of(access("B01", SECRET_1), access("B02", SECRET_2)),
            Centres.of(store, topics),
            WallClock.machine(),
            GatewayLimits.perMinute(QUOTA),
            "127.0.0.1",
            0);
    String url = "http://127.0.0.1:" + gateway.port();
    one = new HttpBank(url, "B01", SECRET_1);
    two = new HttpBank(url, "B02", SECRET_2);
  }

  /** A bank of a gateway that allows four requests a minute. */
  private HttpBank two(String code) {
    frugal =
        new GatewayServer(
            store,
            topics,
            List.of(access(code, SECRET_2)),
            Centres.of(store, topics),
            WallClock.machine(),
            GatewayLimits.perMinute(4),
            "127.0.0.1",
            0);
    return new HttpBank("http://127.0.0.1:" + frugal.port(), code, SECRET_2);
  }

  private BankAccess access(String bank, String secret) {
    return new BankAccess(
        bank,
        secret,
        () ->
            topics.feed(
                List.of(
                    "bank." + bank + ".decisions",
                    "bank." + bank + ".holds",
                    "bank." + bank + ".orders")),
        (topic, key, value) -> {
          if (brokerGone) {
            throw new IllegalStateException("no broker");
          }
          topics.write(topic, key, value);
        });
  }

  @AfterAll
  void stop() {
    gateway.close();
    if (frugal != null) {
      frugal.close();
    }
    one.close();
    two.close();
    store.close();
  }

  private StopPaymentOrder order(String bank, String number, int ordinal) {
    AccountRef account = Cast.account(bank, number, "收款人", 0);
    String orderId = EventIds.orderId(account.getAccountToken(), ordinal);
    StopPaymentOrder order =
        StopPaymentOrder.newBuilder()
            .setOrderId(orderId)
            .setApplicationId(EventIds.applicationId(orderId))
            .setApplicationType("00")
            .setBank(bank)
            .setAccountToken(account.getAccountToken())
            .setCipher(account.getCipher())
            .setAccountType("01")
            .setTransferAmountFen(5_000_000)
            .setTransferTime(Cast.T0)
            .setBankTransactionId("r-1")
            .setReasonCode(ReasonCode.VICTIM_REPORT)
            .setEmergencyLevel("02")
            .setApplicationTime(Cast.T0)
            .setNotAfter(Cast.T0.plusSeconds(600))
            .setAuthorisation(
                new OfficerAuthorisation(
                    "officer-1", "act-1", "demo-officer-1", ByteBuffer.allocate(8)))
            .build();
    topics.write("bank." + bank + ".orders", orderId, Envelopes.seal(order, DemoKeys.engine()));
    return order;
  }

  private RiskHold hold(String bank, String number, int sequence) {
    return hold(topics, bank, number, sequence);
  }

  private static RiskHold hold(MemoryTopics into, String bank, String number, int sequence) {
    AccountRef account = Cast.account(bank, number, "收款人", 0);
    RiskHold hold =
        RiskHold.newBuilder()
            .setHoldId(EventIds.holdId("payment " + number, account.getAccountToken()))
            .setSequence(sequence)
            .setAction(sequence == 1 ? HoldAction.PLACE : HoldAction.LIFT)
            .setBank(bank)
            .setAccount(account)
            .setAmountFen(700_000)
            .setReasonCode(ReasonCode.VICTIM_AT_RISK)
            .setOccurredAt(Cast.T0)
            .setEndsAt(Cast.T0.plusSeconds(86_400))
            .setNoticeId("notice")
            .build();
    into.write("bank." + bank + ".holds", hold.getHoldId(), hold);
    return hold;
  }

  private void decision(String bank, String transactionId) {
    topics.write(
        "bank." + bank + ".decisions",
        transactionId,
        TransferDecision.newBuilder()
            .setEventId(bank + ":" + transactionId + ":AWAITING")
            .setTransactionId(transactionId)
            .setBank(bank)
            .setDecision(DecisionKind.HOLD)
            .setReasonCode(ReasonCode.VICTIM_AT_RISK)
            .setOccurredAt(Cast.T0)
            .setAnswerBy(Cast.T0.plusMillis(300))
            .build());
  }

  private static String receipt(StopPaymentOrder order, String result) {
    Instant at = Cast.T0.plusSeconds(38);
    boolean stopped = result.equals("STOPPED");
    ObjectNode body = HttpBank.JSON.createObjectNode();
    body.put("orderId", order.getOrderId());
    body.put("applicationId", order.getApplicationId());
    body.put("accountToken", order.getAccountToken());
    body.put("payloadSha256", "ab".repeat(32));
    body.put("result", result);
    body.put("at", at.toString());
    if (stopped) {
      body.put("balanceBeforeFen", 4_120_000);
      body.put("startTime", at.toString());
      body.put("expireTime", at.plus(Duration.ofHours(48)).toString());
    }
    return body.toString();
  }

  private List<StopPaymentReceipt> receipts(String bank, String orderId) {
    return topics.all("bank." + bank + ".inbound").stream()
        .map(record -> Bodies.read(record.value(), BankInbound.class).getBody())
        .filter(StopPaymentReceipt.class::isInstance)
        .map(StopPaymentReceipt.class::cast)
        .filter(receipt -> receipt.getOrderId().equals(orderId))
        .toList();
  }

  private static JsonNode json(HttpResponse<String> answer) {
    try {
      return HttpBank.JSON.readTree(answer.body());
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new AssertionError(answer.body(), e);
    }
  }

  private JsonNode awaitMessage(HttpBank bank, String stream, String field, String value) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    long after = 0;
    while (System.nanoTime() < end) {
      JsonNode page = json(bank.get("/v1/messages/" + stream + "?after=" + after + "&waitMs=1000"));
      for (JsonNode message : page.path("messages")) {
        if (message.findPath(field).asText().equals(value)) {
          return message;
        }
      }
      after = page.path("next").asLong();
    }
    throw new AssertionError(value + " did not come on " + stream);
  }

  @Test
  void anOrderPassesThroughAsTheBytesThatWereSigned() {
    StopPaymentOrder order = order("B01", "6217010000000000011", 1);
    JsonNode message = awaitMessage(one, "orders", "orderId", order.getOrderId());
    JsonNode signed = message.path("envelope");
    OrderEnvelope envelope =
        new OrderEnvelope(
            ByteBuffer.wrap(HexFormat.of().parseHex(signed.path("payload").asText())),
            signed.path("version").asInt(),
            signed.path("keyId").asText(),
            ByteBuffer.wrap(HexFormat.of().parseHex(signed.path("signature").asText())));
    assertThat(
            Envelopes.verify(
                    envelope, DemoKeys.directory(), dev.zhifu.wire.Environment.DEMO, Cast.T0)
                .holds())
        .isTrue();
    assertThat(message.path("order").path("txCode").asText()).isEqualTo("100101");
  }

  @Test
  void theXmlViewFitsThePublishedSchemaAndCarriesTheSameBytes() {
    StopPaymentOrder order = order("B01", "6217010000000000111", 1);
    RiskHold hold = hold("B01", "6217010000000000112", 1);
    JsonNode json = awaitMessage(one, "orders", "orderId", order.getOrderId());
    awaitMessage(one, "holds", "holdId", hold.getHoldId());
    long offset = json.path("offset").asLong();
    String xml = one.getXml("/v1/messages/orders?after=" + offset).body();
    XmlMessages.validate(xml.getBytes(StandardCharsets.UTF_8));
    assertThat(xml)
        .contains("<payload>" + json.path("envelope").path("payload").asText() + "</payload>")
        .contains("<signature>" + json.path("envelope").path("signature").asText() + "</signature>")
        .contains("<transferAmount>50000.00</transferAmount>")
        .contains("<transferTime>20260303021000</transferTime>")
        .contains("next=\"" + (offset + 1) + "\"");
    XmlMessages.validate(one.getXml("/v1/messages/holds").body().getBytes(StandardCharsets.UTF_8));

    String receipt = XmlMessages.receipt(parsed(receipt(order, "STOPPED")));
    String id = "xml-" + order.getOrderId();
    assertThat(one.postXml("/v1/receipts", receipt, id).statusCode()).isEqualTo(201);
    assertThat(one.postXml("/v1/receipts", receipt, id).statusCode()).isEqualTo(200);
    assertThat(
            one.postXml("/v1/receipts", receipt.replace("41200.00", "41200.000"), "xml-fault-0001")
                .statusCode())
        .isEqualTo(422);
    assertThat(receipts("B01", order.getOrderId()))
        .singleElement()
        .satisfies(taken -> assertThat(taken.getBalanceBeforeFen()).isEqualTo(4_120_000L));
  }

  private static JsonNode parsed(String text) {
    try {
      return HttpBank.JSON.readTree(text);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whatIsSentHasTheFieldsThatTheDescriptionNamesAndNoOther() throws Exception {
    StopPaymentOrder order = order("B01", "6217010000000000122", 1);
    RiskHold hold = hold("B01", "6217010000000000123", 1);
    java.util.Map<?, ?> schemas =
        (java.util.Map<?, ?>)
            ((java.util.Map<?, ?>) description().get("components")).get("schemas");
    fits(awaitMessage(one, "orders", "orderId", order.getOrderId()), schemas.get("Order"));
    fits(awaitMessage(one, "holds", "holdId", hold.getHoldId()), schemas.get("Hold"));
    fits(json(one.get("/v1/figures")), schemas.get("Figures"));
    fits(json(one.get("/v1/messages/orders")), schemas.get("Page"));
  }

  private static void fits(JsonNode value, Object schema) {
    java.util.Map<?, ?> rules = (java.util.Map<?, ?>) schema;
    if (!(rules.get("properties") instanceof java.util.Map<?, ?> properties)) {
      return;
    }
    List<String> names = new ArrayList<>();
    value.fieldNames().forEachRemaining(names::add);
    assertThat(properties.keySet().stream().map(Object::toString)).containsAll(names);
    if (rules.get("required") instanceof List<?> required) {
      assertThat(names).containsAll(required.stream().map(Object::toString).toList());
    }
    names.forEach(name -> fits(value.path(name), properties.get(name)));
  }

  @Test
  void aBankThatWaitsManyTimesKeepsNobodyElseWaiting() throws Exception {
    List<CompletableFuture<HttpResponse<String>>> waiting = new ArrayList<>();
    // As many as a server with a thread for each request has threads.
    for (int i = 0; i < 300; i++) {
      waiting.add(one.sendAsync("/v1/decisions/slow-" + i + "?waitMs=30000"));
    }
    for (int i = 0; i < 5; i++) {
      assertThat(two.get("/v1/messages/orders").statusCode()).isEqualTo(200);
    }
    assertThat(waiting).as("all of them wait still").noneMatch(CompletableFuture::isDone);
    for (int i = 0; i < 300; i++) {
      decision("B01", "slow-" + i);
    }
    for (CompletableFuture<HttpResponse<String>> one : waiting) {
      assertThat(one.get().statusCode()).isEqualTo(200);
    }
  }

  /** 16 places for two banks: four are each bank's own, eight are common. */
  @Test
  void aGatewayThatIsFullSaysSoLeavesEachBankItsOwnAndGoesOnAfterwards() throws Exception {
    try (GatewayServer small =
            new GatewayServer(
                store,
                topics,
                List.of(access("B04", SECRET_1), access("B05", SECRET_2)),
                Centres.of(store, topics),
                WallClock.machine(),
                new GatewayLimits(QUOTA, 16, Keep.STANDARD),
                "127.0.0.1",
                0);
        HttpBank greedy = new HttpBank("http://127.0.0.1:" + small.port(), "B04", SECRET_1);
        HttpBank modest = new HttpBank("http://127.0.0.1:" + small.port(), "B05", SECRET_2)) {
      List<CompletableFuture<HttpResponse<String>>> waiting = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        waiting.add(greedy.sendAsync("/v1/decisions/full-" + i + "?waitMs=30000"));
      }
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (waiting.stream().filter(CompletableFuture::isDone).count() < 28) {
        assertThat(System.nanoTime()).isLessThan(end);
        Thread.onSpinWait();
      }
      for (CompletableFuture<HttpResponse<String>> refused :
          waiting.stream().filter(CompletableFuture::isDone).toList()) {
        HttpResponse<String> answer = refused.get();
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(answer.body()).contains("16 over all banks", "nothing was done");
      }
      decision("B05", "modest-1");
      assertThat(modest.get("/v1/decisions/modest-1?waitMs=30000").statusCode()).isEqualTo(200);

      for (int i = 0; i < 40; i++) {
        decision("B04", "full-" + i);
      }
      for (CompletableFuture<HttpResponse<String>> one : waiting) {
        assertThat(one.get().statusCode()).isIn(200, 503);
      }
      for (int i = 0; i < 40; i++) {
        HttpResponse<String> again = greedy.get("/v1/decisions/full-" + i);
        assertThat(again.statusCode()).as(again.body()).isEqualTo(200);
      }
    }
  }

  /** A transfer that waits has no time for the disk. */
  @Test
  void aDecisionIsToldBeforeTheStoreHasIt() throws Exception {
    try (Handle busy = store.jdbi().open()) {
      busy.begin();
      busy.execute("lock table own.bank_message in share row exclusive mode");
      CompletableFuture<HttpResponse<String>> before =
          one.sendAsync("/v1/decisions/unstored-1?waitMs=30000");
      decision("B01", "unstored-1");
      assertThat(before.get().statusCode()).isEqualTo(200);
      assertThat(one.get("/v1/decisions/unstored-1?waitMs=0").body())
          .isEqualTo(before.get().body());
      busy.rollback();
    }
    assertThat(one.get("/v1/messages/decisions?after=0&waitMs=30000").statusCode()).isEqualTo(200);
  }

  @Test
  void aTransferIdThatTheStoreCannotHoldSpoilsNoOthersQuestion() throws Exception {
    decision("B02", "sound-1");
    CompletableFuture<HttpResponse<String>> odd = one.sendAsync("/v1/decisions/odd%00?waitMs=0");
    assertThat(two.get("/v1/decisions/sound-1?waitMs=30000").statusCode()).isEqualTo(200);
    assertThat(odd.get().statusCode()).isIn(204, 400, 500);
  }

  @Test
  void aBanksQuotaIsItsOwn() {
    HttpBank greedy = two("B03");
    int refused = 0;
    for (int i = 0; i < 12; i++) {
      HttpResponse<String> answer = greedy.get("/v1/figures");
      if (answer.statusCode() == 429) {
        refused++;
        assertThat(answer.headers().firstValue("Retry-After")).as("four a minute").hasValue("15");
        assertThat(answer.body()).contains("quota of 4 requests a minute", "nothing was done");
      }
    }
    assertThat(refused).isBetween(1, 8);
    assertThat(one.get("/v1/figures").statusCode()).isEqualTo(200);
    greedy.close();
  }

  @Test
  void aBankThatIsDownForAnHourLosesNothingAndHearsEachAccountInOrder() throws Exception {
    Store own = TestStore.fresh("gateway_hour");
    MemoryTopics calm = new MemoryTopics();
    AtomicReference<Duration> passed = new AtomicReference<>(Duration.ZERO);
    WallClock clock = () -> WallClock.machine().get().plus(passed.get());
    BankAccess access =
        new BankAccess(
            "B02",
            SECRET_2,
            () -> calm.feed(List.of("bank.B02.orders", "bank.B02.holds")),
            calm::write);
    try (GatewayServer server =
            new GatewayServer(
                own,
                calm,
                List.of(access),
                Centres.of(own, calm),
                clock,
                GatewayLimits.perMinute(QUOTA),
                "127.0.0.1",
                0);
        HttpBank bank = new HttpBank("http://127.0.0.1:" + server.port(), "B02", SECRET_2)) {
      bank.down(true);
      bank.put("/v1/webhook", "{\"url\":\"" + bank.listen() + "\"}");
      List<String> sent = new ArrayList<>();
      for (int minute = 0; minute < 60; minute++) {
        RiskHold hold = hold(calm, "B02", "62170200000000" + (50_000 + minute % 7), minute + 1);
        sent.add(hold.getHoldId() + ":" + hold.getSequence());
        passed.set(Duration.ofMinutes(minute + 1));
      }
      bank.awaitRefused(30, PATIENCE);
      bank.down(false);
      // A try that was under way when the bank came back waits its minute from then on.
      bank.awaitPosted(60, PATIENCE, () -> passed.updateAndGet(before -> before.plusSeconds(61)));
      List<String> heard =
          bank.posted().stream()
              .map(one -> one.path("holdId").asText() + ":" + one.path("sequence").asInt())
              .toList();
      assertThat(heard).containsExactlyInAnyOrderElementsOf(sent);
      for (String hold : heard.stream().map(id -> id.substring(0, 64)).distinct().toList()) {
        assertThat(heard.stream().filter(id -> id.startsWith(hold)))
            .as("one account")
            .containsExactlyElementsOf(sent.stream().filter(id -> id.startsWith(hold)).toList());
      }
      assertThat(bank.faults()).isEmpty();
    } finally {
      own.close();
    }
  }

  @Test
  void anotherBankNeverSeesItNorAnswersIt() {
    StopPaymentOrder order = order("B01", "6217010000000000022", 1);
    awaitMessage(one, "orders", "orderId", order.getOrderId());
    assertThat(two.get("/v1/messages/orders").body()).doesNotContain(order.getOrderId());
    HttpResponse<String> answer =
        two.post("/v1/receipts", receipt(order, "STOPPED"), "two-answers-" + order.getOrderId());
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(receipts("B02", order.getOrderId())).isEmpty();
  }

  @Test
  void aForgedReplayedOrOldRequestIsRefused() {
    String nonce = HttpBank.nonce();
    String now = HttpBank.now();
    assertThat(one.send("GET", "/v1/messages/orders", "", null, now, nonce, SECRET_2).statusCode())
        .as("signed with another bank's secret")
        .isEqualTo(401);
    assertThat(one.send("GET", "/v1/messages/orders", "", null, now, nonce, SECRET_1).statusCode())
        .isEqualTo(200);
    assertThat(one.send("GET", "/v1/messages/orders", "", null, now, nonce, SECRET_1).statusCode())
        .as("the same request again")
        .isEqualTo(409);
    // The gateway judges a request's age by the wall clock; more than its five minutes ago.
    String old = Long.toString(System.currentTimeMillis() - 301_000);
    assertThat(
            one.send("GET", "/v1/messages/orders", "", null, old, HttpBank.nonce(), SECRET_1)
                .statusCode())
        .as("five minutes old")
        .isEqualTo(401);
  }

  @Test
  void anAnswerIsOneHoweverOftenItComesAndItsIdServesNoOther() {
    StopPaymentOrder order = order("B01", "6217010000000000033", 1);
    awaitMessage(one, "orders", "orderId", order.getOrderId());
    String id = "answer-" + order.getOrderId();
    assertThat(one.post("/v1/receipts", receipt(order, "STOPPED"), id).statusCode()).isEqualTo(201);
    assertThat(one.post("/v1/receipts", receipt(order, "STOPPED"), id).statusCode()).isEqualTo(200);
    assertThat(one.post("/v1/receipts", receipt(order, "MISMATCH_NAME"), id).statusCode())
        .isEqualTo(409);
    assertThat(receipts("B01", order.getOrderId()))
        .singleElement()
        .satisfies(
            receipt -> {
              assertThat(receipt.getBank()).isEqualTo("B01");
              assertThat(receipt.getBalanceBeforeFen()).isEqualTo(4_120_000L);
            });
  }

  @Test
  void anAnswerThatTheBrokerDidNotTakeIsTakenLaterUnderTheSameId() {
    StopPaymentOrder order = order("B01", "6217010000000000044", 1);
    awaitMessage(one, "orders", "orderId", order.getOrderId());
    String id = "answer-" + order.getOrderId();
    brokerGone = true;
    assertThat(one.post("/v1/receipts", receipt(order, "STOPPED"), id).statusCode()).isEqualTo(503);
    brokerGone = false;
    assertThat(one.post("/v1/receipts", receipt(order, "STOPPED"), id).statusCode()).isEqualTo(200);
    assertThat(receipts("B01", order.getOrderId())).hasSize(1);
  }

  @Test
  void aFieldThatBreaksARuleIsNamed() {
    StopPaymentOrder order = order("B01", "6217010000000000055", 1);
    awaitMessage(one, "orders", "orderId", order.getOrderId());
    List<String[]> faults =
        List.of(
            new String[] {"\"result\":\"STOPPED\"", "\"result\":\"STOPED\"", "result"},
            new String[] {
              "\"balanceBeforeFen\":4120000", "\"balanceBeforeFen\":-1", "balanceBeforeFen"
            },
            new String[] {
              "\"balanceBeforeFen\":4120000", "\"balanceBeforeFen\":1.5", "balanceBeforeFen"
            },
            new String[] {"\"balanceBeforeFen\":4120000", "\"balanceBeforeFen\":0", "contradict"},
            new String[] {"2026-03-04T18:10:38Z", "2026-03-04T18:10:39Z", "expireTime"},
            new String[] {"ab".repeat(32), "xyz", "payloadSha256"},
            new String[] {"\"at\":\"2026-03-02T18:10:38Z\"", "\"at\":\"today\"", "at is"});
    for (String[] fault : faults) {
      String body = receipt(order, "STOPPED").replace(fault[0], fault[1]);
      HttpResponse<String> answer = one.post("/v1/receipts", body, "fault-" + HttpBank.nonce());
      assertThat(answer.statusCode()).as(fault[1]).isEqualTo(422);
      assertThat(json(answer).path("detail").asText()).contains(fault[2]);
    }
    assertThat(one.post("/v1/receipts", "{no json", "fault-json-1").statusCode()).isEqualTo(400);
    assertThat(one.post("/v1/receipts", receipt(order, "STOPPED"), null).statusCode())
        .isEqualTo(422);
    assertThat(one.get("/v1/messages/secrets").statusCode()).isEqualTo(404);
    assertThat(one.get("/v1/messages/orders?after=x").statusCode()).isEqualTo(422);
    assertThat(receipts("B01", order.getOrderId())).isEmpty();
  }

  @Test
  void anOversizedBodyIsNotRead() {
    String body = "{\"x\":\"" + "y".repeat(GatewayServer.BODY_BYTES_MAX) + "\"}";
    assertThat(one.post("/v1/receipts", body, "oversized-1").statusCode()).isEqualTo(413);
  }

  @Test
  void anAwaitingTransfersAnswerComesWithinItsBudgetOrNotAtAll() throws Exception {
    assertThat(one.get("/v1/decisions/never?waitMs=50").statusCode()).isEqualTo(204);
    CompletableFuture<HttpResponse<String>> asked =
        CompletableFuture.supplyAsync(() -> one.get("/v1/decisions/held-1?waitMs=30000"));
    decision("B01", "held-1");
    HttpResponse<String> answer = asked.get();
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(json(answer).path("decision").asText()).isEqualTo("HOLD");
    assertThat(two.get("/v1/decisions/held-1").statusCode()).isEqualTo(204);
  }

  @Test
  void aBankThatWasDownGetsEverythingOfAnAccountInItsOrder() throws Exception {
    two.down(true);
    String hook = two.listen();
    assertThat(two.put("/v1/webhook", "{\"url\":\"" + hook + "\"}").statusCode()).isEqualTo(204);
    List<String> sent = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      sent.add(order("B02", "6217020000000000066", i).getOrderId());
    }
    hold("B02", "6217020000000000077", 1);
    hold("B02", "6217020000000000077", 2);
    awaitMessage(two, "orders", "orderId", sent.get(2));
    two.down(false);

    long end = System.nanoTime() + PATIENCE.toNanos();
    synchronized (two) {
      while (two.posted().size() < 5 && System.nanoTime() < end) {
        two.wait(1_000);
      }
    }
    assertThat(two.faults()).isEmpty();
    assertThat(
            two.posted().stream()
                .filter(message -> message.path("stream").asText().equals("orders"))
                .map(message -> message.path("order").path("orderId").asText()))
        .containsExactlyElementsOf(sent);
    assertThat(
            two.posted().stream()
                .filter(message -> message.path("stream").asText().equals("holds"))
                .map(message -> message.path("sequence").asInt()))
        .containsExactly(1, 2);
    two.put("/v1/webhook", "{\"url\":null}");
    assertThat(two.put("/v1/webhook", "{\"url\":\"file:///etc/passwd\"}").statusCode())
        .isEqualTo(422);
  }

  @Test
  void reconcilingFindsNothingWhenBothAgreeAndNamesEachDifferenceElse() {
    // The gateway's day is the wall clock's, and a midnight may lie within the test.
    Instant begun = Instant.now();
    RiskHold hold = hold("B01", "6217010000000000088", 1);
    awaitMessage(one, "holds", "holdId", hold.getHoldId());
    ObjectNode outcome = HttpBank.JSON.createObjectNode();
    outcome.put("holdId", hold.getHoldId());
    outcome.put("result", "APPLIED");
    outcome.put("heldFen", 700_000);
    outcome.put("at", Cast.T0.plusSeconds(5).toString());
    assertThat(
            one.post("/v1/hold-outcomes", outcome.toString(), "outcome-" + hold.getHoldId())
                .statusCode())
        .isEqualTo(201);
    // The day of a message is the gateway's own, by the wall clock.
    List<Reconciliation> ours = one.files(begun, Instant.now());
    assertThat(ours).anySatisfy(line -> assertThat(line.answer()).isEqualTo("APPLIED"));
    assertThat(one.linesAsJson(begun, Instant.now())).isEqualTo(ours.size());
    assertThat(Reconciliation.differences(ours, ours)).isEmpty();

    List<Reconciliation> theirs = new ArrayList<>(ours);
    Reconciliation line =
        theirs.stream().filter(one -> one.id().equals(hold.getHoldId())).findFirst().orElseThrow();
    theirs.remove(line);
    theirs.add(
        new Reconciliation(
            line.stream(),
            line.id(),
            line.offset(),
            line.accountToken(),
            "DECLINED",
            line.answeredAt()));
    theirs.add(new Reconciliation("orders", "invented", 99_999, "t", "", ""));
    assertThat(Reconciliation.differences(ours, theirs))
        .hasSize(2)
        .anySatisfy(text -> assertThat(text).contains("APPLIED", "DECLINED"))
        .anySatisfy(text -> assertThat(text).contains("never sent by the centre"));
    assertThat(Reconciliation.differences(ours, List.of())).hasSize(ours.size());
  }

  @Test
  void theDescriptionNamesEveryPathAndNeedsNoSignature() throws Exception {
    assertThat(((java.util.Map<?, ?>) description().get("paths")).keySet())
        .map(Object::toString)
        .containsExactlyInAnyOrderElementsOf(gateway.paths());
    assertThat(fetched("/v1/zhifu-bank-1.xsd")).isEqualTo(XmlMessages.published());
  }

  private java.util.Map<?, ?> description() throws Exception {
    return (java.util.Map<?, ?>)
        new org.snakeyaml.engine.v2.api.Load(
                org.snakeyaml.engine.v2.api.LoadSettings.builder().build())
            .loadFromString(fetched("/v1/openapi.yaml"));
  }

  private String fetched(String path) throws Exception {
    HttpResponse<String> answer =
        java.net.http.HttpClient.newHttpClient()
            .send(
                java.net.http.HttpRequest.newBuilder(
                        java.net.URI.create("http://127.0.0.1:" + gateway.port() + path))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.body();
  }
}
