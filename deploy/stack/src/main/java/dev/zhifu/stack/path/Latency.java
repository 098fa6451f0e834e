package dev.zhifu.stack.path;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * Latencies of one kind of output, milliseconds from the planned sending of the cause to the
 * broker's append time. Not for several threads.
 */
final class Latency {
  private static final double P50 = 50;
  private static final double P99 = 99;
  private static final double P999 = 99.9;
  private static final double[] CURVE = {
    0, 10, 25, 50, 75, 90, 95, 99, 99.5, 99.9, 99.95, 99.99, 100
  };

  private final Histogram histogram = new Histogram(3);
  private long negative;

  /** Takes one; the clock's grain can make an immediate answer seem a millisecond early. */
  void add(long millis) {
    if (millis < 0) {
      negative++;
    }
    histogram.recordValue(Math.max(0, millis));
  }

  long count() {
    return histogram.getTotalCount();
  }

  double p99() {
    return histogram.getValueAtPercentile(P99);
  }

  /** p50, p99, p999, max and count; all but the count null when there is nothing. */
  Map<String, Object> row() {
    Map<String, Object> row = new LinkedHashMap<>();
    boolean any = count() > 0;
    row.put("p50", any ? histogram.getValueAtPercentile(P50) : null);
    row.put("p99", any ? histogram.getValueAtPercentile(P99) : null);
    row.put("p999", any ? histogram.getValueAtPercentile(P999) : null);
    row.put("max", any ? histogram.getMaxValue() : null);
    row.put("count", count());
    if (negative > 0) {
      row.put("belowZero", negative);
    }
    if (any) {
      row.put("curve", curve());
    }
    return row;
  }

  private List<List<Number>> curve() {
    List<List<Number>> curve = new ArrayList<>();
    for (double percentile : CURVE) {
      curve.add(List.of(percentile, histogram.getValueAtPercentile(percentile)));
    }
    return curve;
  }
}
