package dev.zhifu.jobs.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhifu.rules.language.RuleSheet;
import org.junit.jupiter.api.Test;

class ThresholdsTest {

  @Test
  void moneyAndCountsAreScaledToRoundNumbers() {
    assertThat(Thresholds.candidates(parameter("5000", "yuan")))
        .containsExactly("1200", "2500", "3800", "7500", "10000", "20000");
    assertThat(Thresholds.candidates(parameter("3", "accounts")))
        .containsExactly("1", "2", "4", "6", "12");
  }

  @Test
  void durationsKeepTheirUnit() {
    assertThat(Thresholds.candidates(parameter("10m", "duration")))
        .containsExactly("2m", "5m", "8m", "15m", "20m", "40m");
  }

  @Test
  void sharesAreShiftedAndStayShares() {
    assertThat(Thresholds.candidates(parameter("0.9", "share")))
        .containsExactly("0.7", "0.8", "0.85", "0.95");
    assertThat(Thresholds.candidates(parameter("0.05", "share")))
        .allSatisfy(value -> assertThat(Double.parseDouble(value)).isBetween(0.0, 1.0));
  }

  @Test
  void whatIsPublishedIsNotTuned() {
    assertThat(
            Thresholds.isTunable(
                new RuleSheet.Parameter("days", "15", 15L, "days", true, "a publication")))
        .isFalse();
  }

  @Test
  void aThresholdIsReplacedWhereItStands() {
    String text =
        """
        parameters:
          least: {default: 5000, unit: yuan, grade: default}
          leastShare:
            default: 0.9
            unit: share
        pattern: []
        """;

    assertThat(Thresholds.with(text, "least", "2500")).contains("least: {default: 2500, unit");
    assertThat(Thresholds.with(text, "leastShare", "0.8")).contains("    default: 0.8\n");
    assertThatThrownBy(() -> Thresholds.with(text, "most", "1"))
        .hasMessageContaining("no parameter most");
  }

  private static RuleSheet.Parameter parameter(String written, String unit) {
    return new RuleSheet.Parameter("least", written, 0L, unit, false, "");
  }
}
