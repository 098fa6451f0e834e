package dev.zhifu.rules.matching;

import dev.zhifu.rules.language.EventKind;
import java.util.BitSet;

/**
 * Which rule versions take one event, and as what, by {@link RuleSpan#place}. Shared and never
 * changed; the places hold until the rules change.
 *
 * @param all whose NFA must be fed the event
 * @param starts those of them of which it can begin a match
 * @param seconds those of them to which it can mean something when no more than first events of
 *     matches have come
 * @param kind of the event; null when nothing is noted by which it could be found anew
 * @param judgedBy the stretch of event time by whose rules it was judged: while that stands, so
 *     does the judgement, and only the places are found anew
 * @param notes the same by the versions' numbers, as {@link #note} packs them
 */
record Takers(
    BitSet all, BitSet starts, BitSet seconds, EventKind kind, long judgedBy, long[] notes) {
  static final Takers NONE =
      new Takers(new BitSet(), new BitSet(), new BitSet(), null, 0, new long[0]);

  /** A judgement without places: they are found when somebody asks. */
  static Takers unplaced(EventKind kind, long judgedBy, long[] notes) {
    return new Takers(NONE.all, NONE.starts, NONE.seconds, kind, judgedBy, notes);
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  boolean has(RuleSpan span) {
    return all.get(span.place);
  }

  static long note(int number, boolean start, boolean second) {
    return (long) number << 2 | (start ? 1 : 0) | (second ? 2 : 0);
  }

  static int number(long note) {
    return (int) (note >> 2);
  }

  static boolean isStart(long note) {
    return (note & 1) != 0;
  }

  static boolean isSecond(long note) {
    return (note & 2) != 0;
  }
}
