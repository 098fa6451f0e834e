package dev.zhifu.rules.language;

import java.util.Comparator;
import java.util.List;

/** The table of docs/signals.md: which signal carries each step of each rule. */
public final class SignalsTable {
  private static final String HEAD =
      """
      # Signals

      Which message carries each step of each rule, and who may lawfully give it. Generated from the `signals` of the rule files; a test
      fails when this page is stale, and writes the right one beside it. A step that nothing lawful carries is left out of the rule, which says so.

      | rule | step | events | signal | source and ground |
      |---|---|---|---|---|
      """;

  private SignalsTable() {}

  /**
   * The page.
   *
   * @param results rules without faults
   */
  public static String markdown(List<RuleResult> results) {
    StringBuilder page = new StringBuilder(HEAD);
    results.stream()
        .sorted(Comparator.comparing((RuleResult result) -> result.rule().id()))
        .forEach(result -> rows(page, result));
    return page.toString();
  }

  private static void rows(StringBuilder page, RuleResult result) {
    String rule = result.rule().id() + " " + result.rule().nameEn();
    for (RuleSheet.StepText step : result.sheet().steps()) {
      for (RuleSheet.Signal signal : step.signals()) {
        row(
            page,
            rule,
            step.name(),
            String.join(", ", step.kinds()),
            signal.signal(),
            signal.source());
      }
    }
    for (RuleSheet.Dropped dropped : result.sheet().dropped()) {
      row(page, rule, "left out", "", dropped.step(), dropped.reason());
    }
  }

  private static void row(StringBuilder page, String... cells) {
    page.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }
}
