package dev.zhifu.jobs.backtest;

import dev.zhifu.rules.language.RuleSheet;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Other values that a threshold of a rule may take, and the rule's text with one of them. */
final class Thresholds {
  private static final double[] FACTORS = {0.25, 0.5, 0.75, 1.5, 2, 4};
  private static final double[] SHIFTS = {-0.2, -0.1, -0.05, 0.05, 0.1, 0.2};
  private static final Pattern DURATION = Pattern.compile("(\\d+)([smhd])");

  private Thresholds() {}

  /** True when the rule's author chose the value: what is published is no one's to tune. */
  static boolean isTunable(RuleSheet.Parameter parameter) {
    return !parameter.published();
  }

  /** Values worth trying beside the written one, as a rule file writes them; in a fixed order. */
  static List<String> candidates(RuleSheet.Parameter parameter) {
    Set<String> values = new LinkedHashSet<>();
    switch (parameter.unit()) {
      case "share" -> shifted(values, Double.parseDouble(parameter.written()));
      case "ratio" -> scaled(values, new BigDecimal(parameter.written()), 2, "");
      case "duration" -> {
        Matcher parts = DURATION.matcher(parameter.written());
        if (parts.matches()) {
          scaled(values, new BigDecimal(parts.group(1)), 0, parts.group(2));
        }
      }
      default -> scaled(values, new BigDecimal(parameter.written()), 0, "");
    }
    values.remove(parameter.written());
    return new ArrayList<>(values);
  }

  private static void shifted(Set<String> values, double written) {
    for (double shift : SHIFTS) {
      double value = written + shift;
      if (value > 0.01 && value < 0.995) {
        values.add(
            BigDecimal.valueOf(value)
                .setScale(2, RoundingMode.HALF_EVEN)
                .stripTrailingZeros()
                .toPlainString());
      }
    }
  }

  /** Two significant digits: a threshold is a round number, not a fit. */
  private static void scaled(Set<String> values, BigDecimal written, int digits, String unit) {
    for (double factor : FACTORS) {
      BigDecimal value =
          written
              .multiply(BigDecimal.valueOf(factor))
              .round(new MathContext(2, RoundingMode.HALF_EVEN))
              .setScale(digits, RoundingMode.HALF_EVEN);
      if (value.signum() > 0) {
        values.add((digits == 0 ? value : value.stripTrailingZeros()).toPlainString() + unit);
      }
    }
  }

  /**
   * The rule's text with another default.
   *
   * @throws IllegalArgumentException when the text has no such parameter
   */
  static String with(String text, String parameter, String value) {
    Pattern place =
        Pattern.compile(
            "(?m)^(\\s+"
                + Pattern.quote(parameter)
                + ":\\s*(?:\\{\\s*|\\R\\s+)default:\\s*)([^,}\\s]+)");
    Matcher found = place.matcher(text);
    if (!found.find()) {
      throw new IllegalArgumentException(
          "the rule has no parameter " + parameter + " with a default");
    }
    return text.substring(0, found.start(2)) + value + text.substring(found.end(2));
  }
}
