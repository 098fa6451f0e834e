package dev.zhifu.desk.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhifu.desk.Cast;
import dev.zhifu.desk.MemoryTopics;
import dev.zhifu.desk.TestStore;
import dev.zhifu.desk.people.WallClock;
import dev.zhifu.desk.projection.TopicFeed.Place;
import dev.zhifu.desk.projection.TopicRecord;
import dev.zhifu.desk.store.Store;
import dev.zhifu.schemas.events.EventIds;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.DecisionKind;
import dev.zhifu.wire.HoldAction;
import dev.zhifu.wire.ReasonCode;
import dev.zhifu.wire.RiskHold;
import dev.zhifu.wire.TransferDecision;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GatewayKeepTest {
  private static final String SECRET = "secret of bank one, 24 or more";
  private static final Instant T0 = Cast.T0;

  private final MemoryTopics topics = new MemoryTopics();
  private Store store;
  private MessageStore messages;

  @BeforeEach
  void open() {
    store = TestStore.fresh("gateway_keep");
    messages = new MessageStore(store, topics);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void decisions(String bank, int many, Instant at) {
    String topic = "bank." + bank + ".decisions";
    int before = topics.all(topic).size();
    for (int i = 0; i < many; i++) {
      String id = "held-" + (before + i);
      topics.write(
          topic,
          id,
          TransferDecision.newBuilder()
              .setEventId(bank + ":" + id + ":AWAITING")
              .setTransactionId(id)
              .setBank(bank)
              .setDecision(DecisionKind.PASS)
              .setOccurredAt(T0)
              .setAnswerBy(T0.plusMillis(300))
              .build());
    }
    take(bank, topic, before, at);
  }

  private void holds(String bank, String number, int many, Instant at) {
    String topic = "bank." + bank + ".holds";
    int before = topics.all(topic).size();
    AccountRef account = Cast.account(bank, number, "收款人", 0);
    for (int i = 0; i < many; i++) {
      topics.write(
          topic,
          "hold",
          RiskHold.newBuilder()
              .setHoldId(EventIds.holdId("payment " + number, account.getAccountToken()))
              .setSequence(i + 1)
              .setAction(HoldAction.PLACE)
              .setBank(bank)
              .setAccount(account)
              .setAmountFen(700_000)
              .setReasonCode(ReasonCode.VICTIM_AT_RISK)
              .setOccurredAt(T0)
              .setEndsAt(T0.plusSeconds(86_400))
              .setNoticeId("notice")
              .build());
    }
    take(bank, topic, before, at);
  }

  private void take(String bank, String topic, int from, Instant at) {
    List<TopicRecord> all = topics.all(topic);
    List<TopicRecord> records = all.subList(from, all.size());
    messages.take(bank, records, messages.read(records), at);
  }

  private int kept(String bank, String stream) {
    return messages.after(bank, stream, 0, 10_000).size();
  }

  private long forget(Instant now) {
    try (Forgetting forgetting = new Forgetting(messages, Keep.STANDARD, () -> now)) {
      return forgetting.forget();
    }
  }

  @Test
  void whatIsOldIsForgottenInPortionsAndWhatIsNotStays() {
    decisions("B01", 2 * Forgetting.PORTION + 500, T0);
    decisions("B01", 7, T0.plus(Duration.ofHours(20)));
    holds("B01", "6217010000000000001", 3, T0);
    assertThat(messages.forget(T0.plusSeconds(1), T0, Forgetting.PORTION))
        .isEqualTo(Forgetting.PORTION);
    assertThat(forget(T0.plus(Duration.ofHours(25)))).isEqualTo(Forgetting.PORTION + 500);
    assertThat(kept("B01", "decisions")).isEqualTo(7);
    assertThat(kept("B01", "holds")).isEqualTo(3);
    assertThat(forget(T0.plus(Duration.ofDays(401)))).isEqualTo(10);
  }

  @Test
  void whatIsForgottenIsNotReadAgain() {
    decisions("B01", 5, T0);
    holds("B01", "6217010000000000001", 2, T0);
    forget(T0.plus(Duration.ofDays(500)));
    assertThat(kept("B01", "decisions") + kept("B01", "holds")).isZero();
    assertThat(messages.positions("B01"))
        .containsEntry(new Place("bank.B01.decisions", 0), 5L)
        .containsEntry(new Place("bank.B01.holds", 0), 2L);
    take("B01", "bank.B01.holds", 0, T0.plus(Duration.ofDays(500)));
    assertThat(messages.positions("B01")).containsEntry(new Place("bank.B01.holds", 0), 2L);
  }

  @Test
  void whatAWebhookHasNotTakenStaysWhateverItsAge() {
    messages.webhook("B01", "https://bank.example/hook");
    holds("B01", "6217010000000000001", 2, T0);
    decisions("B01", 4, T0);
    Instant late = T0.plus(Duration.ofDays(500));
    messages.delivered("B01", messages.due("B01", late, 1), late);
    assertThat(forget(late)).as("the decisions and the hold that was taken").isEqualTo(5);
    assertThat(messages.due("B01", late, 10)).hasSize(1);
    messages.webhook("B01", null);
    assertThat(forget(late)).as("a bank that follows by cursor had its time").isEqualTo(1);
  }

  @Test
  void aDecisionIsNeverPosted() {
    decisions("B01", 3, T0);
    holds("B01", "6217010000000000001", 1, T0);
    assertThat(messages.due("B01", T0, 10))
        .singleElement()
        .satisfies(due -> assertThat(due.stream()).isEqualTo("holds"));
  }

  @Test
  void manyThatWaitForTheirNextTryDoNotStandBeforeAnother() {
    holds("B01", "6217010000000000001", 4_100, T0);
    holds("B01", "6217010000000000002", 2, T0.plusSeconds(1));
    List<MessageStore.Due> first = messages.due("B01", T0.plusSeconds(2), 10);
    assertThat(first).singleElement().satisfies(due -> assertThat(due.offset()).isZero());
    messages.again("B01", first.get(0), T0.plusSeconds(60));
    assertThat(messages.due("B01", T0.plusSeconds(3), 10))
        .singleElement()
        .satisfies(due -> assertThat(due.offset()).isEqualTo(4_100));
    assertThat(messages.due("B01", T0.plusSeconds(61), 10)).hasSize(1);
  }

  @Test
  void aDayThatIsGoneIsSaidToBeGone() {
    AtomicReference<Instant> now = new AtomicReference<>(WallClock.machine().get());
    BankAccess access =
        new BankAccess("B01", SECRET, () -> topics.feed(List.of("bank.B01.orders")), topics::write);
    try (GatewayServer server =
            new GatewayServer(
                store,
                topics,
                List.of(access),
                Centres.of(store, topics),
                now::get,
                new GatewayLimits(
                    100, GatewayLimits.OPEN, new Keep(Duration.ofDays(1), Duration.ofDays(30))),
                "127.0.0.1",
                0);
        HttpBank bank = new HttpBank("http://127.0.0.1:" + server.port(), "B01", SECRET)) {
      assertThat(bank.get("/v1/reconciliation/2026-01-01").statusCode()).isEqualTo(410);
      assertThat(bank.get("/v1/reconciliation/2999-01-01").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void tooShortATimeIsRefusedWithTheReason() {
    assertThatThrownBy(() -> new Keep(Duration.ofDays(1), Duration.ofDays(6)))
        .hasMessageContaining("6 days; it must be 7 or more");
    assertThatThrownBy(() -> new Keep(Duration.ofMinutes(59), Duration.ofDays(7)))
        .hasMessageContaining("an hour or more");
  }
}
