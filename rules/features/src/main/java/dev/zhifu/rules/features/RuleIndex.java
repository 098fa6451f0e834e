package dev.zhifu.rules.features;

import dev.zhifu.rules.language.EventKind;
import dev.zhifu.rules.language.EventView;
import dev.zhifu.rules.language.Rule;
import dev.zhifu.wire.KeyKind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** One set of rules, found by what they are matched on and by the kinds of event they see. */
final class RuleIndex {
  static final RuleIndex EMPTY = new Builder().build();

  private final Map<KeyKind, Map<EventKind, List<Rule>>> rules;

  private RuleIndex(Map<KeyKind, Map<EventKind, List<Rule>>> rules) {
    this.rules = rules;
  }

  /** True when no rule is matched on keys of this kind. */
  boolean hasNone(KeyKind kind) {
    return !rules.containsKey(kind);
  }

  /**
   * True when some rule on this kind of key can use the event: a step can take it, or its
   * contiguity needs every event it sees. Which of the latter keys have something under way only
   * matching knows.
   */
  boolean canUse(KeyKind kind, EventView view) {
    Map<EventKind, List<Rule>> ofKind = rules.get(kind);
    if (ofKind == null) {
      return false;
    }
    for (Rule rule : ofKind.getOrDefault(EventKind.of(view), List.of())) {
      if (rule.keepsAll() || rule.relevant(view)) {
        return true;
      }
    }
    return false;
  }

  /** Collects rules. */
  static final class Builder {
    private final Map<KeyKind, Map<EventKind, List<Rule>>> rules = new EnumMap<>(KeyKind.class);

    void add(Rule rule) {
      Map<EventKind, List<Rule>> ofKind =
          rules.computeIfAbsent(rule.keyKind(), kind -> new EnumMap<>(EventKind.class));
      for (EventKind kind : rule.over()) {
        ofKind.computeIfAbsent(kind, each -> new ArrayList<>()).add(rule);
      }
    }

    RuleIndex build() {
      return new RuleIndex(rules);
    }
  }
}
