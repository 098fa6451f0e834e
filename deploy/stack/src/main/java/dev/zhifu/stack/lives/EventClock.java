package dev.zhifu.stack.lives;

import dev.zhifu.schemas.events.TickGuard;
import dev.zhifu.stack.broker.TopicReader;
import dev.zhifu.wire.ClockTick;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Where event time stands, from the newest ticks and from when the broker took them.
 *
 * @param at newest tick; null before the first
 * @param takenAt when the broker took it
 * @param speed event seconds a second; 1 in production
 */
public record EventClock(Instant at, Instant takenAt, double speed) {
  private static final int TICKS = 30;
  private static final double FAST = 1.5;
  private static final Duration SILENT = Duration.ofSeconds(5);

  /** Between the command and the last subtask. */
  private static final Duration LEAD = Duration.ofMillis(750);

  /** A city in its closed loop sends half a minute at once, ahead of its clock. */
  private static final Duration CITY_LEAD = Duration.ofSeconds(60);

  private record Seen(Instant at, Instant takenAt) {}

  /** Reads the clock's topic; what the engine turns away there, noise and leaps, does not count. */
  public static EventClock read(TopicReader reader) {
    Deque<Seen> newest = new ArrayDeque<>();
    TickGuard guard = new TickGuard(List.of());
    reader.scan(
        List.of("clock.ticks"),
        record -> {
          if (record.value() != null) {
            reader
                .readable(record, ClockTick.class)
                .filter(tick -> guard.fault(tick).isEmpty())
                .ifPresent(tick -> newest.addLast(new Seen(tick.getAt(), RuleArchive.at(record))));
          }
          if (newest.size() > TICKS) {
            newest.removeFirst();
          }
        });
    if (newest.isEmpty()) {
      return new EventClock(null, null, 1);
    }
    return new EventClock(newest.getLast().at(), newest.getLast().takenAt(), speed(newest));
  }

  private static double speed(Deque<Seen> newest) {
    Duration lived = Duration.between(newest.getFirst().at(), newest.getLast().at());
    Duration took = Duration.between(newest.getFirst().takenAt(), newest.getLast().takenAt());
    return newest.size() < 2 ? 1 : (double) lived.toMillis() / Math.max(1, took.toMillis());
  }

  /**
   * An event time that all subtasks will hear of before they reach it.
   *
   * @param now the wall clock
   */
  public Instant soon(Instant now) {
    Duration silence = Duration.between(takenAt, now);
    if (silence.compareTo(SILENT) > 0) {
      return at.plus(LEAD); // a clock that stands still goes on from where it stands
    }
    Instant present = at.plusMillis(Math.max(0, Math.round(silence.toMillis() * speed)));
    return speed < FAST
        ? present.plus(LEAD)
        : present.plus(CITY_LEAD).plusSeconds(Math.round(2 * speed));
  }
}
