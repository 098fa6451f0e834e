package dev.zhifu.jobs.backtest;

import java.util.Arrays;

/**
 * A 95 % interval.
 *
 * @param low 2.5th percentile
 * @param high 97.5th percentile
 */
record Interval(double low, double high) {

  /**
   * Of resampled values; those that a resample could not tell are NaN and left out.
   *
   * @return null when more than half of them could not be told
   */
  static Interval of(double[] values) {
    double[] told = Arrays.stream(values).filter(value -> !Double.isNaN(value)).sorted().toArray();
    if (told.length == 0 || told.length * 2 < values.length) {
      return null;
    }
    return new Interval(percentile(told, 0.025), percentile(told, 0.975));
  }

  private static double percentile(double[] sorted, double share) {
    return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
  }
}
