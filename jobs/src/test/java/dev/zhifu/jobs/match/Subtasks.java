package dev.zhifu.jobs.match;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.jobs.flow.MatchOutput;
import dev.zhifu.jobs.flow.Routed;
import dev.zhifu.wire.PublicationStatus;
import dev.zhifu.wire.RuleHit;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.TreeSet;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.CheckpointStorage;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;

/** The operator as several subtasks, each with its share of the keys, as a job would run it. */
final class Subtasks implements AutoCloseable {
  private final List<KeyedTwoInputStreamOperatorTestHarness<String, Routed, RuleInput, MatchOutput>>
      harnesses = new ArrayList<>();

  /** Ids of final hits that no snapshot has committed yet. */
  private final List<String> said = new ArrayList<>();

  /** A snapshot of all subtasks. */
  record Snapshot(OperatorSubtaskState whole, int subtasks) {}

  /**
   * Opens them.
   *
   * @param snapshot state of any number of subtasks; null starts anew
   * @param rules one document a rule, in force from the beginning; none are published after a
   *     restore
   */
  Subtasks(int subtasks, Snapshot snapshot, List<String> rules) throws Exception {
    for (int i = 0; i < subtasks; i++) {
      OperatorSubtaskState share =
          snapshot == null
              ? null
              : AbstractStreamOperatorTestHarness.repartitionOperatorState(
                  snapshot.whole, MatchFixture.MAX_PARALLELISM, snapshot.subtasks, subtasks, i);
      harnesses.add(MatchFixture.subtask(share, subtasks, i));
    }
    for (String rule : rules) {
      input(RuleInput.of(MatchFixture.publication(rule, PublicationStatus.LIVE, 0)));
    }
    input(RuleInput.readToEnd());
  }

  void input(RuleInput input) throws Exception {
    for (var harness : harnesses) {
      harness.processElement2(new StreamRecord<>(input));
    }
  }

  void send(Routed routed) throws Exception {
    int index =
        KeyGroupRangeAssignment.assignKeyToParallelOperator(
            routed.matchKey(), MatchFixture.MAX_PARALLELISM, harnesses.size());
    harnesses.get(index).processElement1(new StreamRecord<>(routed));
  }

  void watermark(long timeMs) throws Exception {
    for (var harness : harnesses) {
      harness.processWatermark1(new Watermark(timeMs));
      harness.processWatermark2(new Watermark(timeMs));
      take(harness);
    }
  }

  /** Keeps ids alone: what a million keys say would not fit on the heap. */
  private void take(
      KeyedTwoInputStreamOperatorTestHarness<String, Routed, RuleInput, MatchOutput> harness) {
    Queue<StreamRecord<RuleHit>> hits = harness.getSideOutput(MatchOperator.FINAL_HITS);
    while (hits != null && !hits.isEmpty()) {
      said.add(hits.poll().getValue().getHitId());
    }
    harness.getOutput().clear();
  }

  Snapshot snapshot(long id) throws Exception {
    OperatorSubtaskState[] states = new OperatorSubtaskState[harnesses.size()];
    for (int i = 0; i < states.length; i++) {
      states[i] = harnesses.get(i).snapshot(id, id);
    }
    return new Snapshot(AbstractStreamOperatorTestHarness.repackageState(states), harnesses.size());
  }

  /** Adds what an exactly-once sink would have committed, each hit once. */
  void commit(TreeSet<String> finals) {
    harnesses.forEach(this::take);
    for (String id : said) {
      assertThat(finals.add(id)).as("final once: " + id).isTrue();
    }
    said.clear();
  }

  void store(CheckpointStorage storage) {
    harnesses.forEach(harness -> harness.setCheckpointStorage(storage));
  }

  List<MatchOperator> operators() {
    return harnesses.stream().map(harness -> (MatchOperator) harness.getOperator()).toList();
  }

  long keysUnderWay() {
    return operators().stream().mapToLong(MatchOperator::keysUnderWay).sum();
  }

  int timers() {
    return harnesses.stream().mapToInt(AbstractStreamOperatorTestHarness::numEventTimeTimers).sum();
  }

  @Override
  public void close() throws Exception {
    for (var harness : harnesses) {
      harness.close();
    }
  }
}
