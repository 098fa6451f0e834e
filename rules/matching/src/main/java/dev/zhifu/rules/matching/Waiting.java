package dev.zhifu.rules.matching;

import java.util.Arrays;
import java.util.BitSet;

/**
 * A decided event that begins matches of some rule versions and that none of them has been fed yet:
 * as long as nothing comes that can follow it, its time running out is all that can happen
 * (ADR-0110).
 */
final class Waiting {
  private final MatchEvent event;
  private final long untilMs;
  private int[] numbers;

  /** The versions by place, as of {@link #placedAt}. */
  private BitSet places;

  private int placedAt;

  /**
   * A waiting event.
   *
   * @param untilMs event time at which the last of its matches would die
   * @param numbers of the versions that wait
   */
  Waiting(MatchEvent event, long untilMs, int[] numbers) {
    this.event = event;
    this.untilMs = untilMs;
    this.numbers = numbers;
  }

  /** Lets an event wait for versions given by their places. */
  static Waiting of(MatchEvent event, BitSet places, RuleSet rules) {
    int[] numbers = new int[places.cardinality()];
    long longestMs = 0;
    int count = 0;
    for (int place = places.nextSetBit(0); place >= 0; place = places.nextSetBit(place + 1)) {
      CompiledRule rule = rules.placed().get(place).rule;
      numbers[count++] = rule.number();
      longestMs = Math.max(longestMs, rule.windowMs());
    }
    Waiting made = new Waiting(event, event.timeMs() + longestMs, numbers);
    made.places = places;
    made.placedAt = rules.changes();
    return made;
  }

  MatchEvent event() {
    return event;
  }

  long untilMs() {
    return untilMs;
  }

  /** Numbers of the versions that wait. */
  int[] numbers() {
    return numbers;
  }

  /** The versions that wait and are still published, by place. Not to be changed. */
  BitSet places(RuleSet rules) {
    if (placedAt != rules.changes()) {
      rules.placed();
      places = new BitSet();
      for (int number : numbers) {
        RuleSpan span = rules.span(number);
        if (span != null && span.inForceAt(event.timeMs())) {
          places.set(span.place);
        }
      }
      placedAt = rules.changes();
    }
    return places;
  }

  boolean waitsFor(int number) {
    for (int each : numbers) {
      if (each == number) {
        return true;
      }
    }
    return false;
  }

  /** The version's matches are under way in a base from now on. */
  void release(int number) {
    if (waitsFor(number)) {
      numbers = Arrays.stream(numbers).filter(each -> each != number).toArray();
      placedAt = 0;
    }
  }

  /** Versions whose time of force was over at an event time wait for nothing. */
  void releaseEnded(RuleSet rules, long decidedToMs) {
    for (int number : numbers) {
      RuleSpan span = rules.span(number);
      if (span == null || span.untilMs - 1 <= decidedToMs) {
        release(number);
      }
    }
  }

  /** True when no version waits any more. */
  boolean isOver() {
    return numbers.length == 0;
  }
}
