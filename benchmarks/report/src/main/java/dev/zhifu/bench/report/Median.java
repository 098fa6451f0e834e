package dev.zhifu.bench.report;

import java.util.List;

/** The middle of some values. */
final class Median {
  private Median() {}

  /** Of an even number the mean of the two in the middle; NaN of none. */
  static double of(List<Double> values) {
    if (values.isEmpty()) {
      return Double.NaN;
    }
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
