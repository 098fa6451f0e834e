package dev.zhifu.rules.matching;

import dev.zhifu.rules.language.EventView;
import dev.zhifu.rules.language.Rule;
import dev.zhifu.rules.language.Step;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.cep.nfa.NFA;
import org.apache.flink.cep.nfa.NFAState;
import org.apache.flink.cep.nfa.aftermatch.AfterMatchSkipStrategy;
import org.apache.flink.cep.pattern.Pattern;

/**
 * A rule version with its NFA. One object serves all keys of a task; not thread-safe.
 *
 * @see PatternCompiler
 */
public final class CompiledRule {
  private final Rule rule;
  private final int number;
  private final Pattern<MatchEvent, ?> pattern;
  private final NFA<MatchEvent> nfa;
  private final AfterMatchSkipStrategy skip;
  private final List<Step> starts;
  private final boolean keepsAll;
  private final Map<String, Long> withinPrevious = new HashMap<>();

  CompiledRule(
      Rule rule,
      int number,
      Pattern<MatchEvent, ?> pattern,
      NFA<MatchEvent> nfa,
      List<Step> starts) {
    this.rule = rule;
    this.number = number;
    this.pattern = pattern;
    this.nfa = nfa;
    this.skip = pattern.getAfterMatchSkipStrategy();
    this.starts = List.copyOf(starts);
    this.keepsAll = rule.keepsAll();
    for (Step step : rule.steps()) {
      if (step.withinPreviousMs() > 0) {
        withinPrevious.put(step.name(), step.withinPreviousMs());
      }
    }
  }

  /** The rule. */
  public Rule rule() {
    return rule;
  }

  /**
   * Number of this rule version in match state: derived from id and version alone, the same on
   * every subtask.
   */
  public int number() {
    return number;
  }

  /** The rule as a Flink CEP pattern, as stock Flink would run it. */
  public Pattern<MatchEvent, ?> pattern() {
    return pattern;
  }

  /** True when a completed match may be held back while one that started earlier lives. */
  boolean mayWithhold() {
    return skip.isSkipStrategy();
  }

  /**
   * True when the event can begin a match. With nothing under way any other event changes nothing.
   */
  boolean canStart(EventView view) {
    for (Step step : starts) {
      if (step.condition().stateFree(view)) {
        return true;
      }
    }
    return false;
  }

  /**
   * True when the rule's NFA must be fed the event: some step can take it, or contiguity needs it.
   */
  boolean takes(EventView view) {
    return keepsAll ? rule.sees(view) : rule.relevant(view);
  }

  /** True when contiguity needs every event that the rule sees. */
  boolean keepsAll() {
    return keepsAll;
  }

  long windowMs() {
    return rule.withinMs();
  }

  /** Longest time since the step before, milliseconds, for each step that limits it. */
  Map<String, Long> withinPrevious() {
    return withinPrevious;
  }

  NFA<MatchEvent> nfa() {
    return nfa;
  }

  AfterMatchSkipStrategy skip() {
    return skip;
  }

  NFAState initialState() {
    return nfa.createInitialNFAState();
  }

  @Override
  public String toString() {
    return rule.id() + " version " + rule.version();
  }
}
