package dev.zhifu.jobs.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.CoProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.TwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class ReadToEndTest {

  @Test
  void theMarkComesBehindTheLastRecordThatWasThereAtTheStart() throws Exception {
    try (var harness = started(null, new TopicEnds("rules.publications", 0, 0, 2))) {
      send(harness, record("rules.publications", 0));
      beat(harness);
      assertThat(marks(harness)).as("one record is missing").isZero();

      send(harness, record("rules.publications", 1));
      assertThat(offsets(harness)).containsExactly(0L, 1L, -1L);

      send(harness, record("rules.publications", 2));
      beat(harness);
      assertThat(marks(harness)).as("once").isEqualTo(1);
    }
  }

  @Test
  void everyTopicAndPartitionMustBeThere() throws Exception {
    try (var harness =
        started(
            null,
            new TopicEnds("rules.publications", 0, 0, 1),
            new TopicEnds("list.entries", 0, 5, 7))) {
      send(harness, record("rules.publications", 0));
      send(harness, record("list.entries", 5));
      assertThat(marks(harness)).isZero();

      send(harness, record("list.entries", 6));
      assertThat(marks(harness)).isEqualTo(1);
    }
  }

  @Test
  void anEmptyTopicIsMarkedByTheFirstBeat() throws Exception {
    try (var harness = started(null, new TopicEnds("list.entries", 0, 9, 9))) {
      assertThat(marks(harness)).isZero();
      beat(harness);
      assertThat(marks(harness)).isEqualTo(1);
    }
  }

  @Test
  void aRestoredJobWithNothingLeftToReadIsMarkedAgain() throws Exception {
    TopicEnds ends = new TopicEnds("rules.publications", 0, 0, 2);
    OperatorSubtaskState snapshot;
    try (var harness = started(null, ends)) {
      send(harness, record("rules.publications", 0));
      send(harness, record("rules.publications", 1));
      snapshot = harness.snapshot(1, 1);
    }

    try (var harness = started(snapshot, ends)) {
      beat(harness);
      assertThat(marks(harness)).isEqualTo(1);
    }
  }

  @Test
  void aRestoredJobWaitsForWhatWasWrittenMeanwhile() throws Exception {
    OperatorSubtaskState snapshot;
    try (var harness = started(null, new TopicEnds("rules.publications", 0, 0, 1))) {
      send(harness, record("rules.publications", 0));
      snapshot = harness.snapshot(1, 1);
    }

    try (var harness = started(snapshot, new TopicEnds("rules.publications", 0, 0, 3))) {
      beat(harness);
      send(harness, record("rules.publications", 1));
      assertThat(marks(harness)).isZero();

      send(harness, record("rules.publications", 2));
      assertThat(marks(harness)).isEqualTo(1);
    }
  }

  private static TwoInputStreamOperatorTestHarness<RawRecord, Long, RawRecord> started(
      OperatorSubtaskState snapshot, TopicEnds... ends) throws Exception {
    List<TopicEnds> all = List.of(ends);
    var harness =
        new TwoInputStreamOperatorTestHarness<>(
            new CoProcessOperator<>(new ReadToEnd<Long>(() -> all)));
    if (snapshot != null) {
      harness.initializeState(snapshot);
    }
    harness.open();
    return harness;
  }

  private static RawRecord record(String topic, long offset) {
    return Wire.raw(topic, offset, Wire.GARBAGE);
  }

  private static void send(
      TwoInputStreamOperatorTestHarness<RawRecord, Long, RawRecord> harness, RawRecord record)
      throws Exception {
    harness.processElement1(new StreamRecord<>(record));
  }

  private static void beat(TwoInputStreamOperatorTestHarness<RawRecord, Long, RawRecord> harness)
      throws Exception {
    harness.processElement2(new StreamRecord<>(1L));
  }

  private static long marks(TwoInputStreamOperatorTestHarness<RawRecord, Long, RawRecord> harness) {
    return harness.extractOutputValues().stream().filter(RawRecord::isEnd).count();
  }

  private static List<Long> offsets(
      TwoInputStreamOperatorTestHarness<RawRecord, Long, RawRecord> harness) {
    return harness.extractOutputValues().stream().map(RawRecord::offset).toList();
  }
}
