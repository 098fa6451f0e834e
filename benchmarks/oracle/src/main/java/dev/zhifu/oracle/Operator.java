package dev.zhifu.oracle;

import dev.zhifu.rules.language.Contiguity;
import dev.zhifu.rules.language.Rule;
import dev.zhifu.rules.language.Step;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Predicate;

/** Operators of the rule language, as rows of the table. */
enum Operator {
  NEXT(step -> step.contiguity() == Contiguity.NEXT),
  FOLLOWED_BY(step -> step.contiguity() == Contiguity.FOLLOWED_BY),
  FOLLOWED_BY_ANY(step -> step.contiguity() == Contiguity.FOLLOWED_BY_ANY),
  NOT_NEXT(step -> step.contiguity() == Contiguity.NOT_NEXT),
  NOT_FOLLOWED_BY(step -> step.contiguity() == Contiguity.NOT_FOLLOWED_BY),
  ABSENCE_AT_END(step -> false),
  TIMES(step -> step.timesMax() > 1),
  OPTIONAL(Step::optional),
  GREEDY(Step::greedy),
  CONSECUTIVE(Step::consecutive),
  COMBINATIONS(Step::allowCombinations),
  WITHIN_PREVIOUS(step -> step.withinPreviousMs() > 0),
  EARLIER_STEPS(step -> step.condition().needsPartial());

  private final Predicate<Step> uses;

  Operator(Predicate<Step> uses) {
    this.uses = uses;
  }

  /** The operators that a rule uses. {@code within} is in every rule and no row. */
  static Set<Operator> of(Rule rule) {
    Set<Operator> found = EnumSet.noneOf(Operator.class);
    int last = rule.steps().size() - 1;
    for (int i = 0; i <= last; i++) {
      Step step = rule.steps().get(i);
      boolean absence = i == last && step.negated();
      for (Operator operator : values()) {
        if (operator.uses.test(step) && !(absence && operator == NOT_FOLLOWED_BY)) {
          found.add(operator);
        }
      }
      if (absence) {
        found.add(ABSENCE_AT_END);
      }
    }
    return found;
  }
}
