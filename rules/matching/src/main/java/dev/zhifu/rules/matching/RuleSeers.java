package dev.zhifu.rules.matching;

import dev.zhifu.rules.language.EventKind;
import dev.zhifu.rules.language.EventView;
import dev.zhifu.rules.language.RuleTree;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The rule versions that see events of one kind at keys of one kind, in order, and which of them
 * take an event. Not thread-safe.
 */
final class RuleSeers {
  private final EventKind kind;
  private final List<RuleSpan> spans;

  /** Places of the versions that take every event they see. */
  private final BitSet keepAll = new BitSet();

  private final BitSet takers = new BitSet();

  /** Grown when first asked: most sets of rules are replaced by the next before any event comes. */
  private RuleTree<Integer> tree;

  RuleSeers(EventKind kind, List<RuleSpan> spans) {
    this.kind = kind;
    this.spans = spans;
  }

  /** The versions, at whatever time they are in force. */
  List<RuleSpan> spans() {
    return spans;
  }

  private void grow() {
    RuleTree.Builder<Integer> builder = new RuleTree.Builder<>(kind);
    for (int place = 0; place < spans.size(); place++) {
      CompiledRule rule = spans.get(place).rule;
      if (rule.keepsAll()) {
        keepAll.set(place);
      } else {
        builder.add(place, rule.rule());
      }
    }
    tree = builder.build();
  }

  /** Those in force at the event's time whose NFA must be fed it; null when there are none. */
  List<RuleSpan> takers(EventView view, long timeMs) {
    if (spans.isEmpty()) {
      return null;
    }
    if (tree == null) {
      grow();
    }
    takers.clear();
    takers.or(keepAll);
    tree.each(view, takers::set);
    List<RuleSpan> found = null;
    for (int place = takers.nextSetBit(0); place >= 0; place = takers.nextSetBit(place + 1)) {
      if (spans.get(place).inForceAt(timeMs)) {
        if (found == null) {
          found = new ArrayList<>(4);
        }
        found.add(spans.get(place));
      }
    }
    return found;
  }
}
