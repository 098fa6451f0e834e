package dev.zhifu.desk.projection;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.desk.Cast;
import dev.zhifu.desk.DrawnRecords;
import dev.zhifu.desk.MemoryTopics;
import dev.zhifu.desk.TestStore;
import dev.zhifu.desk.store.Store;
import dev.zhifu.schemas.crypto.DemoKeys;
import dev.zhifu.schemas.crypto.Envelopes;
import dev.zhifu.wire.AppealDetail;
import dev.zhifu.wire.BankInbound;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.CaseChangeKind;
import dev.zhifu.wire.CaseState;
import dev.zhifu.wire.Features;
import dev.zhifu.wire.FollowOn;
import dev.zhifu.wire.FraudCase;
import dev.zhifu.wire.FreezeDetail;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.PaperDetail;
import dev.zhifu.wire.ReceiptResult;
import dev.zhifu.wire.RefundDetail;
import dev.zhifu.wire.RefundPlan;
import dev.zhifu.wire.RiskHoldOutcome;
import dev.zhifu.wire.RuleFamily;
import dev.zhifu.wire.RuleHit;
import dev.zhifu.wire.StopPaymentOrder;
import dev.zhifu.wire.StopPaymentRequest;
import dev.zhifu.wire.VictimFile;
import dev.zhifu.wire.VictimWarning;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Every table of the store is either read from topics, and then wiped and read again, or named. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EveryTableTest {
  /** Tables that no topic can give back, each with the reason. */
  private static final Map<String, String> OWN =
      Map.ofEntries(
          entry("own.projection", "which version of the other tables stands here"),
          entry("own.person", "who may log in"),
          entry("own.session", "who is logged in"),
          entry("own.sign_on", "sign-ons under way at the identity provider"),
          entry("own.audit", "who did and saw what at this desk; never emptied"),
          entry("own.audit_answer", "which unusual look-ups were asked about and explained"),
          entry("own.audit_walk", "how far the audit's chain was found whole"),
          entry("own.assignment", "who works on which case"),
          entry("own.acknowledged", "which alarms of orders somebody has heard"),
          entry("own.duty_acknowledged", "which silent duty desks somebody has heard of"),
          entry("own.bell_heard", "which other things that ring somebody has heard"),
          entry("own.act", "acts asked for and not yet confirmed; signed ones are on topics"),
          entry("own.appeal", "what the holder said and who heard it"),
          entry("own.legal_review", "the legal office's readings of freezes"),
          entry("own.draft_report", "forms begun; what they say is on topics once accepted"),
          entry("own.attachment", "scans, which leave for no topic"),
          entry("own.account_query", "questions on paper, which no topic carries (ADR-0147)"),
          entry("own.named", "names as tokens; no topic carries a name"),
          entry("own.hand_contact", "whom officers send who stands in no directory"),
          entry("own.warning_step", "who warned whom, and when"),
          entry("own.warning_task", "where a warning stands by its steps, with own.warning_step"),
          entry("own.handover", "shifts handed over, with both signatures"),
          entry("own.standing_draft", "standing authorisations before the head signs"),
          entry("own.rule_draft", "rules before they are published"),
          entry("own.rule_act", "what was asked for about rules"),
          entry("own.rule_trial", "results of trials"),
          entry("own.bank_client", "where banks want to be called"),
          entry("own.bank_nonce", "what banks have used up"),
          entry("own.bank_message", "what banks have taken and what not"),
          entry("own.bank_position", "how far the gateway has read, with own.bank_message"),
          entry("own.bank_answer", "answers by the banks' own keys"),
          entry("own.platform_cursor", "how far the reports of banks have been read"),
          entry(
              "own.platform_lift",
              "when banks behind the platform lifted, with own.platform_message"),
          entry("own.platform_message", "what was sent to the platform and what came of it"),
          entry("own.bank_report_left", "what of their reports could not be taken"),
          entry("own.bank_report_refused", "reports of banks that could not be taken"),
          entry("own.bank_report", "what banks lodged at the gateway, with their own stops"));

  private Store store;

  @BeforeAll
  void open() {
    store = TestStore.fresh("every_table");
  }

  @AfterAll
  void close() {
    store.close();
  }

  @Test
  void everyTableIsWipedAndReadAgainOrIsTheDesksOwn() {
    List<String> all =
        store
            .jdbi()
            .withHandle(
                handle ->
                    handle
                        .createQuery(
                            """
                            select table_schema || '.' || table_name from information_schema.tables
                            where table_schema not in ('pg_catalog', 'information_schema')
                              and table_name <> 'flyway_schema_history'\
                            """)
                        .mapTo(String.class)
                        .list());
    List<String> known = new ArrayList<>(OWN.keySet());
    Projection.tables().forEach(table -> known.add("seen." + table));
    assertThat(all)
        .as("a table of a topic belongs to Projection.TABLES, another to OWN with its reason")
        .containsExactlyInAnyOrderElementsOf(known);
  }

  @Test
  void everyTableHoldsTheSameAfterItWasWipedAndReadAgain() {
    MemoryTopics topics = new MemoryTopics();
    tell(topics);
    Projection projection = new Projection(store, topics);
    projection.wipe();
    topics.all().forEach(record -> projection.take(List.of(record)));
    Map<String, List<String>> once = ProjectionTest.dump(store);
    assertThat(once).allSatisfy((table, rows) -> assertThat(rows).as(table).isNotEmpty());
    assertThat(once.get("unreadable")).as("unreadable").hasSize(1);

    for (long seed = 1; seed <= 3; seed++) {
      projection.wipe();
      assertThat(ProjectionTest.dump(store))
          .allSatisfy((table, rows) -> assertThat(rows).as(table + " wiped").isEmpty());
      interleaved(topics, new Random(seed)).forEach(batch -> projection.take(batch));
      Map<String, List<String>> again = ProjectionTest.dump(store);
      for (String table : Projection.tables()) {
        assertThat(again.get(table)).as(table + ", " + seed).isEqualTo(once.get(table));
      }
    }
  }

  /**
   * A topic that was made anew counts from 0 again: what it says must not lose against what the old
   * one said last.
   */
  @Test
  void afterAWipeTheRecordsOfANewTopicCountFromItsBeginning() {
    MemoryTopics before = new MemoryTopics();
    DrawnRecords drawn = new DrawnRecords(11);
    for (long revision = 1; revision <= 3; revision++) {
      before.write("refund.plans", "f", plan(drawn, revision));
    }
    Projection projection = new Projection(store, before);
    projection.wipe();
    projection.take(before.all());
    MemoryTopics after = new MemoryTopics();
    after.write("refund.plans", "f", plan(drawn, 9));

    projection.wipe();
    new Projection(store, after).take(after.all());

    assertThat(
            store.records(RefundPlan.class, "select body from seen.refund_plan").stream()
                .map(RefundPlan::getRevision))
        .containsExactly(9L);
  }

  private static RefundPlan plan(DrawnRecords drawn, long revision) {
    return RefundPlan.newBuilder(drawn.draw(RefundPlan.class))
        .setFreezeId("freeze")
        .setRevision(revision)
        .build();
  }

  /** Something for every topic that the console reads, and something else for every key's next. */
  private static void tell(MemoryTopics topics) {
    DrawnRecords drawn = new DrawnRecords(7);
    List<String> told = new ArrayList<>(Topics.decisive(List.of()));
    told.addAll(Topics.events());
    // Told below: what the engine says of one story.
    told.removeAll(List.of("clock.ticks", "risk.hits", "risk.hits.final", "risk.cases"));
    told.removeAll(List.of("stop.requests", "recovery.lives", "risk.enriched", "victim.warnings"));
    for (String topic : told) {
      topics.write(topic, "1", drawn.of(topic));
      topics.write(topic, "2", drawn.of(topic));
    }
    for (long revision = 1; revision <= 2; revision++) {
      topics.write("refund.plans", "f", plan(drawn, revision));
      VictimFile file = drawn.draw(VictimFile.class);
      file.setVictim("victim");
      topics.write("refund.victims", "v", file);
      FollowOn asked = drawn.draw(FollowOn.class);
      asked.setClaim("claim");
      asked.getTarget().setAccountToken("account");
      asked.setRevision(revision);
      topics.write("trace.followons", "a", asked);
    }
    story(topics, drawn);
    topics.write("risk.cases", 0, "x", "nonsense".getBytes(StandardCharsets.UTF_8));
  }

  private static void story(MemoryTopics topics, DrawnRecords drawn) {
    topics.write("clock.ticks", "clock", Cast.tick(Cast.T0, 1));
    BankTransaction paid =
        Cast.transfer(
            "t",
            Cast.account("B01", "6001", "受害人", 9_000_000),
            Cast.account("B02", "6002", "收款人", 0),
            500_000,
            Cast.T0);
    RuleHit hit =
        Cast.hit(
            "V03",
            RuleFamily.V,
            0.8,
            Cast.call("c", paid.getPayer(), Cast.T0),
            paid,
            new Features());
    FraudCase opened = Cast.fraudCase(hit, 1, null);
    StopPaymentRequest draft = Cast.request(opened, paid, null, OrderState.DRAFT, 1);
    StopPaymentRequest sent = Cast.next(draft, OrderState.SENT, "act", Cast.T0);
    topics.write("risk.enriched", "e", Cast.enriched(paid, new Features()));
    topics.write("risk.hits", "h", hit);
    topics.write("risk.hits.final", "h", RuleHit.newBuilder(hit).setIsFinal(true).build());
    topics.write("risk.cases", "c", opened);
    topics.write(
        "risk.cases",
        "c",
        FraudCase.newBuilder(opened)
            .setChange(CaseChangeKind.STATE)
            .setState(CaseState.FILED)
            .setSequence(2)
            .build());
    VictimWarning warning = Cast.warning(opened, dev.zhifu.wire.WarningTier.HIGH);
    topics.write("victim.warnings", "w", warning);
    topics.write("stop.requests", "o", draft);
    topics.write("stop.requests", "o", sent);
    topics.write("recovery.lives", "l", drawn.draw(LifeTransition.class));
    topics.write(
        "recovery.lives",
        "f",
        LifeTransition.newBuilder(drawn.draw(LifeTransition.class))
            .setDetail(drawn.draw(FreezeDetail.class))
            .build());
    for (long sequence = 1; sequence <= 2; sequence++) {
      topics.write(
          "recovery.lives",
          "r",
          LifeTransition.newBuilder(drawn.draw(LifeTransition.class))
              .setObjectId("refund")
              .setSequence(sequence)
              .setDetail(drawn.draw(RefundDetail.class))
              .build());
    }
    topics.write(
        "recovery.lives",
        "a",
        LifeTransition.newBuilder(drawn.draw(LifeTransition.class))
            .setEvent("UPHELD")
            .setDetail(drawn.draw(AppealDetail.class))
            .build());
    for (long sequence = 1; sequence <= 2; sequence++) {
      topics.write(
          "recovery.lives",
          "d",
          LifeTransition.newBuilder(drawn.draw(LifeTransition.class))
              .setObjectId("due")
              .setKind(LifeKind.FREEZE)
              .setSequence(sequence)
              .setState("RELEASE_DUE")
              .setDetail(drawn.draw(FreezeDetail.class))
              .build());
    }
    PaperDetail lifted = drawn.draw(PaperDetail.class);
    lifted.setAnswer("BANK_LIFTED");
    topics.write(
        "recovery.lives",
        "p",
        LifeTransition.newBuilder(drawn.draw(LifeTransition.class))
            .setKind(LifeKind.PAPER)
            .setState("ANSWERED")
            .setDetail(lifted)
            .build());
    StopPaymentOrder order = drawn.draw(StopPaymentOrder.class);
    topics.write("bank.B02.orders", "o", Envelopes.seal(order, DemoKeys.engine()));
    topics.write("bank.B02.holds", "h", Cast.hold(paid.getPayee(), 500_000, Cast.T0));
    topics.write("bank.B02.inbound", "o", Cast.receipt(sent, ReceiptResult.STOPPED, 7, Cast.T0));
    topics.write(
        "bank.B02.inbound", "h", new BankInbound("B02", drawn.draw(RiskHoldOutcome.class)));
  }

  /** Partitions stay in order; how they interleave and where batches end is drawn. */
  private static List<List<TopicRecord>> interleaved(MemoryTopics topics, Random random) {
    Map<String, List<TopicRecord>> left =
        topics.all().stream()
            .collect(
                Collectors.groupingBy(
                    record -> record.topic() + record.partition(),
                    TreeMap::new,
                    Collectors.toCollection(ArrayList::new)));
    List<List<TopicRecord>> batches = new ArrayList<>();
    List<TopicRecord> batch = new ArrayList<>();
    while (!left.isEmpty()) {
      List<String> places = new ArrayList<>(left.keySet());
      Collections.shuffle(places, random);
      List<TopicRecord> next = left.get(places.get(0));
      batch.add(next.remove(0));
      if (next.isEmpty()) {
        left.remove(places.get(0));
      }
      if (random.nextInt(9) == 0 || left.isEmpty()) {
        batches.add(batch);
        batch = new ArrayList<>();
      }
    }
    return batches;
  }
}
