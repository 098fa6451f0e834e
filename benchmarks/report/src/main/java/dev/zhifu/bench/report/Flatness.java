package dev.zhifu.bench.report;

import java.util.List;

/**
 * Whether something that was looked at each minute stays as it is. The rule: over the second half
 * of the samples a straight line is laid by least squares; what it gains from one end of that half
 * to the other is at most {@value #MOST} of the half's mean, or at most the stated grain.
 *
 * @param growth what the line gains over the second half, as a share of its mean; NaN for fewer
 *     than four samples
 * @param flat true when that is little enough
 */
public record Flatness(double growth, boolean flat) {
  /** Most growth over the second half, as a share. */
  public static final double MOST = 0.1;

  private static final int LEAST = 4;

  /**
   * Judges samples taken at equal distances.
   *
   * @param grain growth in the samples' own unit that never counts: what one table file or one
   *     collection makes
   */
  public static Flatness of(List<Double> samples, double grain) {
    if (samples.size() < LEAST) {
      return new Flatness(Double.NaN, false);
    }
    List<Double> half = samples.subList(samples.size() / 2, samples.size());
    double mean = half.stream().mapToDouble(one -> one).average().orElse(0);
    double middle = (half.size() - 1) / 2.0;
    double above = 0;
    double below = 0;
    for (int i = 0; i < half.size(); i++) {
      above += (i - middle) * (half.get(i) - mean);
      below += (i - middle) * (i - middle);
    }
    double gained = below == 0 ? 0 : above / below * (half.size() - 1);
    double growth = mean == 0 ? 0 : gained / mean;
    return new Flatness(growth, growth <= MOST || gained <= grain);
  }
}
