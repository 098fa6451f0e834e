package dev.zhifu.rules.features;

/**
 * Counts among a few hundred numbers, again and again without making garbage: an open table that is
 * emptied by raising a stamp. One thread.
 */
final class Distinct {
  private final long[] keys;
  private final int[] counts;
  private final int[] stamps;
  private final int mask;
  private int stamp;
  private int distinct;
  private int most;

  /** A counter for at most {@code limit} different numbers at a time. */
  Distinct(int limit) {
    int size = Integer.highestOneBit(Math.max(2, limit)) * 4;
    keys = new long[size];
    counts = new int[size];
    stamps = new int[size];
    mask = size - 1;
  }

  /** Begins anew. */
  Distinct clear() {
    stamp++;
    distinct = 0;
    most = 0;
    return this;
  }

  /** Counts one number. */
  void add(long value) {
    int at = (int) Hash64.add(0, value) & mask;
    while (stamps[at] == stamp && keys[at] != value) {
      at = (at + 1) & mask;
    }
    if (stamps[at] != stamp) {
      stamps[at] = stamp;
      keys[at] = value;
      counts[at] = 0;
      distinct++;
    }
    most = Math.max(most, ++counts[at]);
  }

  /** Counts a token's hash unless it is {@link Hash64#NONE}. */
  void addToken(long hash) {
    if (hash != Hash64.NONE) {
      add(hash);
    }
  }

  /** How many different numbers there were. */
  long distinct() {
    return distinct;
  }

  /** How often the most frequent one came; 0 when there was none. */
  int mostFrequent() {
    return most;
  }
}
