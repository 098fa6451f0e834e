package dev.zhifu.rules.matching;

import dev.zhifu.rules.language.EventKind;
import dev.zhifu.rules.language.EventView;
import dev.zhifu.rules.language.RuleTree;
import dev.zhifu.rules.language.Step;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;

/**
 * The rule versions that see events of one kind at keys of one kind, in order, and which of them
 * take an event. Not thread-safe.
 */
final class RuleSeers {
  private final EventKind kind;
  private final List<RuleSpan> spans;

  /** Grown when first asked: most sets of rules are replaced by the next before any event comes. */
  private RuleTree<StepUse> tree;

  private boolean keepsAll;
  private final Consumer<StepUse> noting = this::note;
  private BitSet all;
  private BitSet starts;
  private BitSet seconds;
  private long atMs;

  /** One step of a version, and what an event that it can take may be. */
  private record StepUse(RuleSpan span, boolean start, boolean second) {}

  RuleSeers(EventKind kind, List<RuleSpan> spans) {
    this.kind = kind;
    this.spans = spans;
  }

  /** The versions, at whatever time they are in force. */
  List<RuleSpan> spans() {
    return spans;
  }

  private void grow() {
    RuleTree.Builder<StepUse> builder = new RuleTree.Builder<>(kind);
    for (RuleSpan span : spans) {
      keepsAll |= span.rule.keepsAll();
      for (Step step : span.rule.rule().steps()) {
        builder.add(
            new StepUse(span, span.rule.isStart(step), span.rule.isSecond(step)), step.condition());
      }
    }
    tree = builder.build();
  }

  /** Those in force at the event's time whose NFA must be fed it. */
  Takers takers(EventView view, long timeMs) {
    if (spans.isEmpty()) {
      return Takers.NONE;
    }
    if (tree == null) {
      grow();
    }
    all = null;
    starts = Takers.NONE.starts();
    seconds = Takers.NONE.seconds();
    atMs = timeMs;
    tree.each(view, noting);
    if (keepsAll) {
      noteKeepers();
    }
    return all == null ? Takers.NONE : new Takers(all, starts, seconds);
  }

  private void noteKeepers() {
    for (RuleSpan span : spans) {
      if (span.rule.keepsAll()) {
        note(new StepUse(span, false, true));
      }
    }
  }

  private void note(StepUse use) {
    if (!use.span.inForceAt(atMs)) {
      return;
    }
    int place = use.span.place;
    all = with(all == null ? Takers.NONE.all() : all, place);
    if (use.start) {
      starts = with(starts, place);
    }
    if (use.second) {
      seconds = with(seconds, place);
    }
  }

  /** What is shared is not changed: most events begin nothing, and most follow nothing. */
  private static BitSet with(BitSet set, int place) {
    BitSet changed = set.isEmpty() ? new BitSet() : set;
    changed.set(place);
    return changed;
  }
}
