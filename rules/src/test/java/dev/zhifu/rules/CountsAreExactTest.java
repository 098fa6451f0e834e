package dev.zhifu.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.rules.features.FeatureDeclarations;
import dev.zhifu.rules.language.RuleResult;
import dev.zhifu.rules.language.RuleSet;
import dev.zhifu.rules.language.RuleSheet.Parameter;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * No rule asks for a count that its feature cannot give exactly: every threshold that counts lies
 * well under the bound of the lists that are counted (ADR-0150).
 */
class CountsAreExactTest {
  private static final Set<String> COUNTED = Set.of("accounts", "calls", "events", "nights");

  /** Least of the bounds of lists that a count of a rule is made from. */
  private static final int LEAST_BOUND = 64;

  /** Longest calendar that nights are counted in: today and six days. */
  private static final int NIGHTS = 7;

  private static final List<String> BEHIND_COUNTS =
      List.of(
          "payee.credits",
          "payee.qrCredits",
          "number.calls",
          "device.holders",
          "payer.moves",
          "payer.week",
          "payer.ownSources",
          "holder.calls",
          "holder.newPayees");

  @Test
  void everyCountingThresholdIsAtMostHalfOfTheLeastBound() throws Exception {
    int seen = 0;
    for (RuleResult rule : RuleSet.ofDirectory(Path.of("catalogue")).results()) {
      for (Parameter parameter : rule.sheet().parameters()) {
        if (COUNTED.contains(parameter.unit())) {
          int most = parameter.unit().equals("nights") ? NIGHTS : LEAST_BOUND / 2;
          assertThat(new BigDecimal(parameter.written()))
              .as("%s of %s", parameter.name(), rule.rule().id())
              .isLessThanOrEqualTo(BigDecimal.valueOf(most));
          seen++;
        }
      }
    }
    assertThat(seen).isGreaterThan(10);
  }

  @Test
  void theListsBehindCountsAreAtLeastThatLong() {
    String page = FeatureDeclarations.markdown();
    for (String name : BEHIND_COUNTS) {
      String row =
          page.lines().filter(line -> line.startsWith("| `" + name + "` |")).findFirst().orElse("");
      assertThat(row).as("the limit %s in docs/features.md", name).isNotEmpty();
      assertThat(Integer.parseInt(row.split("\\|")[2].trim()))
          .as(name)
          .isGreaterThanOrEqualTo(LEAST_BOUND);
    }
  }
}
