package dev.zhifu.oracle;

import dev.zhifu.rules.language.Rule;

/**
 * A history on which two matchers do not agree.
 *
 * @param seed of the trial: {@code zhifu bench oracle --replay SEED} shows it again
 * @param rule the rule
 * @param history what arrived
 * @param what which matchers, and how they differ
 */
record Difference(long seed, Rule rule, History history, String what) {

  /** One line. */
  String line() {
    return "seed %d, %s, %s, %s: %s"
        .formatted(seed, rule.afterMatch().kind(), Operator.of(rule), history.disturbance(), what);
  }

  @Override
  public String toString() {
    return line() + "\n" + rule.text() + history;
  }
}
