package dev.zhifu.rules.features;

import dev.zhifu.rules.language.EventKind;
import dev.zhifu.rules.language.EventView;
import dev.zhifu.rules.language.Rule;
import dev.zhifu.rules.language.RuleTree;
import dev.zhifu.wire.KeyKind;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** One set of rules, found by what they are matched on and by the kinds of event they see. */
final class RuleIndex {
  static final RuleIndex EMPTY = new Builder().build();

  private final Map<KeyKind, Map<EventKind, RuleTree<Rule>>> trees;

  /** Kinds of event that some rule on the kind of key needs whole. */
  private final Map<KeyKind, Set<EventKind>> kept;

  private RuleIndex(
      Map<KeyKind, Map<EventKind, RuleTree<Rule>>> trees, Map<KeyKind, Set<EventKind>> kept) {
    this.trees = trees;
    this.kept = kept;
  }

  /** True when no rule is matched on keys of this kind. */
  boolean hasNone(KeyKind kind) {
    return !trees.containsKey(kind);
  }

  /**
   * True when some rule on this kind of key can use the event: a step can take it, or its
   * contiguity needs every event it sees. Which of the latter keys have something under way only
   * matching knows.
   */
  boolean canUse(KeyKind kind, EventView view) {
    Map<EventKind, RuleTree<Rule>> ofKind = trees.get(kind);
    if (ofKind == null) {
      return false;
    }
    EventKind eventKind = EventKind.of(view);
    RuleTree<Rule> tree = ofKind.get(eventKind);
    return tree != null && (kept.get(kind).contains(eventKind) || tree.any(view));
  }

  /** Collects rules. */
  static final class Builder {
    private final Map<KeyKind, Map<EventKind, RuleTree.Builder<Rule>>> rules =
        new EnumMap<>(KeyKind.class);
    private final Map<KeyKind, Set<EventKind>> kept = new EnumMap<>(KeyKind.class);

    void add(Rule rule) {
      Map<EventKind, RuleTree.Builder<Rule>> ofKind =
          rules.computeIfAbsent(rule.keyKind(), kind -> new EnumMap<>(EventKind.class));
      Set<EventKind> whole =
          kept.computeIfAbsent(rule.keyKind(), kind -> EnumSet.noneOf(EventKind.class));
      for (EventKind kind : rule.over()) {
        ofKind.computeIfAbsent(kind, RuleTree.Builder::new).add(rule, rule);
        if (rule.keepsAll()) {
          whole.add(kind);
        }
      }
    }

    RuleIndex build() {
      Map<KeyKind, Map<EventKind, RuleTree<Rule>>> trees = new EnumMap<>(KeyKind.class);
      rules.forEach(
          (keyKind, ofKind) -> {
            Map<EventKind, RuleTree<Rule>> built = new EnumMap<>(EventKind.class);
            ofKind.forEach((eventKind, builder) -> built.put(eventKind, builder.build()));
            trees.put(keyKind, built);
          });
      return new RuleIndex(trees, kept);
    }
  }
}
