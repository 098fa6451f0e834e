package dev.zhifu.jobs.io;

import dev.zhifu.jobs.flow.Ingested;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.TimestampAssigner;
import org.apache.flink.api.common.eventtime.TimestampAssignerSupplier;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;

/**
 * Bounded disorder per partition: the watermark stays {@code lateness} behind the newest event. A
 * heartbeat moves it at once, so that a quiet partition whose writer is alive holds nobody back; a
 * dead letter never moves it.
 */
public final class EventWatermarks implements WatermarkStrategy<Ingested> {
  private static final long serialVersionUID = 1L;

  private final long latenessMs;

  public EventWatermarks(Duration lateness) {
    this.latenessMs = lateness.toMillis();
  }

  @Override
  public WatermarkGenerator<Ingested> createWatermarkGenerator(
      WatermarkGeneratorSupplier.Context context) {
    return new Generator(latenessMs);
  }

  @Override
  public TimestampAssigner<Ingested> createTimestampAssigner(
      TimestampAssignerSupplier.Context context) {
    return (ingested, recordTimestamp) ->
        ingested.eventTimeMs() == Long.MIN_VALUE ? recordTimestamp : ingested.eventTimeMs();
  }

  private static final class Generator implements WatermarkGenerator<Ingested> {
    private final long latenessMs;
    private long newest = Long.MIN_VALUE;
    private long emitted = Long.MIN_VALUE;

    Generator(long latenessMs) {
      this.latenessMs = latenessMs;
    }

    @Override
    public void onEvent(Ingested ingested, long timestamp, WatermarkOutput output) {
      newest = Math.max(newest, ingested.eventTimeMs());
      if (ingested.event() == null && ingested.deadLetter() == null) {
        onPeriodicEmit(output);
      }
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
      if (newest == Long.MIN_VALUE) {
        return;
      }
      long watermark = newest - latenessMs - 1;
      if (watermark > emitted) {
        emitted = watermark;
        output.emitWatermark(new Watermark(watermark));
      }
    }
  }
}
