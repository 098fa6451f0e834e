package dev.zhifu.stack.lives;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Quantiles of what was measured, milliseconds. */
final class Quantiles {
  private Quantiles() {}

  /** p50, p99, max and count; all but the count null when there is nothing. */
  static Map<String, Object> of(List<Long> measured) {
    List<Long> sorted = measured.stream().sorted().toList();
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("p50", at(sorted, 0.5));
    result.put("p99", at(sorted, 0.99));
    result.put("max", at(sorted, 1));
    result.put("count", sorted.size());
    return result;
  }

  private static Long at(List<Long> sorted, double share) {
    return sorted.isEmpty()
        ? null
        : sorted.get(Math.max(0, (int) Math.ceil(share * sorted.size()) - 1));
  }
}
