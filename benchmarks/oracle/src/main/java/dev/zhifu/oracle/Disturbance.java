package dev.zhifu.oracle;

/**
 * What is done to a history. All but the first two come with late events too in four histories of
 * five.
 */
enum Disturbance {
  /** In order, at different times, once each. */
  NONE(2, false),
  /** Shuffled within a bound; a few events come later than any watermark waits. */
  LATE(2, false),
  /** Some events come again, at once, later, or after their time was decided. */
  DUPLICATE(3, true),
  /** Many events share a time, some with serials. */
  TIED(2, true),
  /** Events exactly at the end of a window, or one millisecond beside it. */
  WINDOW_EDGE(5, true),
  /** A snapshot at one point, a failure at a later one, and everything since once more. */
  RESTORE(4, true),
  /** The key is dropped from memory and read from its store again, at random. */
  EVICTION(3, true);

  private final int share;
  private final boolean alsoLate;

  Disturbance(int share, boolean alsoLate) {
    this.share = share;
    this.alsoLate = alsoLate;
  }

  /** Histories of this kind in one trial: more where fewer of them see a hit taken back. */
  int share() {
    return share;
  }

  boolean mayAlsoBeLate() {
    return alsoLate;
  }
}
