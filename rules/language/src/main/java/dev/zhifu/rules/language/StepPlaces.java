package dev.zhifu.rules.language;

import java.util.List;

/**
 * Checks how steps stand to each other. Refused is what means nothing, and what Flink CEP's NFA
 * does not do as its words say; the oracles found these shapes (ADR 0045).
 */
final class StepPlaces {
  private final Problems problems;
  private final List<StepDraft> steps;

  StepPlaces(Problems problems, List<StepDraft> steps) {
    this.problems = problems;
    this.steps = steps;
  }

  void check(int i) {
    StepDraft step = steps.get(i);
    if (step.negated()) {
      checkNegated(i, step);
    }
    if (step.times().max() > 1) {
      checkSeveral(i, step);
    } else if (step.greedy() || step.consecutive() || step.combinations()) {
      fault(
          step,
          "'greedy', 'consecutive' or 'combinations' on step '"
              + step.name()
              + "', which takes one event",
          "add times: {min: 2, max: 5}, or leave it out");
    }
    if (step.optional()) {
      checkOptional(i, step);
    }
    if (step.withinPreviousMs() > 0) {
      checkWithinPrevious(i, step);
    }
  }

  private void checkSeveral(int i, StepDraft step) {
    if (step.consecutive() && step.combinations()) {
      fault(
          step,
          "step '" + step.name() + "' is both consecutive and combinations",
          "keep one of them");
    }
    if (!step.greedy()) {
      return;
    }
    if (step.combinations() || step.contiguity() == Contiguity.FOLLOWED_BY_ANY) {
      fault(
          step,
          "step '" + step.name() + "' is greedy, and takes any later event",
          "leave out 'greedy', or write followedBy without 'combinations'");
    }
    if (i == steps.size() - 1) {
      fault(
          step,
          "step '" + step.name() + "' is greedy and last, where the shorter match is complete",
          "leave out 'greedy', or write the number of events that must come");
    }
  }

  private void checkOptional(int i, StepDraft step) {
    if (i == 0 || i == steps.size() - 1) {
      fault(
          step,
          "step '" + step.name() + "' is optional and " + (i == 0 ? "first" : "last"),
          "leave the step out: with it the rule means nothing else");
    } else if (steps.get(i - 1).greedy()) {
      fault(
          step,
          "step '"
              + step.name()
              + "' is optional and stands right after the greedy step '"
              + steps.get(i - 1).name()
              + "'",
          "make that step not greedy, or write two rules");
    }
  }

  private void checkWithinPrevious(int i, StepDraft step) {
    boolean unfit = step.negated() || step.optional() || step.times().max() > 1;
    StepDraft before = i == 0 ? null : steps.get(i - 1);
    boolean behind =
        before != null && (before.open() || before.contiguity() == Contiguity.NOT_NEXT);
    if (unfit || behind) {
      fault(
          step,
          "step '"
              + step.name()
              + "' has 'withinPrevious' and "
              + (behind
                  ? "stands right after step '"
                      + before.name()
                      + "', which is optional, notNext or of open number"
                  : "is optional, negated or has 'times'"),
          "write event.at - prev.at < minutes(30) under 'where' instead");
    }
  }

  private void checkNegated(int i, StepDraft step) {
    StepDraft before = i == 0 ? null : steps.get(i - 1);
    StepDraft behind = i == steps.size() - 1 ? null : steps.get(i + 1);
    if (step.optional() || step.times().max() > 1) {
      fault(
          step,
          "step '"
              + step.name()
              + "' says that something does not come, and has 'optional' or 'times'",
          "leave them out");
    }
    if (before != null && before.negated()) {
      fault(step, "two negated steps stand side by side", "write one step with both kinds in 'on'");
    }
    if (before != null && before.open()) {
      fault(
          step,
          negatedBeside(step, "after", before),
          "write two rules, or a number of events that is fixed");
    }
    if (behind != null && behind.open()) {
      fault(
          step,
          negatedBeside(step, "before", behind),
          "make that step required, with a fixed number of events, or write two rules");
    }
    if (behind == null && step.contiguity() == Contiguity.NOT_NEXT) {
      fault(
          step,
          "the last step is 'notNext', which an absent event never decides",
          "use notFollowedBy: it is decided when the window ends");
    }
  }

  private static String negatedBeside(StepDraft step, String where, StepDraft other) {
    return "step '"
        + step.name()
        + "' is negated and stands right "
        + where
        + " the "
        + (other.optional() ? "optional step '" : "step of open number '")
        + other.name()
        + "'";
  }

  private void fault(StepDraft step, String what, String fix) {
    problems.fault(step.node(), what, fix);
  }
}
