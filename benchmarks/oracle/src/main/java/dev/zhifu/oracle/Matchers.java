package dev.zhifu.oracle;

import dev.zhifu.rules.language.Rule;
import dev.zhifu.rules.matching.HitListener;
import dev.zhifu.rules.matching.MatchEvent;
import dev.zhifu.rules.matching.MatchSettings;
import dev.zhifu.rules.matching.Matcher;
import dev.zhifu.rules.matching.RuleSet;
import dev.zhifu.wire.KeyKind;
import dev.zhifu.wire.RuleHit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The engine's matchers of one trial, each made once, as a task makes one for all its keys: to make
 * one costs more than a history.
 */
final class Matchers {
  private final Map<String, Made> made = new HashMap<>();

  private record Made(Rule rule, Matcher matcher, Switch listener) {}

  /** A matcher of the rule that speaks to the listener from now on. */
  Matcher of(Rule rule, int revisionFloor, HitListener listener) {
    String name = System.identityHashCode(rule) + ":" + revisionFloor;
    Made found = made.get(name);
    if (found == null || found.rule != rule) {
      found = make(rule, revisionFloor);
      made.put(name, found);
    }
    found.listener.to = listener;
    return found.matcher;
  }

  private static Made make(Rule rule, int revisionFloor) {
    Switch listener = new Switch();
    MatchSettings settings = new MatchSettings(MatchSettings.DEFAULT.maxPartials(), revisionFloor);
    return new Made(rule, new Matcher(RuleSet.of(List.of(rule)), settings, listener), listener);
  }

  /** Speaks to the run that is on. */
  private static final class Switch implements HitListener {
    private HitListener to;

    @Override
    public void onHit(RuleHit hit) {
      to.onHit(hit);
    }

    @Override
    public void onLate(KeyKind keyKind, String key, MatchEvent event) {
      to.onLate(keyKind, key, event);
    }

    @Override
    public void onOverflow(KeyKind keyKind, String key, Rule rule) {
      to.onOverflow(keyKind, key, rule);
    }

    @Override
    public void onQuarantine(Rule rule, Exception failure) {
      to.onQuarantine(rule, failure);
    }
  }
}
