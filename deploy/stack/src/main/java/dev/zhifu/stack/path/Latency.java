package dev.zhifu.stack.path;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * Latencies of one kind of output, from the planned sending of the cause: in whole milliseconds
 * where a broker's append time ends them, in microseconds where we see the end ourselves. Shown in
 * milliseconds. Not for several threads.
 */
public final class Latency {
  private static final double P50 = 50;
  private static final double P99 = 99;
  private static final double P999 = 99.9;
  private static final double[] CURVE = {
    0, 10, 25, 50, 75, 90, 95, 99, 99.5, 99.9, 99.95, 99.99, 100
  };

  private static final double MICROS = 1_000;

  private final Histogram histogram = new Histogram(3);
  private final double aMilli;
  private long negative;

  private Latency(double aMilli) {
    this.aMilli = aMilli;
  }

  /** None yet, of whole milliseconds. */
  static Latency inMillis() {
    return new Latency(1);
  }

  /** None yet, of microseconds. */
  public static Latency inMicros() {
    return new Latency(MICROS);
  }

  /** Takes one; the clock's grain can make an immediate answer seem a millisecond early. */
  public void add(long value) {
    if (value < 0) {
      negative++;
    }
    histogram.recordValue(Math.max(0, value));
  }

  long count() {
    return histogram.getTotalCount();
  }

  double p99() {
    return histogram.getValueAtPercentile(P99) / aMilli;
  }

  private Number shown(long value) {
    // Not a conditional expression: that would make a whole number a fraction.
    if (aMilli > 1) {
      return value / aMilli;
    }
    return value;
  }

  /** p50, p99, p999, max and count; all but the count null when there is nothing. */
  public Map<String, Object> row() {
    Map<String, Object> row = new LinkedHashMap<>();
    boolean any = count() > 0;
    row.put("p50", any ? shown(histogram.getValueAtPercentile(P50)) : null);
    row.put("p99", any ? shown(histogram.getValueAtPercentile(P99)) : null);
    row.put("p999", any ? shown(histogram.getValueAtPercentile(P999)) : null);
    row.put("max", any ? shown(histogram.getMaxValue()) : null);
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
      curve.add(List.of(percentile, shown(histogram.getValueAtPercentile(percentile))));
    }
    return curve;
  }
}
