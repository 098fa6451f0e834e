package dev.zhifu.rules.money;

import java.util.Arrays;

/**
 * How much of one movement is one claim's money: by FIFO, by pro rata, and between which bounds.
 *
 * <p>Each of the two accounts is kept by slots. Slot 0 is money that lay on the paying account
 * before the instant of the movement; slot n is money that arrived on it in the very same instant,
 * itself of slot n−1. Money may so pass through {@link #LAYERS}−1 accounts in one instant; what
 * goes on after that lies in the last slot and is followed no further. This is what makes circles
 * of equal times end (ADR-0091).
 */
public final class Share {
  /** Slots that are followed. */
  public static final int LAYERS = 4;

  /** Slots in all. */
  public static final int SLOTS = LAYERS + 1;

  /** None of it. */
  public static final Share NONE = new Share(new long[SLOTS], new long[SLOTS], 0, 0, false);

  private final long[] fifo;
  private final long[] proRata;
  private final long low;
  private final long high;
  private final boolean ambiguous;

  Share(long[] fifo, long[] proRata, long low, long high, boolean ambiguous) {
    this.fifo = fifo;
    this.proRata = proRata;
    this.low = low;
    this.high = high;
    this.ambiguous = ambiguous;
  }

  /** All of it, beyond doubt. */
  public static Share all(long fen) {
    return both(fen, fen);
  }

  /** So much by FIFO and so much by pro rata, of slot 0. */
  public static Share both(long fifo, long proRata) {
    long[] first = new long[SLOTS];
    long[] second = new long[SLOTS];
    first[0] = fifo;
    second[0] = proRata;
    return new Share(first, second, Math.min(fifo, proRata), Math.max(fifo, proRata), false);
  }

  /**
   * A share as it travels.
   *
   * @throws IllegalArgumentException when it has another number of slots, an amount below 0, or
   *     bounds that do not hold the amounts
   */
  public static Share of(long[] fifo, long[] proRata, long low, long high, boolean ambiguous) {
    Share share = new Share(fifo.clone(), proRata.clone(), low, high, ambiguous);
    if (fifo.length != SLOTS || proRata.length != SLOTS) {
      throw new IllegalArgumentException(
          "A share has " + fifo.length + " slots; it must have " + SLOTS);
    }
    for (int i = 0; i < SLOTS; i++) {
      if (fifo[i] < 0 || proRata[i] < 0) {
        throw new IllegalArgumentException("A share holds an amount below 0: " + share);
      }
    }
    if (low > Math.min(share.fifo(), share.proRata())
        || high < Math.max(share.fifo(), share.proRata())
        || low < 0) {
      throw new IllegalArgumentException("Bounds of a share do not hold its amounts: " + share);
    }
    return share;
  }

  /** By FIFO: the oldest money leaves first, fen. */
  public long fifo() {
    return sum(fifo);
  }

  /** By pro rata: every debit takes of all money in the ratio of the balance, fen. */
  public long proRata() {
    return sum(proRata);
  }

  /** By FIFO, in one slot. */
  public long fifo(int slot) {
    return fifo[slot];
  }

  /** By pro rata, in one slot. */
  public long proRata(int slot) {
    return proRata[slot];
  }

  /** What is followed of it: all but the last slot. */
  public Share onward() {
    return upTo(LAYERS);
  }

  /**
   * What counts of it in a transfer that a victim has reported: what lay on the paying account
   * before the instant. Money that only came in the very same instant gives way to the report
   * (ADR-0143).
   */
  public Share besideALoss() {
    return upTo(1);
  }

  private Share upTo(int slots) {
    long[] first = Arrays.copyOf(Arrays.copyOf(fifo, slots), SLOTS);
    long[] second = Arrays.copyOf(Arrays.copyOf(proRata, slots), SLOTS);
    return Arrays.equals(first, fifo) && Arrays.equals(second, proRata)
        ? this
        : new Share(
            first, second, Math.min(low, Math.min(sum(first), sum(second))), high, ambiguous);
  }

  /** Not less than this under any order that the bank may have booked in, fen. */
  public long low() {
    return low;
  }

  /** Not more than this under any order that the bank may have booked in, fen. */
  public long high() {
    return high;
  }

  /** True when it rests on an order that no bank gave. */
  public boolean ambiguous() {
    return ambiguous;
  }

  /** True when nothing of it can be the claim's. */
  public boolean isNone() {
    return high == 0;
  }

  /** True when one of the two accounts puts some of the claim's money here. */
  public boolean isTraced() {
    return fifo() > 0 || proRata() > 0;
  }

  private static long sum(long[] layers) {
    long sum = 0;
    for (long layer : layers) {
      sum += layer;
    }
    return sum;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Share share
        && low == share.low
        && high == share.high
        && ambiguous == share.ambiguous
        && Arrays.equals(fifo, share.fifo)
        && Arrays.equals(proRata, share.proRata);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(fifo) * 31 + Arrays.hashCode(proRata) + Long.hashCode(low ^ high);
  }

  @Override
  public String toString() {
    return "fifo "
        + Arrays.toString(fifo)
        + " pro rata "
        + Arrays.toString(proRata)
        + " within "
        + low
        + " to "
        + high
        + (ambiguous ? ", ambiguous" : "");
  }
}
