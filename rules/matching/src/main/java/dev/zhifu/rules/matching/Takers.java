package dev.zhifu.rules.matching;

import java.util.BitSet;

/**
 * Which rule versions take one event, and as what, by {@link RuleSpan#place}. Shared and never
 * changed; holds until the rules change.
 *
 * @param all whose NFA must be fed the event
 * @param starts those of them of which it can begin a match
 * @param seconds those of them to which it can mean something when no more than first events of
 *     matches have come
 */
record Takers(BitSet all, BitSet starts, BitSet seconds) {
  static final Takers NONE = new Takers(new BitSet(), new BitSet(), new BitSet());

  boolean isEmpty() {
    return all.isEmpty();
  }

  boolean has(RuleSpan span) {
    return all.get(span.place);
  }
}
