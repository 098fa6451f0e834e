package dev.zhifu.rules.matching;

import dev.zhifu.rules.language.EventView;
import dev.zhifu.rules.language.PartialMatch;
import dev.zhifu.rules.language.Rule;
import dev.zhifu.rules.language.Step;
import dev.zhifu.rules.language.StepCondition;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.cep.pattern.conditions.IterativeCondition;

/**
 * A step's condition as Flink CEP asks it. The state-free part is answered once per event, however
 * many partial matches ask. The fields are transient because the library insists on a serializable
 * condition; patterns never travel, rules travel as text.
 */
final class StepTest extends IterativeCondition<MatchEvent> {
  private static final long serialVersionUID = 1L;

  private final transient Rule rule;
  private final transient StepCondition condition;
  private transient MatchEvent lastEvent;
  private transient boolean lastAnswer;

  StepTest(Rule rule, Step step) {
    this.rule = rule;
    this.condition = step.condition();
  }

  @Override
  public boolean filter(MatchEvent event, Context<MatchEvent> context) {
    return stateFree(event)
        && (!condition.needsPartial() || condition.rest(event.view(), new ContextPartial(context)));
  }

  private boolean stateFree(MatchEvent event) {
    if (event != lastEvent) {
      EventView view = event.view();
      lastAnswer = rule.sees(view) && condition.stateFree(view);
      lastEvent = event;
    }
    return lastAnswer;
  }

  /** The match under way, as the library shows it to a condition. */
  private record ContextPartial(Context<MatchEvent> context) implements PartialMatch {
    @Override
    public List<EventView> events(String step) {
      List<EventView> events = new ArrayList<>();
      try {
        for (MatchEvent event : context.getEventsForPattern(step)) {
          events.add(event.view());
        }
      } catch (Exception e) {
        throw new IllegalStateException("The match under way cannot be read at step " + step, e);
      }
      return events;
    }
  }
}
