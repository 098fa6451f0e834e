package dev.zhifu.jobs.io;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.TwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class StandingTimeTest {
  @Test
  void timeStandsWhileNothingIsHeardAndGoesOnAfterwards() throws Exception {
    try (var standing = new OneInputStreamOperatorTestHarness<>(new StandingTime())) {
      standing.open();
      standing.processWatermark(1_000);
      standing.processWatermarkStatus(WatermarkStatus.IDLE);
      assertThat(standing.getOutput()).containsExactly(new Watermark(1_000));

      standing.processWatermarkStatus(WatermarkStatus.ACTIVE);
      standing.processWatermark(2_000);
      assertThat(standing.getOutput()).containsExactly(new Watermark(1_000), new Watermark(2_000));
    }
  }

  @Test
  void decisionsAreWaitedForWhileSomethingIsHeardAndNotBeforeItIsDecidedOn() throws Exception {
    try (var decided = new TwoInputStreamOperatorTestHarness<>(new WhileHeard())) {
      decided.open();
      decided.processWatermark2(new Watermark(2_000));
      assertThat(decided.getOutput()).as("heard, not decided").isEmpty();

      decided.processWatermark1(new Watermark(1_000));
      decided.processElement2(new StreamRecord<>(new SourceStatus("all", true)));
      decided.processElement2(new StreamRecord<>(new SourceStatus("all", false)));
      assertThat(decided.getOutput())
          .containsExactly(new Watermark(1_000), WatermarkStatus.IDLE, WatermarkStatus.ACTIVE);
    }
  }
}
