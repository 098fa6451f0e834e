package dev.zhifu.desk.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zhifu.desk.Cast;
import dev.zhifu.desk.MemoryTopics;
import dev.zhifu.desk.TestStore;
import dev.zhifu.desk.people.WallClock;
import dev.zhifu.desk.store.Bodies;
import dev.zhifu.desk.store.LocalPostgres;
import dev.zhifu.desk.store.Store;
import dev.zhifu.schemas.events.EventIds;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.BankInbound;
import dev.zhifu.wire.HoldAction;
import dev.zhifu.wire.ReasonCode;
import dev.zhifu.wire.RiskHold;
import dev.zhifu.wire.RiskHoldOutcome;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hours of what a gateway meets in its life, in minutes. */
@Tag("slow")
class GatewayUnderSiegeTest {
  private static final String SECRET = "secret of bank one, 24 or more";
  private static final String OTHER = "secret of bank two, 24 or more";
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final int QUOTA = 1_000_000;
  private static final int REQUESTS = 3_000;
  private static final int HOLDS = 40;
  private static final long SEED = 20_261_127;

  private final MemoryTopics topics = new MemoryTopics();

  private BankAccess access(String bank, String secret) {
    return new BankAccess(
        bank,
        secret,
        () -> topics.feed(List.of("bank." + bank + ".holds", "bank." + bank + ".orders")),
        topics::write);
  }

  private GatewayServer server(Store store) {
    return new GatewayServer(
        store,
        topics,
        List.of(access("B01", SECRET), access("B02", OTHER)),
        Centres.of(store, topics),
        WallClock.machine(),
        GatewayLimits.perMinute(QUOTA),
        "127.0.0.1",
        0);
  }

  private RiskHold hold(String bank, int account, int sequence) {
    AccountRef ref = Cast.account(bank, "62170100000" + (10_000_000 + account), "收款人", 0);
    RiskHold hold =
        RiskHold.newBuilder()
            .setHoldId(EventIds.holdId("payment " + account, ref.getAccountToken()))
            .setSequence(sequence)
            .setAction(HoldAction.PLACE)
            .setBank(bank)
            .setAccount(ref)
            .setAmountFen(700_000)
            .setReasonCode(ReasonCode.VICTIM_AT_RISK)
            .setOccurredAt(Cast.T0)
            .setEndsAt(Cast.T0.plusSeconds(86_400))
            .setNoticeId("notice")
            .build();
    topics.write("bank." + bank + ".holds", hold.getHoldId(), hold);
    return hold;
  }

  private static String outcome(RiskHold hold, long fen) {
    ObjectNode body = HttpBank.JSON.createObjectNode();
    body.put("holdId", hold.getHoldId());
    body.put("result", "APPLIED");
    body.put("heldFen", fen);
    body.put("at", Cast.T0.plusSeconds(5).toString());
    return body.toString();
  }

