package dev.zhifu.jobs.shadow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.jobs.flow.WrongStop;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.ActionCode;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.KeyKind;
import dev.zhifu.wire.RuleFamily;
import dev.zhifu.wire.RuleHit;
import dev.zhifu.wire.ShadowStatistics;
import dev.zhifu.wire.TransactionKind;
import dev.zhifu.wire.TransactionPhase;
import dev.zhifu.wire.WrongStops;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ShadowStatisticsTest {
  private static final long T0 = 1_780_000_000_000L;

  private KeyedOneInputStreamOperatorTestHarness<String, FinalHit, ShadowMark> overlap;
  private KeyedOneInputStreamOperatorTestHarness<String, ShadowMark, ShadowStatistics> totals;
  private int marked;
  private long watermark = T0 + 10 * ShadowOverlap.WINDOW_MS;

  @BeforeEach
  void open() throws Exception {
    overlap = overlap(null);
    totals =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(new ShadowTotals()), ShadowMark::version, Types.STRING);
    totals.open();
  }

  @AfterEach
  void close() throws Exception {
    overlap.close();
    totals.close();
  }

  @Test
  void countsHitsSubjectsMoneyAndWhatLiveRulesHitTooBeforeOrAfter() throws Exception {
    send(hit("M01", false, "a", "t1", T0));
    send(hit("M09", true, "a", "t1", T0 + 1)); // a live hit came before
    send(hit("M09", true, "b", "t2", T0 + 2));
    send(hit("M09", true, "b", "t2", T0 + 3)); // the same money again
    send(hit("M09", true, "c", "t3", T0 + 4)); // nobody else looks at c
    ShadowStatistics before = figures();
    assertThat(before.getHits()).isEqualTo(4);
    assertThat(before.getSubjects()).isEqualTo(3);
    assertThat(before.getOverlapping()).isEqualTo(1);
    assertThat(before.getTouchedFen()).isEqualTo(3 * 100_000);
    restore();
    send(hit("M03", false, "b", "t9", T0 + 5)); // a live hit comes after
    assertThat(figures().getOverlapping()).isEqualTo(3);
    assertThat(figures().getRuleId()).isEqualTo("M09");
    assertThat(figures().getNewestAt().toEpochMilli()).isEqualTo(T0 + 4);
  }

  @Test
  void aLiveHitADayLaterIsNoOverlapAndNothingIsLeft() throws Exception {
    send(hit("M09", true, "a", "t1", T0));
    send(hit("M01", false, "a", "t2", T0 + ShadowOverlap.WINDOW_MS));
    assertThat(figures().getOverlapping()).isZero();
    overlap.processWatermark(T0 + 3 * ShadowOverlap.WINDOW_MS);
    try (Stream<?> keys =
        overlap
            .getOperator()
            .getKeyedStateBackend()
            .getKeys("shadow-overlap.hits.v1", VoidNamespace.INSTANCE)) {
      assertThat(keys).isEmpty();
    }
    assertThat(overlap.numEventTimeTimers()).isZero();
  }

  @Test
  void stopsFoundWrongCountByCauseOnceAnOrderBesideTheHits() throws Exception {
    wrong("order-1", "BONA_FIDE", T0 + 50);
    assertThat(figures().getHits()).isZero();
    wrong("order-2", "MODEL_FP", T0 + 60);
    wrong("order-1", "BONA_FIDE", T0 + 50); // read again
    wrong("order-3", "UNSTATED", T0 + 70);
    wrong("order-3", "MODEL_FP", T0 + 80); // the newest word on an order counts
    send(hit("M09", true, "a", "t1", T0));

    ShadowStatistics found = figures();
    assertThat(found.getRuleId()).isEqualTo("M09");
    assertThat(found.getHits()).isEqualTo(1);
    assertThat(found.getFirstAt().toEpochMilli()).as("of hits").isEqualTo(T0);
    assertThat(found.getWrongStops())
        .containsExactly(new WrongStops("BONA_FIDE", 1L), new WrongStops("MODEL_FP", 2L));
  }

  private void wrong(String order, String cause, long atMs) throws Exception {
    String version = hit("M09", true, "a", "t1", T0).getRuleId() + ":1";
    totals.processElement(ShadowMark.of(new WrongStop(version, order, cause, atMs)), atMs);
  }

  private void send(RuleHit hit) throws Exception {
    overlap.processElement(FinalHit.of(hit.getKey(), hit), hit.getOccurredAt().toEpochMilli());
    List<ShadowMark> marks = overlap.extractOutputValues();
    for (ShadowMark mark : marks.subList(marked, marks.size())) {
      totals.processElement(mark, mark.atMs());
    }
    marked = marks.size();
  }

  private ShadowStatistics figures() throws Exception {
    totals.processWatermark(++watermark);
    List<ShadowStatistics> said = totals.extractOutputValues();
    return said.get(said.size() - 1);
  }

  private void restore() throws Exception {
    OperatorSubtaskState snapshot = overlap.snapshot(1, 1);
    overlap.close();
    overlap = overlap(snapshot);
    marked = 0;
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, FinalHit, ShadowMark> overlap(
      OperatorSubtaskState restored) throws Exception {
    var harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(new ShadowOverlap()), FinalHit::subject, Types.STRING);
    harness.setStateBackend(new EmbeddedRocksDBStateBackend(restored == null));
    if (restored != null) {
      harness.initializeState(restored);
    }
    harness.open();
    return harness;
  }

  private static RuleHit hit(
      String rule, boolean shadow, String account, String transaction, long atMs) {
    Instant at = Instant.ofEpochMilli(atMs);
    return RuleHit.newBuilder()
        .setHitId(rule + account + transaction + atMs)
        .setRevision(1)
        .setHolds(true)
        .setIsFinal(true)
        .setRuleId(rule)
        .setRuleVersion(1)
        .setFamily(RuleFamily.M)
        .setWeight(shadow ? 0 : 0.5)
        .setActions(List.of(ActionCode.NONE))
        .setMonotone(true)
        .setKeyKind(KeyKind.ACCOUNT)
        .setKey(account)
        .setEvidence(List.of())
        .setOccurredAt(at)
        .setShadow(shadow)
        .setTransaction(
            BankTransaction.newBuilder()
                .setEventId("B01:" + transaction + ":COMPLETED")
                .setSource("B01")
                .setTransactionId(transaction)
                .setKind(TransactionKind.TRANSFER)
                .setPhase(TransactionPhase.COMPLETED)
                .setOccurredAt(at)
                .setReceivedAt(at)
                .setAmountFen(100_000)
                .setCurrency("CNY")
                .setPayee(AccountRef.newBuilder().setAccountToken(account).setBank("B01").build())
                .build())
        .build();
  }
}
