package dev.zhifu.rules.language;

import java.util.List;

/**
 * What came of one rule file: a rule with its sheet, or all its faults at once.
 *
 * @param rule the compiled rule; null exactly when there are problems
 * @param sheet what the file says beyond matching; null exactly when there are problems
 * @param problems every fault found, in the order of the file
 * @param warnings what an author should look at; a rule with warnings still runs
 */
public record RuleResult(
    Rule rule, RuleSheet sheet, List<RuleProblem> problems, List<RuleProblem> warnings) {

  /** True when the rule can run. */
  public boolean ok() {
    return problems.isEmpty();
  }

  /**
   * The rule.
   *
   * @throws IllegalArgumentException naming every fault when the file has any
   */
  public Rule orThrow() {
    if (!ok()) {
      StringBuilder text = new StringBuilder("The rule file has faults:");
      problems.forEach(problem -> text.append('\n').append(problem));
      throw new IllegalArgumentException(text.toString());
    }
    return rule;
  }
}
