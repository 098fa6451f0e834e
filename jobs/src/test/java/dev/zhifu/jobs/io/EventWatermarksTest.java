package dev.zhifu.jobs.io;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.jobs.flow.Ingested;
import dev.zhifu.schemas.events.EnrichedEvents;
import dev.zhifu.wire.DeadLetter;
import dev.zhifu.wire.DeadLetterReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.junit.jupiter.api.Test;

class EventWatermarksTest {
  private static final long T0 = Wire.T0.toEpochMilli();
  private static final long LATENESS = 5_000;

  private final List<Long> watermarks = new ArrayList<>();
  private final EventWatermarks strategy = new EventWatermarks(Duration.ofMillis(LATENESS));
  private final WatermarkGenerator<Ingested> generator = strategy.createWatermarkGenerator(null);
  private final WatermarkOutput output =
      new WatermarkOutput() {
        @Override
        public void emitWatermark(Watermark watermark) {
          watermarks.add(watermark.getTimestamp());
        }

        @Override
        public void markIdle() {}

        @Override
        public void markActive() {}
      };

  @Test
  void theWatermarkStaysBehindTheNewestEvent() {
    take(event(T0));
    take(event(T0 - 1_000));
    generator.onPeriodicEmit(output);

    assertThat(watermarks).containsExactly(T0 - LATENESS - 1);
  }

  @Test
  void nothingIsSaidTwice() {
    take(event(T0));
    generator.onPeriodicEmit(output);
    generator.onPeriodicEmit(output);

    assertThat(watermarks).hasSize(1);
  }

  @Test
  void aHeartbeatMovesItAtOnce() {
    take(new Ingested(null, null, T0));

    assertThat(watermarks).containsExactly(T0 - LATENESS - 1);
  }

  @Test
  void aHeartbeatOfThePastNeverSetsItBack() {
    take(new Ingested(null, null, T0));
    take(new Ingested(null, null, T0 - 60_000));

    assertThat(watermarks).hasSize(1);
  }

  @Test
  void aDeadLetterNeverMovesIt() {
    take(new Ingested(null, deadLetter(), Long.MIN_VALUE));
    generator.onPeriodicEmit(output);
    take(event(T0));
    take(new Ingested(null, deadLetter(), Long.MIN_VALUE));
    generator.onPeriodicEmit(output);

    assertThat(watermarks).containsExactly(T0 - LATENESS - 1);
  }

  @Test
  void aDeadLetterHasTheTimeOfItsKafkaRecord() {
    var assigner = strategy.createTimestampAssigner(null);

    assertThat(assigner.extractTimestamp(new Ingested(null, deadLetter(), Long.MIN_VALUE), 77))
        .isEqualTo(77);
    assertThat(assigner.extractTimestamp(event(T0), 77)).isEqualTo(T0);
  }

  private void take(Ingested ingested) {
    generator.onEvent(ingested, 0, output);
  }

  private static Ingested event(long atMs) {
    return new Ingested(EnrichedEvents.of(Wire.transfer("t1")), null, atMs);
  }

  private static DeadLetter deadLetter() {
    return DeadLetters.of(
        Wire.raw("bank.transactions", 1, Wire.GARBAGE), DeadLetterReason.UNDECODABLE, "no");
  }
}
