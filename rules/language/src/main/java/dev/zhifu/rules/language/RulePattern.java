package dev.zhifu.rules.language;

import java.util.List;
import org.snakeyaml.engine.v2.nodes.Node;

/** The compiled pattern as a whole, and what can be said about it. */
record RulePattern(List<StepDraft> drafts, List<Step> steps, AfterMatch afterMatch, long withinMs) {

  /**
   * True when no later or late event can undo a hit: every match counts, nothing is negated, and no
   * step is bound to the first event that fits, which an earlier late event could replace.
   */
  boolean monotone() {
    return afterMatch.kind() == AfterMatch.Kind.NO_SKIP
        && steps.stream().allMatch(RulePattern::monotone);
  }

  private static boolean monotone(Step step) {
    boolean any =
        step.contiguity() == Contiguity.BEGIN || step.contiguity() == Contiguity.FOLLOWED_BY_ANY;
    boolean every = step.timesMax() == 1 || step.allowCombinations();
    return any && every && !step.greedy() && !step.consecutive();
  }

  boolean keepsAll() {
    return steps.stream()
        .anyMatch(
            step ->
                step.consecutive()
                    || step.contiguity() == Contiguity.NEXT
                    || step.contiguity() == Contiguity.NOT_NEXT);
  }

  boolean endsWithAbsence() {
    return steps.get(steps.size() - 1).negated();
  }

  int worstPartials() {
    return WorstPartials.of(steps);
  }

  void check(Problems problems, Node pattern) {
    int worst = worstPartials();
    if (worst > WorstPartials.LIMIT) {
      problems.fault(
          pattern,
          WorstPartials.EVENTS + " events of one key can leave " + worst + " partial matches",
          "at most "
              + WorstPartials.LIMIT
              + " are allowed: write followedBy for followedByAny, drop 'combinations', or lower 'max'");
    }
  }
}
