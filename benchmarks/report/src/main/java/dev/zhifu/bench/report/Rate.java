package dev.zhifu.bench.report;

/**
 * A figure with its 95 % interval.
 *
 * @param value the figure; NaN when there is nothing to count
 * @param low lower end
 * @param high upper end
 */
public record Rate(double value, double low, double high) {
  /** Two-sided 95 % of the normal distribution. */
  private static final double Z = 1.959964;

  /** A share, with Wilson's interval. */
  public static Rate share(long hits, long of) {
    if (of == 0) {
      return new Rate(Double.NaN, 0, 1);
    }
    double p = hits / (double) of;
    double z2 = Z * Z;
    double middle = (p + z2 / (2.0 * of)) / (1 + z2 / of);
    double half = Z * Math.sqrt(p * (1 - p) / of + z2 / (4.0 * of * of)) / (1 + z2 / of);
    return new Rate(p, Math.max(0, middle - half), Math.min(1, middle + half));
  }

  /**
   * A count of rare events, with Byar's interval of a Poisson count, times a factor.
   *
   * @param count events counted
   * @param factor how much each stands for
   */
  public static Rate count(long count, double factor) {
    double low = 0;
    if (count > 0) {
      double base = 1 - 1 / (9.0 * count) - Z / (3 * Math.sqrt(count));
      low = count * base * base * base;
    }
    double next = count + 1;
    double base = 1 - 1 / (9 * next) + Z / (3 * Math.sqrt(next));
    return new Rate(count * factor, low * factor, next * base * base * base * factor);
  }

  /** The sum with a figure that was counted apart: its interval is as wide as both together. */
  public Rate plus(Rate other) {
    return new Rate(
        value + other.value,
        value + other.value - Math.hypot(value - low, other.value - other.low),
        value + other.value + Math.hypot(high - value, other.high - other.value));
  }
}
