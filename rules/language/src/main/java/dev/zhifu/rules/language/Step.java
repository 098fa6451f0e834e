package dev.zhifu.rules.language;

/**
 * One step of a rule's pattern.
 *
 * @param name unique within the rule
 * @param contiguity how it follows the step before
 * @param timesMin least number of events, 1 or more
 * @param timesMax most number of events; equal to timesMin without a quantifier; always bounded
 * @param optional true when the step may be missing
 * @param greedy true when it takes as many events as it can
 * @param consecutive true when its events must follow each other without gap
 * @param allowCombinations true when its events may be any combination
 * @param withinPreviousMs longest time since the step before, milliseconds; 0 is no limit of its
 *     own
 * @param evidence false when its events are not shown as evidence
 * @param condition the compiled condition
 */
public record Step(
    String name,
    Contiguity contiguity,
    int timesMin,
    int timesMax,
    boolean optional,
    boolean greedy,
    boolean consecutive,
    boolean allowCombinations,
    long withinPreviousMs,
    boolean evidence,
    StepCondition condition) {

  /** True for the two negated contiguities, whose step never takes an event. */
  public boolean negated() {
    return contiguity == Contiguity.NOT_NEXT || contiguity == Contiguity.NOT_FOLLOWED_BY;
  }
}
