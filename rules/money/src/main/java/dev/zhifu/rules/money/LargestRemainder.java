package dev.zhifu.rules.money;

import java.math.BigInteger;

/**
 * Splits whole fen by weights so that the parts add up exactly: every part is rounded down, and the
 * fen left over go one each to the largest remainders. Equal remainders are served by larger
 * weight, then by place in the list.
 */
public final class LargestRemainder {
  private LargestRemainder() {}

  /**
   * Splits {@code amount} in the ratio of {@code weights}.
   *
   * @param amount what is split, 0 to the sum of the weights
   * @param weights ratio, none below 0
   * @param total sum of the weights, above 0 unless {@code amount} is 0
   * @return parts that add up to {@code amount}, none above its weight
   * @throws IllegalArgumentException when the amount is outside 0 to total
   */
  public static long[] split(long amount, long[] weights, long total) {
    if (amount < 0 || amount > total) {
      throw new IllegalArgumentException(
          "Splitting " + amount + " fen by weights of " + total + "; it must be 0 to " + total);
    }
    return amount == 0 ? new long[weights.length] : share(amount, weights, total);
  }

  /** As {@link #split}, for an amount that may be above the sum of the weights. */
  public static long[] share(long amount, long[] weights, long total) {
    int n = weights.length;
    long[] parts = new long[n];
    long[] remainders = new long[n];
    long given = 0;
    for (int i = 0; i < n; i++) {
      if (weights[i] == 0) {
        continue;
      }
      long product = amount * weights[i];
      if (Math.multiplyHigh(amount, weights[i]) == 0 && product >= 0) {
        parts[i] = product / total;
        remainders[i] = product % total;
      } else {
        BigInteger[] exact =
            BigInteger.valueOf(amount)
                .multiply(BigInteger.valueOf(weights[i]))
                .divideAndRemainder(BigInteger.valueOf(total));
        parts[i] = exact[0].longValueExact();
        remainders[i] = exact[1].longValueExact();
      }
      given += parts[i];
    }
    for (long left = amount - given; left > 0; left--) {
      int best = -1;
      for (int i = 0; i < n; i++) {
        if (remainders[i] > 0
            && (best < 0
                || remainders[i] > remainders[best]
                || remainders[i] == remainders[best] && weights[i] > weights[best])) {
          best = i;
        }
      }
      parts[best]++;
      remainders[best] = 0;
    }
    return parts;
  }
}
