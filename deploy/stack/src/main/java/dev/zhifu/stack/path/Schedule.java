package dev.zhifu.stack.path;

/**
 * When each event of a steady stream is to be sent, whatever became of those before it: a sender
 * that falls behind sends late and the lateness counts.
 *
 * @param startNanos moment of event 0, by {@link System#nanoTime}
 * @param startMs the same moment, UTC milliseconds
 * @param perSecond events a second, above 0
 */
record Schedule(long startNanos, long startMs, double perSecond) {
  private static final double NANOS = 1e9;
  private static final long NANOS_A_MS = 1_000_000;

  /** Planned moment of the event with this number, by {@link System#nanoTime}. */
  long nanos(long number) {
    return startNanos + offset(number);
  }

  /**
   * Planned moment of the event with this number, UTC, in whole milliseconds rounded down, as the
   * broker rounds its append time: the difference of both is right on the mean.
   */
  long ms(long number) {
    return startMs + offset(number) / NANOS_A_MS;
  }

  private long offset(long number) {
    return (long) (number * (NANOS / perSecond));
  }
}
