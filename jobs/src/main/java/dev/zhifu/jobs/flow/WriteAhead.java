package dev.zhifu.jobs.flow;

/**
 * How much of what a snapshot would write is written before it (ADR-0178). Real time on purpose: it
 * bounds what a watermark may cost and how long a snapshot holds events up; no result depends on
 * it.
 */
public final class WriteAhead {
  /**
   * How long what was touched rests before it is written, nanoseconds: a snapshot finds a second of
   * the stream to write, not all since the one before. Whoever is touched again and again is
   * written once a second by MATCH, by the snapshot alone in the feature steps (ADR-0181).
   */
  public static final long REST_NANOS = 1_000_000_000;

  /**
   * Most that goes into it behind one watermark, nanoseconds. Watermarks come every 50 ms: a
   * twelfth of a subtask's time, and nothing waits longer for it than this and one write.
   */
  public static final long MOST_NANOS = 4_000_000;

  private WriteAhead() {}

  /**
   * Whether it is time to write one more.
   *
   * @param touchedNanos when it was touched first since it was written
   * @param startedNanos when writing began behind this watermark
   * @param nowNanos all three as {@link System#nanoTime}
   */
  public static boolean goesOn(long touchedNanos, long startedNanos, long nowNanos) {
    return nowNanos - startedNanos < MOST_NANOS && nowNanos - touchedNanos >= REST_NANOS;
  }
}
