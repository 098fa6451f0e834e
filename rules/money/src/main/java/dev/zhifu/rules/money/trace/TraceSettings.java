package dev.zhifu.rules.money.trace;

/**
 * How far money is followed. Reaching a limit shows as the {@link End} of the transfer. All values
 * are engineering defaults that no law gives.
 *
 * @param deepest most transfers from the victim
 * @param broadest most transfers followed out of one account for one claim, the first in time
 * @param leastFen least claimed money in a transfer that is followed
 * @param leastShare least part of the victim's loss in a transfer that is followed, 0 to 1
 * @param longestDwellMs longest time that money lay before a transfer that is followed
 * @param matchToleranceMs how far a victim's word may be from the bank's time
 * @param upstreamMs how far from a loss other victims of the same account are looked for
 * @param upstreamLeastFen least amount of a transfer that another victim may have made
 */
public record TraceSettings(
    int deepest,
    int broadest,
    long leastFen,
    double leastShare,
    long longestDwellMs,
    long matchToleranceMs,
    long upstreamMs,
    long upstreamLeastFen) {
  private static final long MINUTE = 60_000L;
  private static final long HOUR = 60 * MINUTE;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException naming the setting that is out of range
   */
  public TraceSettings {
    check("deepest", deepest, 1, 64);
    check("broadest", broadest, 1, 100_000);
    check("leastFen", leastFen, 0, Long.MAX_VALUE);
    check("longestDwellMs", longestDwellMs, 0, Long.MAX_VALUE);
    check("matchToleranceMs", matchToleranceMs, 0, 24 * HOUR);
    check("upstreamMs", upstreamMs, 0, Long.MAX_VALUE);
    check("upstreamLeastFen", upstreamLeastFen, 1, Long.MAX_VALUE);
    if (!(leastShare >= 0 && leastShare <= 1)) {
      throw new IllegalArgumentException(
          "Trace setting leastShare is " + leastShare + "; it must be 0 to 1");
    }
  }

  /** Level 12, 200 transfers of an account, 1,000 yuan and 1 %, 72 hours. */
  public static TraceSettings defaults() {
    return new TraceSettings(12, 200, 100_000, 0.01, 72 * HOUR, 10 * MINUTE, 72 * HOUR, 10_000);
  }

  /** Follows everything. */
  public static TraceSettings everything() {
    return new TraceSettings(64, 100_000, 0, 0, Long.MAX_VALUE, 10 * MINUTE, 72 * HOUR, 1);
  }

  /** Least claimed money in a transfer that is followed, for a loss. */
  long leastFor(long lossFen) {
    return Math.max(leastFen, (long) Math.ceil(lossFen * leastShare));
  }

  private static void check(String name, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "Trace setting " + name + " is " + value + "; it must be " + least + " to " + most);
    }
  }
}
