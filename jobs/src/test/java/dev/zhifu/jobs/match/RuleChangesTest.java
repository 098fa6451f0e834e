package dev.zhifu.jobs.match;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.jobs.flow.MatchOutput;
import dev.zhifu.jobs.flow.Places;
import dev.zhifu.jobs.flow.Routed;
import dev.zhifu.wire.PublicationStatus;
import dev.zhifu.wire.RuleStatus;
import dev.zhifu.wire.RuleStatusKind;
import dev.zhifu.wire.TelecomKind;
import dev.zhifu.wire.TransactionPhase;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A thousand changes of one rule under load, a second apart: nothing grows with them. What the real
 * job does is {@code zhifu bench rule-changes}.
 */
class RuleChangesTest {
  private static final int CHANGES = 1_000;
  private static final long STEP_MS = 1_000;
  private static final long T0 = 1_000_000;

  private KeyedTwoInputStreamOperatorTestHarness<String, Routed, RuleInput, MatchOutput> harness;

  @BeforeEach
  void open() throws Exception {
    harness = MatchFixture.open(null);
    harness.processElement2(new StreamRecord<>(RuleInput.readToEnd()));
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  @Test
  void aThousandChangesLeaveNothingBehind() throws Exception {
    long most = 0;
    for (int change = 1; change <= CHANGES; change++) {
      long now = T0 + change * STEP_MS;
      publish(change, now + STEP_MS / 2);
      String holder = "h" + change % 20;
      send(MatchFixture.call(holder, "c" + change, TelecomKind.CALL_START, now + STEP_MS / 2));
      send(
          MatchFixture.transfer(
              holder, "x" + change, TransactionPhase.COMPLETED, now + STEP_MS / 2 + 1));
      watermark(now - 5_000);
      most = Math.max(most, publications());
    }
    assertThat(harness.getSideOutput(MatchOperator.RULE_STATUS))
        .extracting(StreamRecord::getValue)
        .extracting(RuleStatus::getStatus)
        .hasSize(CHANGES)
        .containsOnly(RuleStatusKind.IN_FORCE);
    assertThat(most)
        .as("versions kept at any time: those of the time remembered, and the forgetting's step")
        .isLessThanOrEqualTo((Places.REMEMBERED_MS + 5_000 + 10_000) / STEP_MS + 2);
    assertThat(finals()).as("each version made its own hit, once").isEqualTo(CHANGES - 6);

    watermark(T0 + CHANGES * STEP_MS + 2 * MatchFixture.WINDOW_MS);
    assertThat(publications()).isEqualTo(1);
    assertThat(finals()).isEqualTo(CHANGES);
    OperatorSubtaskState snapshot = harness.snapshot(1, 1);
    harness.close();
    harness = MatchFixture.open(snapshot);
    for (String state : List.of("match.record.v1", "match.bases.v1", "match.held.v1")) {
      try (Stream<String> keys =
          harness
              .getOperator()
              .<String>getKeyedStateBackend()
              .getKeys(state, VoidNamespace.INSTANCE)) {
        assertThat(keys).as(state).isEmpty();
      }
    }
  }

  private void publish(int version, long fromMs) throws Exception {
    harness.processElement2(
        new StreamRecord<>(
            RuleInput.of(
                MatchFixture.publication(
                    "T02 " + version + " call-transfer", PublicationStatus.LIVE, fromMs))));
  }

  private void send(Routed routed) throws Exception {
    harness.processElement1(new StreamRecord<>(routed));
  }

  private void watermark(long timeMs) throws Exception {
    harness.processWatermark1(new Watermark(timeMs));
    harness.processWatermark2(new Watermark(timeMs));
  }

  private long finals() {
    return harness.getSideOutput(MatchOperator.FINAL_HITS).size();
  }

  private long publications() throws Exception {
    long count = 0;
    for (var entry :
        harness
            .getOperator()
            .getOperatorStateBackend()
            .getBroadcastState(MatchOperator.PUBLICATIONS)
            .entries()) {
      count++;
    }
    return count;
  }
}
