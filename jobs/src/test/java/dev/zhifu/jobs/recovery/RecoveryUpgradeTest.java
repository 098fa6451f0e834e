package dev.zhifu.jobs.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.jobs.refund.RefundSpecimens;
import dev.zhifu.jobs.settings.BankChannels;
import dev.zhifu.rules.lives.calendar.LegalTerms;
import dev.zhifu.rules.lives.calendar.WorkCalendar;
import dev.zhifu.rules.lives.desk.Ahead;
import dev.zhifu.wire.LifeClock;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.RecoveryAlarm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedBroadcastOperatorTestHarness;
import org.apache.flink.streaming.util.OperatorSnapshotUtil;
import org.junit.jupiter.api.Test;

/**
 * Refunds that went to the bank before the clock ran from the service: a stored snapshot of such a
 * state, written before recovery gave such refunds a clock, with one refund ISSUED, one in
 * BANK_CHECK, one EXECUTING that was late already and one that is not at the bank.
 */
class RecoveryUpgradeTest {
  private static final Path BEFORE =
      Path.of("src", "test", "resources", "snapshots", "recovery-v1.snapshot");
  private static final int GROUPS = 4;
  private static final Instant SERVED = RefundSpecimens.T0.plusSeconds(7);
  private static final Instant DUE =
      new LegalTerms(WorkCalendar.official()).workingDaysEndOrEarlier(SERVED, 3);
  private static final Instant RESTORED = SERVED.plus(Duration.ofHours(1));

  @Test
  void aRefundAtTheBankWithoutAClockIsGivenOneAndNobodyNeedsToTouchItsCase() throws Exception {
    OperatorSubtaskState state = OperatorSnapshotUtil.readStateHandle(BEFORE.toString());
    List<LifeTransition> said = new ArrayList<>();
    try (Harness harness = new Harness(state)) {
      harness.tick(RESTORED);
      said.addAll(harness.extractOutputValues());
      // The record comes back from its topic.
      for (LifeTransition life : List.copyOf(said)) {
        harness.take(life);
      }
      harness.tick(RESTORED.plusSeconds(1));
      state = harness.snapshot(1, 1);
      assertThat(harness.extractOutputValues()).as("said once").hasSameSizeAs(said);
      assertThat(harness.alarms())
          .as("what is near its end is said at most")
          .allMatch(alarm -> alarm.getAlarm().equals("TERM_NEAR"));
    }
    assertThat(said)
        .extracting(LifeTransition::getObjectId)
        .containsExactlyInAnyOrder("refund-1", "refund-2");
    assertThat(said)
        .allSatisfy(
            life -> {
              assertThat(life.getSequence()).as("nothing has happened to it").isEqualTo(7);
              assertThat(life.getClocks())
                  .filteredOn(clock -> !Ahead.warns(clock))
                  .containsExactly(new LifeClock("EXECUTION_LATE", DUE));
            });

    try (Harness harness = new Harness(state)) {
      harness.tick(DUE.minusSeconds(1));
      assertThat(harness.extractOutputValues()).as("not again with the next start").isEmpty();
      harness.tick(DUE.plusSeconds(1));
      harness.tick(DUE.plusSeconds(2));
      assertThat(harness.alarms())
          .filteredOn(alarm -> alarm.getAlarm().equals("OVERDUE"))
          .extracting(RecoveryAlarm::getObjectId)
          .containsExactlyInAnyOrder("refund-1", "refund-2");
      assertThat(harness.extractOutputValues())
          .extracting(LifeTransition::getEvent)
          .containsExactly("EXECUTION_LATE", "EXECUTION_LATE");
    }
  }

  /** Both refunds are of the second subtask, which had not done it when the job failed. */
  @Test
  void whatOneSubtaskHadDoneIsNotTakenForTheOtherWhenTheJobIsRescaled() throws Exception {
    OperatorSubtaskState before = OperatorSnapshotUtil.readStateHandle(BEFORE.toString());
    OperatorSubtaskState[] halves = new OperatorSubtaskState[2];
    for (int index = 0; index < halves.length; index++) {
      OperatorSubtaskState half =
          AbstractStreamOperatorTestHarness.repartitionOperatorState(
              before, GROUPS, 1, halves.length, index);
      try (Harness harness = new Harness(half, halves.length, index)) {
        if (index == 0) {
          harness.read();
        }
        harness.tick(RESTORED);
        assertThat(harness.extractOutputValues()).isEmpty();
        halves[index] = harness.snapshot(1, 1);
      }
    }
    try (Harness harness = new Harness(AbstractStreamOperatorTestHarness.repackageState(halves))) {
      harness.tick(RESTORED.plusSeconds(1));
      assertThat(harness.extractOutputValues())
          .extracting(LifeTransition::getObjectId)
          .containsExactlyInAnyOrder("refund-1", "refund-2");
    }
  }

