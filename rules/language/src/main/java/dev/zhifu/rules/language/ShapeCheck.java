package dev.zhifu.rules.language;

import java.util.List;

/**
 * Refuses shapes that the library takes and gives another meaning than they read, or does not take:
 * behind a step that may take more events it moves on only with the next event, whatever that is,
 * so that an absence or a window of its own there would depend on events that the rule does not
 * name.
 */
final class ShapeCheck {
  private final Problems problems;
  private final List<StepDraft> steps;

  ShapeCheck(Problems problems, List<StepDraft> steps) {
    this.problems = problems;
    this.steps = steps;
  }

  void check() {
    checkEvidence();
    for (int i = 0; i < steps.size(); i++) {
      StepDraft step = steps.get(i);
      StepDraft before = i == 0 ? null : steps.get(i - 1);
      checkGreedy(step, before);
      checkNegated(step, before);
      if (step.withinPreviousMs() > 0) {
        checkWindow(step, before, i == steps.size() - 1);
      }
    }
  }

  private void checkEvidence() {
    boolean shown =
        steps.stream().anyMatch(step -> step.evidence() && !step.negated() && !step.optional());
    if (!shown && !steps.isEmpty()) {
      problems.fault(
          steps.get(0).node(),
          "no required step is evidence",
          "leave 'evidence: false' out of one that takes events: a hit is what it stands on");
    }
  }

  private void checkGreedy(StepDraft step, StepDraft before) {
    if (step.greedy() && step.combinations()) {
      fault(step, "is both greedy and combinations", "keep one of them");
    }
    if (step.optional() && before != null && before.greedy()) {
      fault(
          step,
          "is optional and stands right behind the greedy step '" + before.name() + "'",
          "drop 'greedy', or make this step required");
    }
  }

  private void checkNegated(StepDraft step, StepDraft before) {
    if (step.negated() && before != null && ranges(before)) {
      fault(
          step,
          "is negated and stands right behind step '"
              + before.name()
              + "', which may take more events",
          "give '" + before.name() + "' a fixed number of events, such as times: 2");
    }
  }

  private void checkWindow(StepDraft step, StepDraft before, boolean last) {
    if (step.optional() || step.times().max() > 1) {
      fault(
          step,
          "has 'withinPrevious' and takes several events or none",
          "put it on a required step of one event, or compare event.at with prev.at in 'where'");
    } else if (before != null && (before.optional() || ranges(before))) {
      fault(
          step,
          "has 'withinPrevious' and stands right behind step '"
              + before.name()
              + "', which may take more events or none",
          "compare event.at with prev.at in 'where'");
    } else if (step.negated() && !last) {
      fault(
          step,
          "is negated, not last, and has 'withinPrevious'",
          "put it on the step behind, which ends the waiting");
    }
  }

  private static boolean ranges(StepDraft step) {
    return step.times().min() != step.times().max();
  }

  private void fault(StepDraft step, String what, String fix) {
    problems.fault(step.node(), "step '" + step.name() + "' " + what, fix);
  }
}
