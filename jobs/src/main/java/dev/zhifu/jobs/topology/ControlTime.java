package dev.zhifu.jobs.topology;

import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * Watermarks of streams that have no event time of their own to wait for: rules, lists, reports,
 * acts, receipts carry the greatest watermark from the start, so that they never hold back the bank
 * and telecom streams or the clock.
 */
final class ControlTime {
  private ControlTime() {}

  /** {@code stream} with the greatest watermark; upstream watermarks end here. */
  static <T> SingleOutputStreamOperator<T> unbound(DataStream<T> stream, String uid) {
    return stream
        .assignTimestampsAndWatermarks(
            WatermarkStrategy.<T>forGenerator(context -> new Greatest<>())
                .withTimestampAssigner((element, previous) -> 0L))
        .setBufferTimeout(DetectionTopology.AT_ONCE)
        .uid(uid)
        .name(uid);
  }

  private static final class Greatest<T> implements WatermarkGenerator<T> {
    @Override
    public void onEvent(T event, long timestamp, WatermarkOutput output) {
      output.emitWatermark(Watermark.MAX_WATERMARK);
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
      output.emitWatermark(Watermark.MAX_WATERMARK);
    }
  }
}