  private static void awaitMessages(HttpBank bank, int many) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    JsonNode page = null;
    while (page == null || page.path("messages").size() < many) {
      assertThat(System.nanoTime()).as("%s", page).isLessThan(end);
      page = HttpBank.JSON.readTree(bank.get("/v1/messages/holds?after=0&waitMs=1000").body());
    }
  }

  /**
   * Forged, changed on the way, replayed, doubled, late, ahead, oversized, of another bank and
   * honest, in an order drawn by the seed: on the topic stand the honest ones, each once.
   */
  @Test
  void whateverComesOnlyHonestAnswersReachTheTopicAndEachOnce() throws Exception {
    try (Store store = TestStore.fresh("gateway_siege");
        GatewayServer gateway = server(store)) {
      String url = "http://127.0.0.1:" + gateway.port();
      HttpBank one = new HttpBank(url, "B01", SECRET);
      HttpBank forger = new HttpBank(url, "B01", OTHER);
      HttpBank two = new HttpBank(url, "B02", OTHER);
      List<RiskHold> holds = new ArrayList<>();
      for (int i = 0; i < HOLDS; i++) {
        holds.add(hold("B01", i, 1));
      }
      awaitMessages(one, HOLDS);
      Random random = new Random(SEED);
      Map<String, Long> honest = new HashMap<>();
      for (int i = 0; i < REQUESTS; i++) {
        RiskHold hold = holds.get(random.nextInt(HOLDS));
        String key = "key-" + random.nextInt(300) + "-of-" + hold.getHoldId().substring(0, 8);
        String body = outcome(hold, 700_000);
        String now = HttpBank.now();
        int expected;
        int status;
        switch (random.nextInt(9)) {
          case 0 -> {
            expected = 401;
            status = forger.post("/v1/hold-outcomes", body, key).statusCode();
          }
          case 1 -> {
            // Replayed: a request that is honest the first time, word for word again.
            String nonce = HttpBank.nonce();
            one.send("POST", "/v1/hold-outcomes", body, key, now, nonce, SECRET);
            honest.putIfAbsent(key, 700_000L);
            expected = 409;
            status =
                one.send("POST", "/v1/hold-outcomes", body, key, now, nonce, SECRET).statusCode();
          }
          case 2 -> {
            // The gateway judges a request's age by the wall clock.
            long off = (random.nextBoolean() ? 1 : -1) * (310_000L + random.nextInt(9_000_000));
            String time = Long.toString(Long.parseLong(now) + off);
            expected = 401;
            status =
                one.send("POST", "/v1/hold-outcomes", body, key, time, HttpBank.nonce(), SECRET)
                    .statusCode();
          }
          case 3 -> {
            expected = 413;
            String big =
                "{\"x\":\""
                    + "y".repeat(GatewayServer.BODY_BYTES_MAX + random.nextInt(9_999))
                    + "\"}";
            status = one.post("/v1/hold-outcomes", big, key).statusCode();
          }
          case 4 -> {
            expected = 404;
            status = two.post("/v1/hold-outcomes", body, "two-" + key).statusCode();
          }
          case 5 -> {
            expected = 422;
            status =
                one.post("/v1/hold-outcomes", outcome(hold, -1), "bad-" + i + key).statusCode();
          }
          default -> {
            // The same key is the same answer, and no other: one time in three it comes changed.
            long fen = random.nextInt(3) == 0 ? 1 : 700_000;
            Long before = honest.putIfAbsent(key, fen);
            expected = before == null ? 201 : before == fen ? 200 : 409;
            status = one.post("/v1/hold-outcomes", outcome(hold, fen), key).statusCode();
          }
        }
        assertThat(status).as("request %d of seed %d", i, SEED).isEqualTo(expected);
      }
      List<RiskHoldOutcome> taken =
          topics.all("bank.B01.inbound").stream()
              .map(
                  record ->
                      (RiskHoldOutcome) Bodies.read(record.value(), BankInbound.class).getBody())
              .toList();
      assertThat(taken).hasSize(honest.size());
      assertThat(taken).allMatch(outcome -> outcome.getHeldFen() >= 0);
      assertThat(topics.all("bank.B02.inbound")).isEmpty();
      one.close();
      forger.close();
      two.close();
    }
  }

  /** PostgreSQL is restarted while holds come, are posted and answered. */
  @Test
  void aRestartOfTheStoreLosesNoMessageNoAnswerAndNoOrder(@TempDir Path folder) throws Exception {
    LocalPostgres server = LocalPostgres.start(folder);
    int port = server.port();
    try (Store store = server.open();
        GatewayServer gateway = server(store)) {
      HttpBank bank = new HttpBank("http://127.0.0.1:" + gateway.port(), "B01", SECRET);
      assertThat(bank.put("/v1/webhook", "{\"url\":\"" + bank.listen() + "\"}").statusCode())
          .isEqualTo(204);
      List<String> sent = new ArrayList<>();
      List<RiskHold> unanswered = new ArrayList<>();
      int answered = 0;
      int broken = 0;
      for (int i = 0; i < 200; i++) {
        RiskHold hold = hold("B01", i % 7, i / 7 + 1);
        sent.add(hold.getHoldId() + ":" + hold.getSequence());
        unanswered.add(hold);
        if (i == 60) {
          server.close();
        }
        if (i == 120) {
          server = LocalPostgres.start(folder, port);
        }
        // While the store is away each answer waits for it; two are enough to see how it fails.
        if (i < 60 || i > 120 || i == 61 || i == 90) {
          int status =
              bank.post("/v1/hold-outcomes", outcome(hold, 700_000), key(hold)).statusCode();
          if (status / 100 == 2) {
            answered++;
          } else {
            assertThat(status).as("an answer that was not taken").isIn(404, 500, 503);
            broken++;
          }
        }
      }
      while (ids(bank).size() < sent.size()) {
        bank.awaitPosted(bank.posted().size() + 1, PATIENCE, () -> {});
      }
      assertThat(broken).as("the store was away").isGreaterThanOrEqualTo(2);
      assertThat(answered).isPositive();
      // Every answer again under its own key, as a bank does with what was not taken.
      for (RiskHold hold : unanswered) {
        assertThat(bank.post("/v1/hold-outcomes", outcome(hold, 700_000), key(hold)).statusCode())
            .isIn(200, 201);
      }
      List<String> inOrder = List.copyOf(ids(bank));
      assertThat(inOrder).containsExactlyInAnyOrderElementsOf(sent);
      for (String hold : inOrder.stream().map(id -> id.substring(0, 64)).distinct().toList()) {
        assertThat(inOrder.stream().filter(id -> id.startsWith(hold)))
            .as("one account, in its order")
            .containsExactlyElementsOf(sent.stream().filter(id -> id.startsWith(hold)).toList());
      }
      assertThat(bank.faults()).isEmpty();
      assertThat(
              topics.all("bank.B01.inbound").stream()
                  .map(record -> new String(record.key(), StandardCharsets.UTF_8))
                  .distinct())
          .as("an answer of each hold")
          .hasSize(7);
      bank.close();
    } finally {
      server.close();
    }
  }

  /** What was posted, each once, in the order of its first coming. */
  private static Set<String> ids(HttpBank bank) {
    Set<String> ids = new LinkedHashSet<>();
    bank.posted()
        .forEach(one -> ids.add(one.path("holdId").asText() + ":" + one.path("sequence").asInt()));
    return ids;
  }

  private static String key(RiskHold hold) {
    return "answer-" + hold.getHoldId().substring(0, 16) + "-" + hold.getSequence();
  }
}
