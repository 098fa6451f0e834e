package dev.zhifu.stack.path;

import java.util.concurrent.locks.LockSupport;

/**
 * When each event of a steady stream is to be sent, whatever became of those before it: a sender
 * that falls behind sends late and the lateness counts.
 *
 * @param startNanos moment of event 0, by {@link System#nanoTime}
 * @param startMs the same moment, UTC milliseconds
 * @param perSecond events a second, above 0
 */
public record Schedule(long startNanos, long startMs, double perSecond) {
  private static final double NANOS = 1e9;
  private static final long NANOS_A_MS = 1_000_000;
  private static final long LEAD_NANOS = 20_000_000;
  private static final long SPIN_NANOS = 60_000;

  /**
   * One that begins in a moment, with a full millisecond of the wall clock, so that planned times
   * lie on its own grid.
   */
  public static Schedule soon(double perSecond) {
    // Wall clock on purpose: planned times are compared with the broker's append times.
    long before = System.currentTimeMillis();
    long now = before;
    while (now == before) {
      Thread.onSpinWait();
      now = System.currentTimeMillis();
    }
    return new Schedule(System.nanoTime() + LEAD_NANOS, now + LEAD_NANOS / NANOS_A_MS, perSecond);
  }

  /**
   * Waits for the planned moment of the event with this number; returns at once when it is past.
   */
  public void await(long number) {
    long nanos = nanos(number);
    for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
      if (left > SPIN_NANOS) {
        LockSupport.parkNanos(left - SPIN_NANOS);
      } else {
        Thread.onSpinWait();
      }
    }
  }

  /** Planned moment of the event with this number, by {@link System#nanoTime}. */
  public long nanos(long number) {
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
