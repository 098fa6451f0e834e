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

  /** steps, separated by " / ", lines by "; " | the fault. */
  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      quoteCharacter = '~',
      textBlock =
          """
      times: {min: 1, max: 2} / then: notFollowedBy | step 'b' is negated and stands right after the step of open number 'a'
      times: 2 / then: notFollowedBy / times: {min: 1, max: 2} | step 'b' is negated and stands right before the step of open number 'c'
      times: {min: 1, max: 2}; greedy: true / optional: true | step 'b' is optional and stands right after the greedy step 'a'
      times: {min: 1, max: 2}; greedy: true; combinations: true | step 'a' is greedy, and takes any later event
      optional: false / times: {min: 1, max: 2}; greedy: true; then: followedByAny | step 'b' is greedy, and takes any later event
      optional: false / withinPrevious: 1m; times: 2 | step 'b' has 'withinPrevious' and is optional, negated or has 'times'
      optional: false / withinPrevious: 1m; optional: true | step 'b' has 'withinPrevious' and is optional, negated or has 'times'
      optional: false / withinPrevious: 1m; then: notFollowedBy | step 'b' has 'withinPrevious' and is optional, negated or has 'times'
      times: {min: 1, max: 2} / withinPrevious: 1m | step 'b' has 'withinPrevious' and stands right after step 'a', which is optional, notNext or of open number
      optional: false / then: notNext / withinPrevious: 1m | step 'c' has 'withinPrevious' and stands right after step 'b', which is optional, notNext or of open number
      """)
  void shapes_that_the_matcher_does_not_keep_to_the_letter_are_refused(String steps, String fault) {
    assertThat(withSteps(steps).problems()).extracting(RuleProblem::what).containsExactly(fault);
  }

  @Test
  void greedy_last_step_is_refused() {
    String text =
        GoodRule.TEXT.replace(
            "on: transfer.out\n",
            "on: transfer.out\n    times: {min: 1, max: 2}\n    greedy: true\n");

    assertThat(
            RuleParser.parse("f", text.replace(NEGATED, "").replace("call.end, ", "")).problems())
        .extracting(RuleProblem::what)
        .contains("step 'payment' is greedy and last, where the shorter match is complete");
  }

  @Test
  void pattern_without_a_required_step_of_evidence_is_refused() {
    String text =
        GoodRule.TEXT
            .replace("on: call.start\n", "on: call.start\n    evidence: false\n")
            .replace("on: transfer.out\n", "on: transfer.out\n    evidence: false\n");

    assertThat(RuleParser.parse("f", text).problems())
        .extracting(RuleProblem::what)
        .containsExactly("no required step that takes events is evidence");
  }

  /** The good rule with steps a, b, … before its payment. */
  private static RuleResult withSteps(String steps) {
    StringBuilder pattern = new StringBuilder();
    StringBuilder signals = new StringBuilder("signals:\n");
    char name = 'a';
    for (String lines : steps.split(" / ")) {
      pattern.append("  - step: ").append(name).append("\n    on: [call.start, call.end]\n    ");
      pattern.append(lines.replace("; ", "\n    ")).append("\n");
      signals.append("  ").append(name++).append(": {signal: s, source: c}\n");
    }
    String text = GoodRule.TEXT;
    String call = text.substring(text.indexOf("  - step: call"), text.indexOf("  - step: payment"));
    String said = text.substring(text.indexOf("signals:"), text.indexOf("  payment: {"));
    return RuleParser.parse(
        "f",
        text.replace(call, pattern).replace(said, signals).replace(" && steps.call.incoming", ""));
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
