package dev.zhifu.rules.matching;

import dev.zhifu.rules.language.EventView;
import dev.zhifu.rules.language.PartialMatch;
import dev.zhifu.rules.language.Rule;
import dev.zhifu.rules.language.Step;
import dev.zhifu.rules.language.StepCondition;
import java.util.ArrayList;
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
  private final List<Step> seconds;
  private final boolean keepsAll;
  private final boolean mayWait;

  /**
   * True when what must not follow the first event stands right before one mandatory step: the
   * library then drops the match whatever else there is.
   */
  private final boolean endsAlone;

  private final Map<String, Long> withinPrevious = new HashMap<>();

  /** When its rule set has it in force; null when it does not. */
  private RuleSpan span;

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
    this.mayWait = mayWait(rule);
    this.seconds = mayWait ? seconds(rule) : rule.steps();
    this.endsAlone = seconds.stream().noneMatch(Step::optional);
    for (Step step : rule.steps()) {
      if (step.withinPreviousMs() > 0) {
        withinPrevious.put(step.name(), step.withinPreviousMs());
      }
    }
  }

  /**
   * A single mandatory event begins it, and until a second comes nothing can happen but that its
   * time runs out.
   */
  private static boolean mayWait(Rule rule) {
    Step first = rule.steps().get(0);
    return rule.steps().size() > 1
        && !first.optional()
        && first.timesMax() == 1
        && !rule.keepsAll()
        && !rule.endsWithAbsence();
  }

  /** Steps that an event can meet when only the first is taken: up to the next mandatory one. */
  private static List<Step> seconds(Rule rule) {
    List<Step> seconds = new ArrayList<>();
    for (Step step : rule.steps().subList(1, rule.steps().size())) {
      seconds.add(step);
      if (!step.negated() && !step.optional()) {
        break;
      }
    }
    return seconds;
  }

  /** When it is in force, by the rule set that compiled it; null when that does not have it. */
  RuleSpan span() {
    return span;
  }

  void span(RuleSpan inForce) {
    span = inForce;
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
   * True when an event that begins a match may wait unfed until another event can follow it
   * (ADR-0110).
   */
  boolean mayWait() {
    return mayWait;
  }

  /** True for a step that can take the first event of a match. */
  boolean isStart(Step step) {
    return starts.contains(step);
  }

  /**
   * True for a step that an event can meet when no more than first events of matches have come.
   * Every step of a rule whose events may not wait.
   */
  boolean isSecond(Step step) {
    return seconds.contains(step);
  }

  /**
   * What {@code event}, which comes after {@code start}, can mean to the match that {@code start}
   * alone has begun. It may say FOLLOWS too often, and nothing else wrongly.
   */
  Meeting meeting(MatchEvent start, MatchEvent event) {
    if (!mayWait) {
      return Meeting.FOLLOWS;
    }
    if (event.timeMs() - start.timeMs() >= windowMs()) {
      return Meeting.NOTHING;
    }
    PartialMatch begun = new Begun(rule.steps().get(0).name(), start.view());
    Meeting meeting = Meeting.NOTHING;
    for (Step step : seconds) {
      if (fits(step.condition(), event.view(), begun)) {
        if (!step.negated() || !endsAlone) {
          return Meeting.FOLLOWS;
        }
        meeting = Meeting.ENDS;
      }
    }
    return meeting;
  }

  private static boolean fits(StepCondition condition, EventView view, PartialMatch begun) {
    try {
      return condition.stateFree(view)
          && (!condition.needsPartial() || condition.rest(view, begun));
    } catch (RuntimeException e) {
      return true; // it will fail again where the rule is quarantined for it
    }
  }

  /** A match that has taken its first event. */
  private record Begun(String first, EventView view) implements PartialMatch {
    @Override
    public List<EventView> events(String step) {
      return step.equals(first) ? List.of(view) : List.of();
    }
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
