package dev.zhifu.jobs.match;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.jobs.flow.MatchOutput;
import dev.zhifu.jobs.flow.Routed;
import dev.zhifu.wire.PublicationStatus;
import dev.zhifu.wire.RuleHit;
import dev.zhifu.wire.TelecomKind;
import dev.zhifu.wire.TransactionPhase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OperatorSnapshotUtil;
import org.junit.jupiter.api.Test;

/**
 * Yesterday's state goes on under today's code and rules: a stored snapshot in which two rules are
 * in force, one holder has a call in its base and another a call and a transfer in its tail. A new
 * version of a state adds a snapshot ({@code -Dzhifu.snapshots.write=true}) and keeps the old ones.
 */
class MatchSavepointTest {
  private static final Path FIRST =
      Path.of("src", "test", "resources", "snapshots", "match-v1.snapshot");
  private static final long T0 = 1_000_000;

  @Test
  void anOldSavepointWithAnOlderRuleSetResumes() throws Exception {
    if (Boolean.getBoolean("zhifu.snapshots.write")) {
      write();
    }

    try (var harness =
        MatchFixture.subtask(OperatorSnapshotUtil.readStateHandle(FIRST.toString()), 1, 0)) {
      publish(harness, "T02 2 call-transfer", PublicationStatus.LIVE, T0 + 60_000);
      publish(harness, "T03 1 call-no-end-transfer", PublicationStatus.WITHDRAWN, T0 + 60_000);
      harness.processElement2(new StreamRecord<>(RuleInput.readToEnd()));
      send(harness, MatchFixture.transfer("old", "x2", TransactionPhase.COMPLETED, T0 + 30_000));
      send(harness, MatchFixture.call("new", "c3", TelecomKind.CALL_START, T0 + 61_000));
      send(harness, MatchFixture.transfer("new", "x3", TransactionPhase.COMPLETED, T0 + 62_000));
      watermark(harness, T0 + 3 * MatchFixture.WINDOW_MS);

      assertThat(harness.getSideOutput(MatchOperator.FINAL_HITS))
          .extracting(record -> said(record.getValue()))
          .containsExactlyInAnyOrder(
              "T02.1 c1 x2", "T03.1 c1 x2", "T02.1 c2 x1", "T03.1 c2 x1", "T02.2 c3 x3");
      assertThat(((MatchOperator) harness.getOperator()).keysUnderWay()).isZero();
      assertThat(harness.numEventTimeTimers()).isZero();
    }
  }

  private static void write() throws Exception {
    try (var harness = MatchFixture.subtask(null, 1, 0)) {
      for (String rule : List.of("T02 1 call-transfer", "T03 1 call-no-end-transfer")) {
        publish(harness, rule, PublicationStatus.LIVE, 0);
      }
      harness.processElement2(new StreamRecord<>(RuleInput.readToEnd()));
      send(harness, MatchFixture.call("old", "c1", TelecomKind.CALL_START, T0));
      watermark(harness, T0 + 1_000);
      send(harness, MatchFixture.call("tail", "c2", TelecomKind.CALL_START, T0 + 2_000));
      send(harness, MatchFixture.transfer("tail", "x1", TransactionPhase.COMPLETED, T0 + 3_000));
      Files.createDirectories(FIRST.getParent());
      OperatorSnapshotUtil.writeStateHandle(harness.snapshot(1, 1), FIRST.toString());
    }
  }

  private static String said(RuleHit hit) {
    StringBuilder text = new StringBuilder(hit.getRuleId() + "." + hit.getRuleVersion());
    hit.getEvidence()
        .forEach(
            one ->
                text.append(' ').append(one.getEventId().replaceAll("B01:(.*):COMPLETED", "$1")));
    return text.toString();
  }

  private static void publish(
      KeyedTwoInputStreamOperatorTestHarness<String, Routed, RuleInput, MatchOutput> harness,
      String document,
      PublicationStatus status,
      long fromMs)
      throws Exception {
    harness.processElement2(
        new StreamRecord<>(RuleInput.of(MatchFixture.publication(document, status, fromMs))));
  }

  private static void send(
      KeyedTwoInputStreamOperatorTestHarness<String, Routed, RuleInput, MatchOutput> harness,
      Routed routed)
      throws Exception {
    harness.processElement1(new StreamRecord<>(routed));
  }

  private static void watermark(
      KeyedTwoInputStreamOperatorTestHarness<String, Routed, RuleInput, MatchOutput> harness,
      long timeMs)
      throws Exception {
    harness.processWatermark1(new Watermark(timeMs));
    harness.processWatermark2(new Watermark(timeMs));
  }
}