  @Test
  void aCaseTouchedBeforeTheFirstTickHasTheClockAtOnce() throws Exception {
    try (Harness harness = new Harness(OperatorSnapshotUtil.readStateHandle(BEFORE.toString()))) {
      harness.take(refund(1, "ISSUED", "SERVED", List.of()));
      harness.tick(DUE.plusSeconds(1));
      harness.tick(DUE.plusSeconds(2));
      assertThat(harness.alarms())
          .extracting(RecoveryAlarm::getObjectId)
          .as("overdue by the first tick")
          .contains("refund-1");
    }
  }

  /**
   * What wrote the snapshot. A refund is the last thing its case hears of, and no tick comes: so
   * the code of today writes the same.
   */
  @Test
  void theSnapshotIsThere() throws Exception {
    if (Boolean.getBoolean("zhifu.snapshots.write")) {
      try (Harness harness = new Harness(null)) {
        for (int i = 1; i <= 4; i++) {
          harness.take(
              RefundSpecimens.freeze("freeze-" + i, "case-" + i, "mule-" + i, 1, 100_000, 0));
        }
        harness.take(refund(1, "ISSUED", "SERVED", List.of()));
        harness.take(refund(2, "BANK_CHECK", "BANK_EXAMINES", List.of()));
        harness.take(
            refund(
                3,
                "EXECUTING",
                "EXECUTION_LATE",
                List.of("tick:" + SERVED.toEpochMilli() + ":EXECUTION_LATE")));
        harness.take(refund(4, "APPROVED", "APPROVED", List.of()));
        OperatorSnapshotUtil.writeStateHandle(harness.snapshot(1, 1), BEFORE.toString());
      }
    }
    assertThat(Files.size(BEFORE)).isPositive();
  }

  private static LifeTransition refund(int number, String state, String event, List<String> taken) {
    LifeTransition life =
        RefundSpecimens.life(
            "refund-" + number,
            LifeKind.REFUND,
            "case-" + number,
            7,
            state,
            event,
            RefundSpecimens.refund(
                "freeze-" + number,
                List.of(RefundSpecimens.share("a", 60_000, 60_000, 0, 60_000))));
    life.setTaken(new ArrayList<>(taken));
    return life;
  }

  private static final class Harness
      extends KeyedBroadcastOperatorTestHarness<
          String, RecoveryInput, RecoveryControl, LifeTransition> {
    Harness(OperatorSubtaskState state) throws Exception {
      this(state, 1, 0);
      read();
    }

    Harness(OperatorSubtaskState state, int subtasks, int index) throws Exception {
      super(
          new CoBroadcastWithKeyedOperator<>(
              new RecoveryFunction(
                  RecoveryKeys.ofDemo(), new BankChannels(List.of("B01"), List.of())),
              List.of(RecoveryFunction.BROADCAST)),
          RecoveryInput::caseId,
          Types.STRING,
          GROUPS,
          subtasks,
          index);
      setStateBackend(new EmbeddedRocksDBStateBackend());
      if (state != null) {
        initializeState(state);
      }
      open();
      processWatermark(Watermark.MAX_WATERMARK);
    }

    void read() throws Exception {
      processBroadcastElement(RecoveryControl.readBack(Map.of()), 0);
    }

    void tick(Instant at) throws Exception {
      processBroadcastElement(RecoveryControl.tick(at.toEpochMilli()), 0);
      processBroadcastWatermark(new Watermark(at.toEpochMilli()));
    }

    void take(LifeTransition life) throws Exception {
      processElement(new StreamRecord<>(RecoveryInput.record(life)));
    }

    List<RecoveryAlarm> alarms() {
      List<RecoveryAlarm> alarms = new ArrayList<>();
      if (getSideOutput(RecoveryFunction.ALARMS) != null) {
        getSideOutput(RecoveryFunction.ALARMS).forEach(record -> alarms.add(record.getValue()));
      }
      return alarms;
    }
  }
}
