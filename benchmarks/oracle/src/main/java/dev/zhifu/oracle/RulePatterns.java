package dev.zhifu.oracle;

import dev.zhifu.rules.language.AfterMatch;
import dev.zhifu.rules.language.EventView;
import dev.zhifu.rules.language.PartialMatch;
import dev.zhifu.rules.language.Rule;
import dev.zhifu.rules.language.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.cep.nfa.aftermatch.AfterMatchSkipStrategy;
import org.apache.flink.cep.pattern.Pattern;
import org.apache.flink.cep.pattern.WithinType;
import org.apache.flink.cep.pattern.conditions.IterativeCondition;

/** A rule as a user of stock Flink CEP would write it. */
final class RulePatterns {
  private RulePatterns() {}

  static AfterMatchSkipStrategy skip(AfterMatch afterMatch) {
    return switch (afterMatch.kind()) {
      case NO_SKIP -> AfterMatchSkipStrategy.noSkip();
      case SKIP_TO_NEXT -> AfterMatchSkipStrategy.skipToNext();
      case SKIP_PAST_LAST -> AfterMatchSkipStrategy.skipPastLastEvent();
      case SKIP_TO_FIRST -> AfterMatchSkipStrategy.skipToFirst(afterMatch.step());
      case SKIP_TO_LAST -> AfterMatchSkipStrategy.skipToLast(afterMatch.step());
    };
  }

  static Pattern<Seen, Seen> of(Rule rule) {
    Pattern<Seen, Seen> pattern = null;
    for (Step step : rule.steps()) {
      pattern = follow(pattern, step, rule).where(new Where(step));
      if (step.timesMax() > 1) {
        pattern = several(pattern, step);
      }
      if (step.optional()) {
        pattern = pattern.optional();
      }
      if (step.withinPreviousMs() > 0) {
        pattern =
            pattern.within(
                Duration.ofMillis(step.withinPreviousMs()), WithinType.PREVIOUS_AND_CURRENT);
      }
    }
    return pattern.within(Duration.ofMillis(rule.withinMs()));
  }

  private static Pattern<Seen, Seen> follow(Pattern<Seen, Seen> before, Step step, Rule rule) {
    return switch (step.contiguity()) {
      case BEGIN -> Pattern.begin(step.name(), skip(rule.afterMatch()));
      case NEXT -> before.next(step.name());
      case FOLLOWED_BY -> before.followedBy(step.name());
      case FOLLOWED_BY_ANY -> before.followedByAny(step.name());
      case NOT_NEXT -> before.notNext(step.name());
      case NOT_FOLLOWED_BY -> before.notFollowedBy(step.name());
    };
  }

  private static Pattern<Seen, Seen> several(Pattern<Seen, Seen> one, Step step) {
    Pattern<Seen, Seen> pattern =
        step.timesMin() == step.timesMax()
            ? one.times(step.timesMin())
            : one.times(step.timesMin(), step.timesMax());
    if (step.consecutive()) {
      pattern = pattern.consecutive();
    }
    if (step.allowCombinations()) {
      pattern = pattern.allowCombinations();
    }
    return step.greedy() ? pattern.greedy() : pattern;
  }

  /** A step's condition on the events that the library says earlier steps took. */
  private static final class Where extends IterativeCondition<Seen> {
    private static final long serialVersionUID = 1L;
    private final transient Step step;

    Where(Step step) {
      this.step = step;
    }

    @Override
    public boolean filter(Seen event, Context<Seen> context) {
      return step.condition().stateFree(event.view())
          && (!step.condition().needsPartial()
              || step.condition().rest(event.view(), taken(context)));
    }

    private static PartialMatch taken(Context<Seen> context) {
      return name -> {
        List<EventView> views = new ArrayList<>();
        try {
          context.getEventsForPattern(name).forEach(event -> views.add(event.view()));
        } catch (Exception e) {
          throw new IllegalStateException("The library cannot say what " + name + " took", e);
        }
        return views;
      };
    }
  }
}
