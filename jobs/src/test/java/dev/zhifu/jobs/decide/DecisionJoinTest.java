package dev.zhifu.jobs.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.jobs.flow.Announcement;
import dev.zhifu.jobs.flow.PartReport;
import dev.zhifu.wire.DecisionKind;
import dev.zhifu.wire.KeyKind;
import dev.zhifu.wire.ReasonCode;
import dev.zhifu.wire.Side;
import dev.zhifu.wire.TransferDecision;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class DecisionJoinTest {
  private static final long ASKED = 1_000_000;
  private static final long BUDGET = 800;

  @Test
  void allPartsInAnswersAtOnce() throws Exception {
    try (var harness = harness(false)) {
      send(harness, announcement(2), part("a", Side.DEBIT, false), part("b", Side.CREDIT, true));

      assertThat(answers(harness))
          .extracting(TransferDecision::getDecision)
          .containsExactly(DecisionKind.HOLD);
      assertThat(answers(harness).get(0).getReasonCode()).isEqualTo(ReasonCode.VICTIM_AT_RISK);
    }
  }

  @Test
  void noPartsAtAllPassesAtOnce() throws Exception {
    try (var harness = harness(false)) {
      send(harness, announcement(0));

      assertThat(answers(harness))
          .extracting(TransferDecision::getDecision)
          .containsExactly(DecisionKind.PASS);
    }
  }

  @Test
  void partsBeforeTheAnnouncementCount() throws Exception {
    try (var harness = harness(false)) {
      send(harness, part("a", Side.DEBIT, false), announcement(1));

      assertThat(answers(harness))
          .extracting(TransferDecision::getDecision)
          .containsExactly(DecisionKind.PASS);
    }
  }

  @Test
  void aSelfTransferHasTwoPartsUnderOneKey() throws Exception {
    try (var harness = harness(false)) {
      send(harness, announcement(2), part("a", Side.DEBIT, false));
      assertThat(answers(harness)).isEmpty();

      send(harness, part("a", Side.CREDIT, false));
      assertThat(answers(harness)).hasSize(1);
    }
  }

  @Test
  void aPartThatComesTwiceCountsOnce() throws Exception {
    try (var harness = harness(false)) {
      send(harness, announcement(2), part("a", Side.DEBIT, false), part("a", Side.DEBIT, false));

      assertThat(answers(harness)).isEmpty();
    }
  }

  @Test
  void fortyMillisecondsBeforeTheEndItAnswersWithWhatIsKnown() throws Exception {
    try (var harness = harness(false)) {
      harness.setProcessingTime(5_000);
      send(harness, announcement(2), part("a", Side.DEBIT, true));

      harness.setProcessingTime(5_000 + BUDGET - DecisionJoin.MARGIN_MS - 1);
      assertThat(answers(harness)).isEmpty();
      harness.setProcessingTime(5_000 + BUDGET - DecisionJoin.MARGIN_MS);
      assertThat(answers(harness))
          .extracting(TransferDecision::getDecision)
          .containsExactly(DecisionKind.HOLD);
    }
  }

  @Test
  void afterTheAnswerItIsSilent() throws Exception {
    try (var harness = harness(false)) {
      harness.setProcessingTime(5_000);
      send(harness, announcement(2), part("a", Side.DEBIT, false));
      harness.setProcessingTime(6_000);

      send(harness, part("b", Side.CREDIT, true));

      assertThat(answers(harness))
          .extracting(TransferDecision::getDecision)
          .containsExactly(DecisionKind.PASS);
    }
  }

  @Test
  void onTheWallClockTheBudgetIsWhatIsLeftOfIt() throws Exception {
    try (var harness = harness(true)) {
      harness.setProcessingTime(ASKED + 500);
      send(harness, announcement(1));

      harness.setProcessingTime(ASKED + BUDGET - DecisionJoin.MARGIN_MS);
      assertThat(answers(harness)).hasSize(1);
    }
  }

  @Test
  void aRestoreInTheMiddleLosesNothing() throws Exception {
    OperatorSubtaskState snapshot;
    try (var harness = harness(false)) {
      send(harness, announcement(2), part("a", Side.DEBIT, true));
      snapshot = harness.snapshot(1, 1);
    }
    try (var harness = create(false)) {
      harness.initializeState(snapshot);
      harness.open();
      send(harness, part("b", Side.CREDIT, false));

      assertThat(answers(harness))
          .extracting(TransferDecision::getDecision)
          .containsExactly(DecisionKind.HOLD);
    }
  }

  @Test
  void stateIsGoneAMinuteAfterTheAnswer() throws Exception {
    try (var harness = harness(false)) {
      harness.setProcessingTime(5_000);
      send(harness, announcement(0));
      harness.setProcessingTime(5_000 + DecisionJoin.KEEP_MS);

      send(harness, announcement(0));
      assertThat(answers(harness)).as("forgotten, so asked anew").hasSize(2);
    }
  }

  @Test
  void nothingIsLeftOfAnswersNorOfPartsThatNobodyAnnounced() throws Exception {
    try (var harness = harness(false)) {
      harness.setProcessingTime(5_000);
      send(harness, announcement(1), part("a", Side.DEBIT, true));
      harness.processElement(new JoinInput("e2", null, part("a", Side.DEBIT, true).part()), ASKED);
      assertThat(keysLeft(harness)).isEqualTo(2);

      harness.setProcessingTime(5_000 + BUDGET + 2 * DecisionJoin.KEEP_MS);

      assertThat(keysLeft(harness)).isZero();
      assertThat(harness.numProcessingTimeTimers()).isZero();
      assertThat(harness.numEventTimeTimers()).isZero();
    }
  }

  private static long keysLeft(
      KeyedOneInputStreamOperatorTestHarness<String, JoinInput, TransferDecision> harness) {
    try (Stream<?> keys =
        ((AbstractStreamOperator<?>) harness.getOperator())
            .getKeyedStateBackend()
            .getKeys("decision-join.parts.v1", VoidNamespace.INSTANCE)) {
      return keys.count();
    }
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, JoinInput, TransferDecision>
      harness(boolean wall) throws Exception {
    var harness = create(wall);
    harness.open();
    return harness;
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, JoinInput, TransferDecision> create(
      boolean wall) throws Exception {
    var harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(new DecisionJoin(wall)), JoinInput::eventId, Types.STRING);
    harness.setStateBackend(new EmbeddedRocksDBStateBackend(true));
    return harness;
  }

  private static void send(
      KeyedOneInputStreamOperatorTestHarness<String, JoinInput, TransferDecision> harness,
      JoinInput... inputs)
      throws Exception {
    for (JoinInput input : inputs) {
      harness.processElement(input, ASKED);
    }
  }

  private static List<TransferDecision> answers(
      KeyedOneInputStreamOperatorTestHarness<String, JoinInput, TransferDecision> harness) {
    return harness.extractOutputValues();
  }

  private static JoinInput announcement(int parts) {
    return new JoinInput(
        "e1", new Announcement("e1", "t1", "B01", ASKED, ASKED + BUDGET, parts), null);
  }

  private static JoinInput part(String key, Side side, boolean hold) {
    return new JoinInput(
        "e1",
        null,
        new PartReport(
            "e1",
            "t1",
            "B01",
            ASKED,
            ASKED + BUDGET,
            KeyKind.ACCOUNT,
            key,
            side,
            "p",
            hold ? 0.7 : 0,
            hold,
            hold ? ReasonCode.VICTIM_AT_RISK : null));
  }
}
