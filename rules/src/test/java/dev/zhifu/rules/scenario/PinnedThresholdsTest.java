package dev.zhifu.rules.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.rules.language.RuleParser;
import dev.zhifu.rules.language.RuleResult;
import dev.zhifu.rules.language.RuleSheet.Parameter;
import dev.zhifu.rules.language.Step;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The scenarios of a live rule hold each of its thresholds, its window and how often its steps
 * repeat, from both sides: with any of them one step higher or lower, some scenario fails. So it
 * does when a negated step is taken out.
 */
class PinnedThresholdsTest {
  private static final Path CATALOGUE = Path.of("catalogue");

  /**
   * Changes that change nothing: no credit older than 60 minutes is in the feature that the first
   * threshold reads. The others read 24 hours back by a feature in their last step as well, so that
   * a longer window finds no more; who makes ten calls in the day after T06's first one fits again
   * at the tenth.
   */
  private static final List<String> WITHOUT_EFFECT =
      List.of(
          "longestDwell = 61", "M05 within = 86401s", "T03 within = 86401s", "T06 within = 86401s");

  /** How long a match, or the way from one event to the next, may take. */
  private static final Pattern WINDOW =
      Pattern.compile("(?m)^ *(?<name>within|withinPrevious): (?<n>\\d+)(?<unit>[smhd])$");

  private static final Map<String, Integer> SECONDS =
      Map.of("s", 1, "m", 60, "h", 3_600, "d", 86_400);

  /** How often a step repeats. */
  private static final Pattern TIMES = Pattern.compile("(?m)^ *times: (?:\\{min: )?(?<n>\\d+)");

  /** A negated step, up to the next line that is no deeper than it. */
  private static final Pattern NEGATED =
      Pattern.compile(
          "(?m)^  - step: (?<name>\\w+)\n    then: not\\w+\n    on: (?<kind>[\\w.]+)\n(?:    .*\n)*");

  /** A rule file with one threshold moved, or one negated step taken out. */
  private record Variant(String what, String text) {}

  @ParameterizedTest
  @MethodSource("dev.zhifu.rules.scenario.LiveRules#ids")
  void noThresholdCanMoveUnnoticed(String id) throws Exception {
    String text = Files.readString(CATALOGUE.resolve(id).resolve("rule.yaml"));
    RuleResult rule = RuleParser.parse(id, text);
    List<Scenario> scenarios = ScenarioFile.read(CATALOGUE.resolve(id).resolve("scenarios.yaml"));

    List<String> unnoticed = new ArrayList<>();
    List<Variant> variants = variants(text, rule);
    assertThat(variants.stream().filter(each -> each.what().startsWith("without negated step")))
        .as("negated steps of %s", id)
        .hasSize((int) rule.orThrow().steps().stream().filter(Step::negated).count());
    for (Variant variant : variants) {
      RuleResult moved = RuleParser.parse(id, variant.text());
      boolean noticed =
          !moved.ok() // no longer than 72 hours, say: the language itself holds it
              || scenarios.stream()
                  .anyMatch(
                      each ->
                          !ScenarioCheck.run(each, List.of(moved.orThrow()), new PureSubject())
                              .ok());
      if (!noticed) {
        unnoticed.add(variant.what());
      }
    }

    unnoticed.removeIf(
        what -> WITHOUT_EFFECT.contains(what) || WITHOUT_EFFECT.contains(id + " " + what));
    assertThat(unnoticed).as("thresholds of %s that no scenario holds", id).isEmpty();
  }

  private static List<Variant> variants(String text, RuleResult rule) {
    List<Variant> variants = new ArrayList<>();
    for (Parameter parameter : rule.sheet().parameters()) {
      for (int step : new int[] {-1, 1}) {
        String from = parameter.name() + ": {default: " + parameter.written() + ",";
        String moved = moved(parameter, step);
        assertThat(text).contains(from);
        variants.add(
            new Variant(
                parameter.name() + " = " + moved,
                text.replace(from, parameter.name() + ": {default: " + moved + ",")));
      }
    }
    variants.addAll(windows(text));
    variants.addAll(repeats(text));
    variants.addAll(withoutNegations(text));
    return variants;
  }

  /** The window one second shorter and one longer: its end is open. */
  private static List<Variant> windows(String text) {
    List<Variant> variants = new ArrayList<>();
    Matcher matcher = WINDOW.matcher(text);
    while (matcher.find()) {
      int seconds = Integer.parseInt(matcher.group("n")) * SECONDS.get(matcher.group("unit"));
      for (int step : new int[] {-1, 1}) {
        String moved = seconds + step + "s";
        variants.add(
            new Variant(
                matcher.group("name") + " = " + moved,
                text.substring(0, matcher.start("n"))
                    + moved
                    + text.substring(matcher.end("unit"))));
      }
    }
    return variants;
  }

  /** Each negated step taken out of the pattern. */
  private static List<Variant> withoutNegations(String text) {
    List<Variant> variants = new ArrayList<>();
    Matcher matcher = NEGATED.matcher(text);
    while (matcher.find()) {
      String without = withoutStep(text, matcher);
      assertThat(RuleParser.parse("rule.yaml", without).ok()).as(without).isTrue();
      variants.add(new Variant("without negated step " + matcher.group("name"), without));
    }
    return variants;
  }

  /**
   * The rule without the step that {@code matcher} found. Its signal goes with it, and so does a
   * kind that no other step takes: either left behind would be a fault of the text.
   */
  private static String withoutStep(String text, Matcher matcher) {
    String without =
        (text.substring(0, matcher.start()) + text.substring(matcher.end()))
            .replaceFirst("(?m)^  " + matcher.group("name") + ": \\{signal: .*\n", "");
    String kind = matcher.group("kind");
    boolean taken =
        without
            .lines()
            .anyMatch(
                line -> line.startsWith("    on: ") && line.matches(".*\\b" + kind + "\\b.*"));
    return taken ? without : without.replaceFirst("(?m)^(over: .*)" + kind + "(?:, )?", "$1");
  }

  /** One event fewer and one more. */
  private static List<Variant> repeats(String text) {
    List<Variant> variants = new ArrayList<>();
    Matcher matcher = TIMES.matcher(text);
    while (matcher.find()) {
      for (int step : new int[] {-1, 1}) {
        int moved = Integer.parseInt(matcher.group("n")) + step;
        variants.add(
            new Variant(
                "times at " + line(text, matcher.start("n")) + " = " + moved,
                text.substring(0, matcher.start("n")) + moved + text.substring(matcher.end("n"))));
      }
    }
    return variants;
  }

  private static String line(String text, int at) {
    return "line " + (1 + text.substring(0, at).chars().filter(c -> c == '\n').count());
  }

  /** One whole unit, or a hundredth of a share. */
  private static String moved(Parameter parameter, int step) {
    String digits = parameter.written().replaceAll("[a-z]+$", "");
    String unit = parameter.written().substring(digits.length());
    BigDecimal size = parameter.unit().equals("share") ? new BigDecimal("0.01") : BigDecimal.ONE;
    return new BigDecimal(digits).add(size.multiply(BigDecimal.valueOf(step))) + unit;
  }
}
