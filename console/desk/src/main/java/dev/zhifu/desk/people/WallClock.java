package dev.zhifu.desk.people;

import java.time.Instant;
import java.util.function.Supplier;

/**
 * The wall clock, read here alone. Sessions, the patience of a person who waits for an answer and
 * the two minutes of the second person run on it: they are about people in front of this console
 * and go on when the city's clock stands still. Every legal term and every act's time counts ticks.
 */
@FunctionalInterface
public interface WallClock extends Supplier<Instant> {
  /** The machine's. */
  static WallClock machine() {
    return Instant::now;
  }
}
