package dev.zhifu.rules.stream;

import dev.zhifu.rules.language.EventView;
import dev.zhifu.rules.language.Rule;
import dev.zhifu.rules.language.Step;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts one rule's events; an event that several keys see counts once. */
final class Tally {
  final Rule rule;
  long hits;
  long overflowed;
  private final long[] satisfied;
  private final boolean[] now;
  private long relevant;
  private boolean relevantNow;

  Tally(Rule rule) {
    this.rule = rule;
    this.satisfied = new long[rule.steps().size()];
    this.now = new boolean[satisfied.length];
  }

  /**
   * Looks at the event as one key of the rule's kind sees it.
   *
   * @return true when it begins a sequence
   */
  boolean look(EventView view) {
    if (!rule.sees(view)) {
      return false;
    }
    List<Step> steps = rule.steps();
    relevantNow |= rule.keepsAll();
    for (int i = 0; i < now.length; i++) {
      boolean fits = steps.get(i).condition().stateFree(view);
      now[i] |= fits;
      relevantNow |= fits;
    }
    return now[0];
  }

  void endOfEvent() {
    relevant += relevantNow ? 1 : 0;
    relevantNow = false;
    for (int i = 0; i < now.length; i++) {
      satisfied[i] += now[i] ? 1 : 0;
      now[i] = false;
    }
  }

  RuleShares shares(long events) {
    Map<String, Share> steps = new LinkedHashMap<>();
    for (int i = 0; i < satisfied.length; i++) {
      steps.put(rule.steps().get(i).name(), new Share(satisfied[i], events));
    }
    return new RuleShares(
        new Share(satisfied[0], events), steps, new Share(relevant, events), hits, overflowed);
  }
}
