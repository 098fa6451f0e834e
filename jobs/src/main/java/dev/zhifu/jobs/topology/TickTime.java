package dev.zhifu.jobs.topology;

import dev.zhifu.jobs.orders.OrderControl;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;

/**
 * Watermarks of the clock: each tick is one, behind the tick itself; a filled tick never sets the
 * clock back.
 */
final class TickTime {
  private TickTime() {}

  static WatermarkStrategy<OrderControl> ofTicks() {
    return WatermarkStrategy.<OrderControl>forGenerator(context -> new Ascending())
        .withTimestampAssigner(
            (control, previous) ->
                control.tick() == null ? 0L : control.tick().getAt().toEpochMilli());
  }

  private static final class Ascending implements WatermarkGenerator<OrderControl> {
    private long newest = Long.MIN_VALUE;

    @Override
    public void onEvent(OrderControl control, long timestamp, WatermarkOutput output) {
      if (control.tick() != null && timestamp > newest) {
        newest = timestamp;
        output.emitWatermark(new Watermark(timestamp));
      }
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
      // A clock that stands still moves nothing.
    }
  }
}
