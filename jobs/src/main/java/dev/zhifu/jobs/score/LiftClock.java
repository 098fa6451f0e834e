package dev.zhifu.jobs.score;

import java.util.function.LongSupplier;

/**
 * The wall clock of one metric, {@code retractionToLiftMs}: when a retraction left MATCH, or a
 * verdict came into the job, and when the lift was said. No state and no output has it; everything
 * else goes by event time or ticks.
 */
public final class LiftClock {
  static final LongSupplier WALL = System::currentTimeMillis;

  private LiftClock() {}

  /** Milliseconds since 1970. */
  public static long now() {
    return WALL.getAsLong();
  }
}
