package dev.zhifu.schemas.events;

import dev.zhifu.wire.ClockTick;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Tells a clock that ran from one that jumped. The clock writes one tick a second and numbers them
 * without gaps, its own restarts filled in; so between two ticks no more time may pass than there
 * are numbers between them, but for a small allowance. Ticks that are missing from the topic leave
 * a gap in the numbers too, and are no jump.
 *
 * <p>A jump is refused for good: the last good tick stands and every term waits, until a person has
 * set the clock right. Terms that end early because a clock was wrong cannot be taken back.
 *
 * @see <a href="../docs/adr/0023-a-clock-that-jumps-is-refused.md">ADR 0023</a>
 */
public final class TickGuard {
  /** Most time that may pass beyond one second a number: leap seconds and a slow writer. */
  public static final Duration ALLOWANCE = Duration.ofSeconds(60);

  /**
   * No topic keeps a longer stretch of ticks than a year's; a larger step in the numbers is wrong.
   */
  private static final long MOST_NUMBERS = Duration.ofDays(366).toSeconds();

  private static final long PERIOD_MS = 1_000;

  private long sequence;
  private long atMs;
  private boolean known;

  /**
   * @param last what {@link #last()} answered before a restart; empty at the first start
   */
  public TickGuard(List<Long> last) {
    if (last.size() == 2) {
      sequence = last.get(0);
      atMs = last.get(1);
      known = true;
    }
  }

  /** Number and time of the last good tick, or nothing before the first. */
  public List<Long> last() {
    return known ? List.of(sequence, atMs) : List.of();
  }

  /** Why a tick is a jump; empty when it is good, which it also is when read again. */
  public Optional<String> fault(ClockTick tick) {
    long nextMs = tick.getAt().toEpochMilli();
    if (known && nextMs > atMs && nextMs - atMs > mostMs(tick.getSequence())) {
      return Optional.of(words(tick));
    }
    if (!known || nextMs > atMs) {
      known = true;
      atMs = nextMs;
      sequence = tick.getSequence();
    }
    return Optional.empty();
  }

  private long mostMs(long nextSequence) {
    long numbers = Math.min(Math.max(0, nextSequence - sequence), MOST_NUMBERS);
    return numbers * PERIOD_MS + ALLOWANCE.toMillis();
  }

  private String words(ClockTick tick) {
    return "tick "
        + tick.getSequence()
        + " of "
        + tick.getWriter()
        + " says "
        + tick.getAt()
        + ", but the last good one was "
        + sequence
        + " at "
        + Instant.ofEpochMilli(atMs)
        + ": a clock writes one tick a second and may be at most "
        + ALLOWANCE.toSeconds()
        + " s ahead of its numbers. Every term waits. Set the clock right; if that time did pass, its"
        + " writer fills the gap second by second";
  }
}
