package dev.zhifu.stack.demo;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Durations in milliseconds and their quantiles by nearest rank. Holds the newest {@value #MAX}.
 */
final class Latencies {
  private static final int MAX = 2_000_000;

  private long[] values = new long[64];
  private long count;

  void add(long millis) {
    int at = (int) (count % MAX);
    if (at >= values.length) {
      values = Arrays.copyOf(values, Math.min(MAX, values.length * 2));
    }
    values[at] = millis;
    count++;
  }

  /** How many were added. */
  long count() {
    return count;
  }

  /** p50, p99, p999, max and count; quantiles are null when there is nothing. */
  Map<String, Object> quantiles() {
    long[] sorted = Arrays.copyOf(values, (int) Math.min(count, MAX));
    Arrays.sort(sorted);
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("p50", quantile(sorted, 0.5));
    result.put("p99", quantile(sorted, 0.99));
    result.put("p999", quantile(sorted, 0.999));
    result.put("max", quantile(sorted, 1));
    result.put("count", count);
    return result;
  }

  private static Long quantile(long[] sorted, double share) {
    if (sorted.length == 0) {
      return null;
    }
    return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
  }
}
