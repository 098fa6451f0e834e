package dev.zhifu.rules.matching;

import dev.zhifu.rules.language.AfterMatch;
import dev.zhifu.rules.language.Rule;
import dev.zhifu.rules.language.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.cep.nfa.NFA;
import org.apache.flink.cep.nfa.aftermatch.AfterMatchSkipStrategy;
import org.apache.flink.cep.nfa.compiler.NFACompiler;
import org.apache.flink.cep.pattern.Pattern;
import org.apache.flink.cep.pattern.WithinType;

/**
 * Turns a rule into a Flink CEP pattern and the library's NFA: the meaning of a rule is the
 * library's.
 */
public final class PatternCompiler {
  private PatternCompiler() {}

  /**
   * Compiles a rule.
   *
   * @throws RuleCompilationException when the library refuses the pattern
   */
  public static CompiledRule compile(Rule rule) {
    try {
      Pattern<MatchEvent, ?> pattern = pattern(rule);
      if (NFACompiler.canProduceEmptyMatches(pattern)) {
        throw new RuleCompilationException(
            rule.id()
                + " version "
                + rule.version()
                + " matches without any event: make one step mandatory");
      }
      NFA<MatchEvent> nfa = NFACompiler.compileFactory(pattern, false).createNFA();
      // NFA.open would only hand Flink's run-time context to conditions; ours use none.
      return new CompiledRule(
          rule, RuleNumbers.of(rule.id(), rule.version()), pattern, nfa, starts(rule));
    } catch (RuleCompilationException e) {
      throw e;
    } catch (Exception e) {
      throw new RuleCompilationException(
          rule.id()
              + " version "
              + rule.version()
              + " is not a pattern that Flink CEP takes: "
              + e.getMessage(),
          e);
    }
  }

  private static Pattern<MatchEvent, MatchEvent> pattern(Rule rule) {
    Pattern<MatchEvent, MatchEvent> pattern = null;
    for (Step step : rule.steps()) {
      pattern = append(pattern, step, rule);
      pattern.where(new StepTest(rule, step));
      quantify(pattern, step);
      if (step.withinPreviousMs() > 0) {
        pattern.within(Duration.ofMillis(step.withinPreviousMs()), WithinType.PREVIOUS_AND_CURRENT);
      }
    }
    // A rule of one step needs no window.
    return rule.withinMs() > 0 ? pattern.within(Duration.ofMillis(rule.withinMs())) : pattern;
  }

  private static Pattern<MatchEvent, MatchEvent> append(
      Pattern<MatchEvent, MatchEvent> before, Step step, Rule rule) {
    String name = step.name();
    return switch (step.contiguity()) {
      case BEGIN -> Pattern.begin(name, skip(rule.afterMatch()));
      case NEXT -> before.next(name);
      case FOLLOWED_BY -> before.followedBy(name);
      case FOLLOWED_BY_ANY -> before.followedByAny(name);
      case NOT_NEXT -> before.notNext(name);
      case NOT_FOLLOWED_BY -> before.notFollowedBy(name);
    };
  }

  private static void quantify(Pattern<MatchEvent, MatchEvent> pattern, Step step) {
    if (step.timesMax() > 1) {
      if (step.timesMin() == step.timesMax()) {
        pattern.times(step.timesMin());
      } else {
        pattern.times(step.timesMin(), step.timesMax());
      }
      if (step.consecutive()) {
        pattern.consecutive();
      }
      if (step.allowCombinations()) {
        pattern.allowCombinations();
      }
      if (step.greedy()) {
        pattern.greedy();
      }
    }
    if (step.optional()) {
      pattern.optional();
    }
  }

  private static AfterMatchSkipStrategy skip(AfterMatch afterMatch) {
    return switch (afterMatch.kind()) {
      case NO_SKIP -> AfterMatchSkipStrategy.noSkip();
      case SKIP_TO_NEXT -> AfterMatchSkipStrategy.skipToNext();
      case SKIP_PAST_LAST -> AfterMatchSkipStrategy.skipPastLastEvent();
      case SKIP_TO_FIRST -> AfterMatchSkipStrategy.skipToFirst(afterMatch.step());
      case SKIP_TO_LAST -> AfterMatchSkipStrategy.skipToLast(afterMatch.step());
    };
  }

  /** Steps that can take the first event of a match: the first, and those behind optional ones. */
  private static List<Step> starts(Rule rule) {
    List<Step> starts = new ArrayList<>();
    for (Step step : rule.steps()) {
      if (!step.negated()) {
        starts.add(step);
        if (!step.optional()) {
          break;
        }
      }
    }
    return starts;
  }
}
