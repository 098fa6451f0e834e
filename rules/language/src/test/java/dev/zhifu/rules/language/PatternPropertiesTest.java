package dev.zhifu.rules.language;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is computed of a pattern as a whole. */
class PatternPropertiesTest {
  private static final String NEGATED =
      """
        - step: hangup
          then: notFollowedBy
          on: call.end
      """;

  /** The good rule with another middle step; the step's lines are separated by a semicolon. */
  private static RuleResult withMiddle(String lines, String afterMatch, String lastThen) {
    String middle =
        "  - step: hangup\n    on: call.end\n    " + lines.replace("; ", "\n    ") + "\n";
    String text =
        GoodRule.TEXT
            .replace(NEGATED, middle)
            .replace(
                "then: followedBy\n    on: transfer.out",
                "then: " + lastThen + "\n    on: transfer.out")
            .replace("afterMatch: noSkip", "afterMatch: " + afterMatch);
    return RuleParser.parse("T90/rule.yaml", text);
  }

  @ParameterizedTest
  @CsvSource({
    "then: followedByAny, noSkip, followedByAny, true, false",
    "then: followedBy, noSkip, followedByAny, false, false",
    "then: followedByAny, noSkip, followedBy, false, false",
    "then: next, noSkip, followedByAny, false, true",
    "then: notNext, noSkip, followedByAny, false, true",
    "then: notFollowedBy, noSkip, followedByAny, false, false",
    "then: followedByAny, skipToNext, followedByAny, false, false",
    "then: followedByAny; times: 2, noSkip, followedByAny, false, false",
    "then: followedByAny; times: 2; consecutive: true, noSkip, followedByAny, false, true",
  })
  void monotone_and_keeps_all(
      String middle, String afterMatch, String last, boolean monotone, boolean keepsAll) {
    Rule rule = withMiddle(middle, afterMatch, last).orThrow();

    assertThat(rule.monotone()).isEqualTo(monotone);
    assertThat(rule.keepsAll()).isEqualTo(keepsAll);
    assertThat(rule.endsWithAbsence()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "then: followedBy, 16",
    "then: followedByAny, 72",
    "then: followedBy; times: {min: 1; max: 5}, 60",
  })
  void worst_partial_matches(String middle, int worst) {
    String lines = middle.replace("min: 1;", "min: 1,");

    assertThat(withMiddle(lines, "noSkip", "followedByAny").orThrow().worstPartials())
        .isEqualTo(worst);
  }

  @Test
  void pattern_that_can_explode_is_refused() {
    RuleResult result =
        withMiddle(
            "then: followedByAny; times: {min: 1, max: 20}; combinations: true",
            "noSkip",
            "followedByAny");

    assertThat(result.problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.what())
                  .matches("16 events of one key can leave \\d+ partial matches");
              assertThat(problem.fix()).startsWith("at most 100 are allowed");
            });
  }

  @Test
  void absence_before_or_after_an_optional_step_is_refused() {
    String optional = "  - step: pause\n    on: call.start\n    optional: true\n";
    String after = GoodRule.TEXT.replace(NEGATED, NEGATED + optional);
    String before = GoodRule.TEXT.replace(NEGATED, optional + NEGATED);

    assertThat(RuleParser.parse("f", after).problems())
        .extracting(RuleProblem::what)
        .contains("step 'hangup' is negated and stands right before the optional step 'pause'");
    assertThat(RuleParser.parse("f", before).problems())
        .extracting(RuleProblem::what)
        .contains("step 'hangup' is negated and stands right after the optional step 'pause'");
  }

  @Test
  void skip_rule_that_compares_steps_is_flagged_as_withholding() {
    assertThat(
            GoodRule.parseWith("afterMatch: noSkip", "afterMatch: skipPastLast").sheet().withheld())
        .isTrue();
    assertThat(GoodRule.parseWith("afterMatch: noSkip", "afterMatch: noSkip").sheet().withheld())
        .isFalse();
  }

  @Test
  void common_start_and_bare_numbers_are_warned_of() {
    RuleResult start = GoodRule.parseWith("    where: event.firstContact\n", "");
    RuleResult number =
        GoodRule.parseWith("steps.call.incoming", "event.at - steps.call.at > minutes(5)");

    assertThat(start.ok()).isTrue();
    assertThat(start.warnings())
        .extracting(RuleProblem::what)
        .containsExactly("the pattern starts on every call.start");
    assertThat(number.warnings())
        .singleElement()
        .hasToString(
            "T90/rule.yaml:26:75: step 'payment': a number stands bare; name it under 'parameters', with unit and grade");
  }
}
