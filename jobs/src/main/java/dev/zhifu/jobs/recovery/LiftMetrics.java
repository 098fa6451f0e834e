package dev.zhifu.jobs.recovery;

import dev.zhifu.wire.OrderChannel;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/**
 * How long banks take from the decision to lift to the lift, by channel: {@code
 * lifts.CHANNEL.confirmed} counts, {@code lifts.CHANNEL.seconds} sums, {@code
 * lifts.CHANNEL.longestSeconds} is the longest since the task began. Read back after a failure, an
 * answer may count twice; it is a measure and decides nothing.
 */
final class LiftMetrics {
  private final Map<OrderChannel, Line> lines = new EnumMap<>(OrderChannel.class);

  LiftMetrics(MetricGroup parent) {
    MetricGroup group = parent.addGroup("lifts");
    for (OrderChannel channel : OrderChannel.values()) {
      lines.put(channel, new Line(group.addGroup(channel.name())));
    }
  }

  /**
   * @param took from the decision to the lift, not below 0
   */
  void lifted(OrderChannel channel, Duration took) {
    Line line = lines.get(channel);
    line.confirmed.inc();
    line.seconds.inc(took.toSeconds());
    line.longestSeconds = Math.max(line.longestSeconds, took.toSeconds());
  }

  private static final class Line {
    private final Counter confirmed;
    private final Counter seconds;
    private volatile long longestSeconds;

    Line(MetricGroup group) {
      confirmed = group.counter("confirmed");
      seconds = group.counter("seconds");
      group.gauge("longestSeconds", (Gauge<Long>) () -> longestSeconds);
    }
  }
}
