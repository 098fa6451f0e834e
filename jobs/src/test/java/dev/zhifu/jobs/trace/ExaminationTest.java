package dev.zhifu.jobs.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.zhifu.rules.money.LedgerDay;
import dev.zhifu.rules.money.Means;
import dev.zhifu.rules.money.Movement;
import dev.zhifu.rules.money.Party;
import dev.zhifu.rules.money.trace.Codec;
import dev.zhifu.rules.money.trace.Edge;
import dev.zhifu.rules.money.trace.HopMessage;
import dev.zhifu.rules.money.trace.TraceSettings;
import dev.zhifu.wire.AccountExamined;
import dev.zhifu.wire.RefundFinding;
import dev.zhifu.wire.RefundWay;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.heap.HeapKeyedStateBackend;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedBroadcastOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whose money lay on an account when it was frozen, asked of the ledger. */
class ExaminationTest {
  private static final long T0 = Instant.parse("2026-03-02T02:00:00Z").toEpochMilli();
  private static final long MINUTE = 60_000;
  private static final int GROUPS = 128;
  private static final Party MULE = Party.personal("mule", "B02");

  private KeyedBroadcastOperatorTestHarness<String, AccountRecord, TraceListing, AccountRecord>
      operator;

  private void open(OperatorSubtaskState state) throws Exception {
    operator =
        new KeyedBroadcastOperatorTestHarness<>(
            new CoBroadcastWithKeyedOperator<>(
                new LedgerTrace(TraceSettings.everything(), 30, () -> 0),
                List.of(LedgerTrace.LISTS)),
            AccountRecord::key,
            Types.STRING,
            GROUPS,
            1,
            0);
    if (state != null) {
      operator.initializeState(state);
    }
    operator.open();
    operator.processBroadcastElement(new StreamRecord<>(TraceListing.read()));
  }

  private void watermark(long at) throws Exception {
    operator.processWatermark(new Watermark(at));
    operator.processBroadcastWatermark(new Watermark(at));
  }

  @AfterEach
  void close() throws Exception {
    operator.close();
  }

  @Test
  void oneCreditIsReturnedDirectlyAndWhatIsBookedAfterTheFreezeChangesNothing() throws Exception {
    open(null);
    credit("t1", "victim-1", 0, 60_000);
    debit("t2", 5, 10_000);
    loss("t1", "victim-1", 0, 60_000);
    freeze("freeze-1", 10);

    AccountExamined said = newest();
    assertThat(said.getCredits()).isEqualTo(1);
    assertThat(said.getBalanceFen()).isEqualTo(50_000);
    assertThat(finding(said).getWay()).isEqualTo(RefundWay.SINGLE);
    assertThat(finding(said).getTracedFen()).isEqualTo(60_000);
    assertThat(finding(said).getThereFen()).isEqualTo(50_000);

    debit("t3", 20, 50_000);
    freeze("freeze-1", 10);
    assertThat(examined()).as("a refund out of it, and a copy of the ask").isEmpty();
  }

  @Test
  void aLateMovementAndANewVictimChangeTheAnswerAcrossARestore() throws Exception {
    open(null);
    credit("t1", "victim-1", 0, 60_000);
    loss("t1", "victim-1", 0, 60_000);
    freeze("freeze-1", 30);
    assertThat(finding(newest()).getWay()).isEqualTo(RefundWay.SINGLE);

    OperatorSubtaskState saved = operator.snapshot(1, 1);
    operator.close();
    open(saved);
    credit("t2", "victim-2", 3, 40_000);
    debit("t3", 6, 50_000);
    loss("t2", "victim-2", 3, 40_000);

    AccountExamined said = newest();
    assertThat(said.getCredits()).isEqualTo(2);
    assertThat(said.getFindings())
        .extracting(RefundFinding::getClaim, RefundFinding::getWay)
        .containsExactly(
            tuple("claim-victim-1", RefundWay.PRORATA), tuple("claim-victim-2", RefundWay.PRORATA));
    assertThat(said.getFindings().stream().mapToLong(RefundFinding::getThereFen).sum())
        .isEqualTo(50_000);
  }

  @Test
  void theLedgerStaysAsLongAsAFreezeStandsOnIt() throws Exception {
    open(null);
    credit("t1", "victim-1", 0, 60_000);
    freeze("freeze-1", 10);
    watermark(T0 + 40 * LedgerDay.DAY_MS);
    examined();
    loss("t1", "victim-1", 0, 60_000);
    assertThat(finding(newest()).getThereFen()).as("40 days later").isEqualTo(60_000);

    operator.processElement(
        new StreamRecord<>(Examiner.letGo("mule", "freeze-1", "case-1", at(10))));
    watermark(T0 + 43 * LedgerDay.DAY_MS);
    AbstractStreamOperator<?> of = (AbstractStreamOperator<?>) operator.getOperator();
    var state = (HeapKeyedStateBackend<?>) of.getKeyedStateBackend();
    assertThat(state.numKeyValueStateEntries()).isZero();
  }

  private static Instant at(int minute) {
    return Instant.ofEpochMilli(T0 + minute * MINUTE);
  }

  private void credit(String id, String from, int minute, long fen) throws Exception {
    book(Movement.credit("S:" + id, T0 + minute * MINUTE, fen, Party.personal(from, "B01")));
  }

  private void debit(String id, int minute, long fen) throws Exception {
    book(Movement.debit("S:" + id, T0 + minute * MINUTE, fen, Party.personal("next", "B03")));
  }

  private void book(Movement movement) throws Exception {
    LedgerDay day = new LedgerDay();
    day.add(movement);
    operator.processElement(
        new StreamRecord<>(
            new AccountRecord("mule", LedgerDay.dayOf(movement.at()), day.toBytes())));
  }

  private void loss(String id, String victim, int minute, long fen) throws Exception {
    long at = T0 + minute * MINUTE;
    Edge edge =
        new Edge("S:" + id, at, fen, Party.personal(victim, "B01"), MULE, Means.TRANSFER, "");
    HopMessage loss = HopMessage.loss("claim-" + victim, "case-1", at + 60 * MINUTE, fen, edge, 1);
    operator.processElement(new StreamRecord<>(AccountRecord.message("mule", Codec.bytes(loss))));
  }

  private void freeze(String id, int minute) throws Exception {
    operator.processElement(new StreamRecord<>(Examiner.ask("mule", id, "case-1", at(minute))));
  }

  private List<AccountExamined> examined() {
    List<AccountExamined> said = new ArrayList<>();
    var side = operator.getSideOutput(LedgerTrace.EXAMINED);
    while (side != null && !side.isEmpty()) {
      said.add(side.poll().getValue());
    }
    return said;
  }

  private AccountExamined newest() {
    List<AccountExamined> said = examined();
    return said.get(said.size() - 1);
  }

  private static RefundFinding finding(AccountExamined said) {
    assertThat(said.getFindings()).hasSize(1);
    return said.getFindings().get(0);
  }
}
