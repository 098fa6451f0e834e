package dev.zhifu.desk.projection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.desk.Cast;
import dev.zhifu.desk.DrawnRecords;
import dev.zhifu.desk.MemoryTopics;
import dev.zhifu.desk.TestStore;
import dev.zhifu.desk.store.Store;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.CaseChangeKind;
import dev.zhifu.wire.CaseState;
import dev.zhifu.wire.Features;
import dev.zhifu.wire.FraudCase;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.ReceiptResult;
import dev.zhifu.wire.RestrictionNotice;
import dev.zhifu.wire.RuleFamily;
import dev.zhifu.wire.RuleHit;
import dev.zhifu.wire.StopDetail;
import dev.zhifu.wire.StopPaymentRequest;
import dev.zhifu.wire.TelecomEvent;
import dev.zhifu.wire.VictimReport;
import dev.zhifu.wire.WarningTier;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProjectionTest {
  private Store store;
  private MemoryTopics topics;
  private Projection projection;

  @BeforeAll
  void open() {
    store = TestStore.fresh("projection");
  }

  @AfterAll
  void close() {
    store.close();
  }

  @BeforeEach
  void empty() {
    topics = new MemoryTopics();
    projection = new Projection(store, topics);
    projection.wipe();
  }

  @Test
  void wipedAndReadAgainInAnotherOrderItShowsTheSame() {
    Random random = new Random(5);
    for (int i = 0; i < 60; i++) {
      tell(i, random);
    }
    topics.all().forEach(record -> projection.take(List.of(record)));
    Map<String, List<String>> once = dump(store);
    assertThat(once.get("queue")).hasSize(60);

    for (long seed = 1; seed <= 4; seed++) {
      projection.wipe();
      takeShuffled(new Random(seed));
      assertThat(dump(store)).as("seed " + seed).isEqualTo(once);
    }
  }

  @Test
  void aRecordThatComesAgainChangesNothing() {
    tell(1, new Random(1));
    topics.all().forEach(record -> projection.take(List.of(record)));
    Map<String, List<String>> once = dump(store);

    topics.all().forEach(record -> projection.take(List.of(record)));

    assertThat(dump(store)).isEqualTo(once);
  }

  @Test
  void aRecordThatCannotBeReadOrStoredIsSetAsideAndTheOthersGoOn() {
    topics.write("risk.cases", 0, "x", "nonsense".getBytes(StandardCharsets.UTF_8));
    FraudCase odd =
        FraudCase.newBuilder(Cast.fraudCase(hit(2), 1, null)).setSubject("zero\u0000byte").build();
    topics.write("risk.cases", "odd", odd);
    topics.write("risk.cases", "good", Cast.fraudCase(hit(3), 1, null));

    projection.take(topics.all());

    Map<String, List<String>> seen = dump(store);
    assertThat(seen.get("unreadable")).hasSize(2);
    assertThat(seen.get("fraud_case")).hasSize(1);
    assertThat(seen.get("position")).singleElement().asString().contains("3");
  }

  /** An open page asks again when its object is named; what nobody names stays unseen. */
  @Test
  void aReportAndANoticeAreToldToOpenPages() {
    DrawnRecords drawn = new DrawnRecords(3);
    VictimReport report = drawn.draw(VictimReport.class);
    RestrictionNotice notice = drawn.draw(RestrictionNotice.class);
    topics.write("victim.reports", "r", report);
    topics.write("restriction.notices", "n", notice);

    assertThat(projection.take(topics.all()).objects())
        .containsExactlyInAnyOrder(report.getReportId(), notice.getRestrictionId());
  }

  @Test
  void moneyStillReachableFallsWithWhatIsSeenToLeave() {
    Story story = story(7);
    topics.write("risk.hits", "h", story.hit);
    topics.write("risk.cases", "c", story.opened);
    topics.write("stop.requests", "o", story.draft);
    projection.take(topics.all());
    assertThat(moneyOf(story)).isEqualTo(story.paid.getAmountFen());

    AccountRef next = Cast.account("B03", "6003", "下家", 0);
    BankTransaction onward =
        Cast.transfer(
            "onward",
            story.paid.getPayee(),
            next,
            120_000,
            story.paid.getOccurredAt().plusSeconds(90));
    topics.write(Topics.ENRICHED, "e", Cast.enriched(onward, new Features()));
    Changes changes = projection.take(List.of(topics.all(Topics.ENRICHED).get(0)));

    assertThat(changes.cases()).containsExactly(story.opened.getCaseId());
    assertThat(moneyOf(story)).isEqualTo(story.paid.getAmountFen() - 120_000);
  }

  @Test
  void theStateIsRecoverysWhateverComesFirstAndAnEndedCaseLeavesTheQueue() {
    for (boolean stateFirst : new boolean[] {true, false}) {
      Story story = story(stateFirst ? 21 : 22);
      FraudCase later =
          FraudCase.newBuilder(story.opened).setSequence(7).setChange(CaseChangeKind.SCORE).build();
      FraudCase filed = state(story.opened, 4, CaseState.FILED);
      FraudCase dropped = state(story.opened, 5, CaseState.WITHDRAWN);
      String key = story.opened.getCaseId();
      List<FraudCase> order =
          stateFirst
              ? List.of(dropped, filed, story.opened, later)
              : List.of(story.opened, filed, dropped, filed, later);
      order.forEach(one -> topics.write("risk.cases", key, one));
      projection.take(topics.all());

      assertThat(stateOf(key)).isEqualTo("WITHDRAWN");
      assertThat(
              new dev.zhifu.desk.view.Cases(store)
                  .changes(key, dev.zhifu.desk.view.Extent.PAGE)
                  .list())
          .as("changes of detection")
          .extracting(FraudCase::getSequence)
          .containsExactly(1L, 7L);
    }
  }

  private static FraudCase state(FraudCase opened, long sequence, CaseState state) {
    return FraudCase.newBuilder(opened)
        .setChange(CaseChangeKind.STATE)
        .setSequence(sequence)
        .setState(state)
        .build();
  }

  private String stateOf(String caseId) {
    return store
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "select c.state from seen.fraud_case c join seen.queue q using (case_id)"
                            + " where c.case_id = ? and not q.is_open")
                    .bind(0, caseId)
                    .mapTo(String.class)
                    .one());
  }

  @Test
  void whatRecoverySaysOfACaseIsTheNewestOfEachLife() {
    Story story = story(9);
    topics.write("risk.cases", "c", story.opened);
    for (long sequence : new long[] {1, 3, 2}) {
      topics.write("recovery.lives", "f", freeze(story.opened, "freeze-1", sequence));
    }
    topics.write("recovery.lives", "f", freeze(story.opened, "freeze-2", 1));
    Changes changes = projection.take(topics.all());

    assertThat(changes.cases()).contains(story.opened.getCaseId());
    assertThat(new dev.zhifu.desk.view.Cases(store).lives(story.opened.getCaseId()))
        .extracting(LifeTransition::getObjectId, LifeTransition::getSequence)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("freeze-1", 3L),
            org.assertj.core.groups.Tuple.tuple("freeze-2", 1L));
  }

  private static LifeTransition freeze(FraudCase about, String id, long sequence) {
    return LifeTransition.newBuilder()
        .setObjectId(id)
        .setKind(LifeKind.FREEZE)
        .setCaseId(about.getCaseId())
        .setSequence(sequence)
        .setState("ACTIVE")
        .setEvent("TOOK_EFFECT")
        .setRole("BANK")
        .setCause("m" + sequence)
        .setTickAt(Cast.T0.plusSeconds(sequence))
        .setDetail(StopDetail.newBuilder().setAccountToken("token").setBank("B02").build())
        .build();
  }

  private long moneyOf(Story story) {
    return store
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("select money_fen from seen.queue where case_id = ?")
                    .bind(0, story.opened.getCaseId())
                    .mapTo(Long.class)
                    .one());
  }

  /**
   * Partitions stay in order; how they interleave, where batches end and what comes twice is drawn.
   */
  private void takeShuffled(Random random) {
    Map<TopicFeed.Place, List<TopicRecord>> left = new HashMap<>();
    topics
        .all()
        .forEach(
            record ->
                left.computeIfAbsent(
                        new TopicFeed.Place(record.topic(), record.partition()),
                        place -> new ArrayList<>())
                    .add(record));
    List<TopicRecord> batch = new ArrayList<>();
    while (!left.isEmpty()) {
      List<TopicFeed.Place> places = new ArrayList<>(left.keySet());
      places.sort(java.util.Comparator.comparing(TopicFeed.Place::topic));
      TopicFeed.Place place = places.get(random.nextInt(places.size()));
      batch.add(left.get(place).remove(0));
      if (left.get(place).isEmpty()) {
        left.remove(place);
      }
      if (random.nextInt(20) == 0 || left.isEmpty()) {
        projection.take(batch);
        if (random.nextInt(4) == 0) {
          projection.take(batch);
        }
        batch.clear();
      }
    }
  }

  /** Every row of every projected table, in order. */
  static Map<String, List<String>> dump(Store store) {
    Map<String, List<String>> all = new HashMap<>();
    store
        .jdbi()
        .useHandle(
            handle ->
                Projection.tables()
                    .forEach(
                        table ->
                            all.put(
                                table,
                                handle
                                    .createQuery(
                                        "select t::text from seen." + table + " t order by 1")
                                    .mapTo(String.class)
                                    .list())));
    return all;
  }

  private record Story(
      RuleHit hit, FraudCase opened, StopPaymentRequest draft, BankTransaction paid) {}

  private static RuleHit hit(int i) {
    return story(i).hit;
  }

  private static Story story(int i) {
    Instant at = Cast.T0.plus(Duration.ofMinutes(i));
    AccountRef victim = Cast.account("B01", "6001" + i, "受害人", 9_000_000);
    AccountRef mule = Cast.account("B02", "6002" + i, "收款人", 1_000);
    TelecomEvent call = Cast.call("call-" + i, victim, at);
    BankTransaction paid =
        Cast.transfer("t" + i, victim, mule, 500_000L + i * 1000L, at.plusSeconds(300));
    RuleHit hit = Cast.hit("V03", RuleFamily.V, 0.8, call, paid, new Features());
    FraudCase opened = Cast.fraudCase(hit, 1, null);
    return new Story(hit, opened, Cast.request(opened, paid, null, OrderState.DRAFT, 1), paid);
  }

  private void tell(int i, Random random) {
    Story story = story(i);
    topics.write("clock.ticks", "clock", Cast.tick(story.paid.getOccurredAt(), i));
    topics.write(Topics.ENRICHED, "e", Cast.enriched(story.paid, new Features()));
    topics.write("risk.hits", story.hit.getHitId(), story.hit);
    topics.write("risk.cases", story.opened.getCaseId(), story.opened);
    topics.write("victim.warnings", "w", Cast.warning(story.opened, WarningTier.HIGH));
    topics.write("stop.requests", story.draft.getOrderId(), story.draft);
    if (random.nextBoolean()) {
      StopPaymentRequest sent =
          Cast.next(story.draft, OrderState.SENT, "act-" + i, story.paid.getOccurredAt());
      topics.write("stop.requests", sent.getOrderId(), sent);
      topics.write(
          "bank.B02.inbound",
          sent.getOrderId(),
          Cast.receipt(sent, ReceiptResult.STOPPED, 77_700, Cast.T0.plusSeconds(i)));
      topics.write(
          "stop.requests",
          sent.getOrderId(),
          Cast.next(sent, OrderState.ACTIVE, "receipt", story.paid.getOccurredAt()));
    }
    RuleHit settled =
        RuleHit.newBuilder(story.hit)
            .setRevision(random.nextInt(3))
            .setHolds(random.nextInt(5) > 0)
            .setIsFinal(true)
            .build();
    topics.write("risk.hits.final", settled.getHitId(), settled);
    if (random.nextBoolean()) {
      topics.write(
          "risk.cases",
          story.opened.getCaseId(),
          FraudCase.newBuilder(story.opened).setSequence(2).setScore(0.5).build());
    }
  }
}
