package dev.zhifu.rules.features;

/**
 * Tells of a hash whether it may be among many, without going through them: of a busy shop's
 * thousand ids nearly every event asks for one that is not there. It may say yes for one that is
 * not or no longer among them, never no for one that is. Not part of state.
 */
final class SeenIds {
  /** Up to so many, going through them is as good. */
  static final int FEW = 32;

  private static final int BITS_PER_ID = 16;

  private final long[] bits;
  private int room;

  private SeenIds(int ids) {
    int most = Integer.highestOneBit(2 * ids);
    bits = new long[most * BITS_PER_ID / Long.SIZE];
    room = most;
  }

  /** Made from the column of a list. */
  static SeenIds of(TimedRows rows, int column) {
    SeenIds seen = new SeenIds(rows.size());
    for (int row = 0; row < rows.size(); row++) {
      seen.add(rows.value(row, column));
    }
    return seen;
  }

  void add(long id) {
    bits[word(id)] |= mask(id);
    room--;
  }

  boolean mayHold(long id) {
    long mask = mask(id);
    return (bits[word(id)] & mask) == mask;
  }

  /** True when so many were added that it says yes too often: make it anew. */
  boolean isFull() {
    return room < 0;
  }

  private int word(long id) {
    return (int) (id >>> 32) & bits.length - 1;
  }

  /** Two bits of one word, so that one look is enough. */
  private static long mask(long id) {
    return 1L << (id & 63) | 1L << (id >>> 6 & 63);
  }
}
