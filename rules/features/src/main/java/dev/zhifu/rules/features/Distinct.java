package dev.zhifu.rules.features;

import java.util.Arrays;

/** Counts among the first {@code n} of an array; sorts it, for it is scratch. */
final class Distinct {
  private Distinct() {}

  /** How many different values there are, {@link Hash64#NONE} not counted. */
  static long count(long[] values, int n) {
    Arrays.sort(values, 0, n);
    long count = 0;
    for (int i = 0; i < n; i++) {
      if (values[i] != Hash64.NONE && (i == 0 || values[i] != values[i - 1])) {
        count++;
      }
    }
    return count;
  }

  /** How often the most frequent value occurs; 0 when {@code n} is 0. */
  static int mostFrequent(long[] values, int n) {
    Arrays.sort(values, 0, n);
    int most = 0;
    int run = 0;
    for (int i = 0; i < n; i++) {
      run = i > 0 && values[i] == values[i - 1] ? run + 1 : 1;
      most = Math.max(most, run);
    }
    return most;
  }
}
