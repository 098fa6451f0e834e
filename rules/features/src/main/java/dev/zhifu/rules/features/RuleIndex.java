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

  private final Map<KeyKind, Map<EventKind, Branch>> trees;

  /** Kinds of event that some rule on the kind of key needs whole. */
  private final Map<KeyKind, Set<EventKind>> kept;

  /** Rules on one kind of key that see one kind of event; grown when first asked. */
  private static final class Branch {
    private final RuleTree.Builder<Rule> rules;
    private RuleTree<Rule> tree;

    Branch(EventKind kind) {
      rules = new RuleTree.Builder<>(kind);
    }

    boolean any(EventView view) {
      if (tree == null) {
        tree = rules.build();
      }
      return tree.any(view);
    }
  }

  private RuleIndex(Map<KeyKind, Map<EventKind, Branch>> trees, Map<KeyKind, Set<EventKind>> kept) {
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
    Map<EventKind, Branch> ofKind = trees.get(kind);
    if (ofKind == null) {
      return false;
    }
    EventKind eventKind = EventKind.of(view);
    Branch branch = ofKind.get(eventKind);
    return branch != null && (kept.get(kind).contains(eventKind) || branch.any(view));
  }

  /** Collects rules. */
  static final class Builder {
    private final Map<KeyKind, Map<EventKind, Branch>> rules = new EnumMap<>(KeyKind.class);
    private final Map<KeyKind, Set<EventKind>> kept = new EnumMap<>(KeyKind.class);

    void add(Rule rule) {
      Map<EventKind, Branch> ofKind =
          rules.computeIfAbsent(rule.keyKind(), kind -> new EnumMap<>(EventKind.class));
      Set<EventKind> whole =
          kept.computeIfAbsent(rule.keyKind(), kind -> EnumSet.noneOf(EventKind.class));
      for (EventKind kind : rule.over()) {
        ofKind.computeIfAbsent(kind, Branch::new).rules.add(rule, rule);
        if (rule.keepsAll()) {
          whole.add(kind);
        }
      }
    }

    RuleIndex build() {
      return new RuleIndex(rules, kept);
    }
  }
}
