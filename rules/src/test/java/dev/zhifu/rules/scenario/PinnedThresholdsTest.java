package dev.zhifu.rules.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.rules.language.RuleParser;
import dev.zhifu.rules.language.RuleResult;
import dev.zhifu.rules.language.RuleSheet.Parameter;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The scenarios of a live rule hold each of its thresholds from both sides: with any of them one
 * step higher or lower, some scenario fails.
 */
class PinnedThresholdsTest {
  private static final Path CATALOGUE = Path.of("catalogue");

  /**
   * Changes that change nothing: no credit older than 60 minutes is in the feature that this
   * threshold reads.
   */
  private static final List<String> WITHOUT_EFFECT = List.of("longestDwell = 61");

  /** A rule file with one threshold moved. */
  private record Variant(String what, String text) {}

  @ParameterizedTest
  @ValueSource(
      strings = {
        "M01", "M02", "M03", "M04", "M05", "M06", "M07", "M08", "M09", "M10", "M11", "M12", "M13",
        "M14", "M15", "T01", "T02", "T03", "T04", "T05", "T06", "T07", "T08", "T09", "V01", "V02",
        "V03", "V04", "V05", "V06", "V07", "V08", "V09", "V10", "V11", "V12", "V13", "V14", "V15"
      })
  void noThresholdCanMoveUnnoticed(String id) throws Exception {
    String text = Files.readString(CATALOGUE.resolve(id).resolve("rule.yaml"));
    RuleResult rule = RuleParser.parse(id, text);
    List<Scenario> scenarios = ScenarioFile.read(CATALOGUE.resolve(id).resolve("scenarios.yaml"));

    List<String> unnoticed = new ArrayList<>();
    for (Variant variant : variants(text, rule)) {
      RuleResult moved = RuleParser.parse(id, variant.text());
      boolean noticed =
          scenarios.stream()
              .anyMatch(
                  each ->
                      !ScenarioCheck.run(each, List.of(moved.orThrow()), new PureSubject()).ok());
      if (!noticed) {
        unnoticed.add(variant.what());
      }
    }

    unnoticed.removeAll(WITHOUT_EFFECT);
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
    return variants;
  }

  /** One whole unit, or a hundredth of a share. */
  private static String moved(Parameter parameter, int step) {
    String digits = parameter.written().replaceAll("[a-z]+$", "");
    String unit = parameter.written().substring(digits.length());
    BigDecimal size = parameter.unit().equals("share") ? new BigDecimal("0.01") : BigDecimal.ONE;
    return new BigDecimal(digits).add(size.multiply(BigDecimal.valueOf(step))) + unit;
  }
}
