package dev.zhifu.stack.demo;

import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Maps city time to the wall clock: at a speed of n, n city seconds pass in one; at 0 nothing is
 * waited for.
 */
final class Pace {
  private final double speed;
  private long cityStartMs;
  private long wallStartMs;
  private long wallStartNanos;

  Pace(double speed) {
    this.speed = speed;
  }

  /** From now on {@code at} is this moment. */
  void startAt(Instant at) {
    cityStartMs = at.toEpochMilli();
    wallStartMs = System.currentTimeMillis();
    wallStartNanos = System.nanoTime();
  }

  /**
   * Waits until {@code at} is due; answers the wall time, UTC milliseconds, at which it was due.
   */
  long plan(Instant at) {
    if (speed <= 0 || wallStartNanos == 0) {
      return System.currentTimeMillis();
    }
    long dueMs = Math.max(0, (long) ((at.toEpochMilli() - cityStartMs) / speed));
    long dueNanos = wallStartNanos + TimeUnit.MILLISECONDS.toNanos(dueMs);
    for (long left = dueNanos - System.nanoTime(); left > 0; left = dueNanos - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
    return wallStartMs + dueMs;
  }
}
