package dev.zhifu.rules.matching;

import dev.zhifu.rules.language.EventView;
import dev.zhifu.rules.language.PartialMatch;
import dev.zhifu.rules.language.StepCondition;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/** Step conditions for tests. */
record Conditions(Predicate<EventView> alone, BiPredicate<EventView, PartialMatch> withPartial)
    implements StepCondition {

  static StepCondition of(Predicate<EventView> alone) {
    return new Conditions(alone, null);
  }

  static StepCondition of(Predicate<EventView> alone, BiPredicate<EventView, PartialMatch> rest) {
    return new Conditions(alone, rest);
  }

  @Override
  public boolean stateFree(EventView view) {
    return alone.test(view);
  }

  @Override
  public boolean needsPartial() {
    return withPartial != null;
  }

  @Override
  public boolean rest(EventView view, PartialMatch partial) {
    return withPartial == null || withPartial.test(view, partial);
  }
}
