package dev.zhifu.rules.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.rules.language.Rule;
import dev.zhifu.rules.language.RuleParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every scenario of the catalogue on the pure engine. */
class CatalogueScenariosTest {
  private static final Path CATALOGUE = Path.of("catalogue");

  /** One look-alike can be quiet by chance. */
  private static final int ORDINARY_CUSTOMERS = 2;

  @TestFactory
  Stream<DynamicContainer> everyScenarioMakesExactlyTheHitsItExpects() throws IOException {
    return rules().map(CatalogueScenariosTest::container);
  }

  private static DynamicContainer container(Path folder) {
    try {
      Rule rule =
          RuleParser.parse(
                  folder.getFileName() + "/rule.yaml",
                  Files.readString(folder.resolve("rule.yaml")))
              .orThrow();
      List<Scenario> scenarios = ScenarioFile.read(folder.resolve("scenarios.yaml"));
      return DynamicContainer.dynamicContainer(
          rule.id(), scenarios.stream().map(scenario -> test(rule, scenario)));
    } catch (IOException | ScenarioException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  private static DynamicTest test(Rule rule, Scenario scenario) {
    return DynamicTest.dynamicTest(
        scenario.name(),
        () -> {
          ScenarioCheck.Outcome outcome =
              ScenarioCheck.run(scenario, List.of(rule), new PureSubject());
          assertThat(outcome.ok())
              .as("%s:%d%n%s", scenario.file(), scenario.line(), outcome.differences())
              .isTrue();
        });
  }

  @Test
  void everyRuleThatShipsLiveFiresAndStaysQuietAndMeetsDisorderAndDuplicates() throws Exception {
    for (Rule rule : LiveRules.all()) {
      String id = rule.id();
      List<Scenario> scenarios = ScenarioFile.read(CATALOGUE.resolve(id).resolve("scenarios.yaml"));
      assertThat(scenarios).as(id).anyMatch(each -> !each.expected().isEmpty());
      assertThat(scenarios).as(id).anyMatch(each -> each.why().startsWith("near miss"));
      assertThat(scenarios).as(id).anyMatch(each -> each.why().startsWith("out of order"));
      assertThat(scenarios).as(id).anyMatch(each -> each.why().startsWith("duplicates"));
      assertThat(scenarios)
          .as(id)
          .filteredOn(
              each -> each.why().startsWith("ordinary customer") && each.expected().isEmpty())
          .hasSizeGreaterThanOrEqualTo(ORDINARY_CUSTOMERS);
      if (rule.restsOnAbsence()) {
        assertThat(scenarios)
            .as("%s has a negated step: what must not come, comes", id)
            .anyMatch(each -> each.why().startsWith("near miss, absence"));
      }
    }
  }

  private static Stream<Path> rules() throws IOException {
    try (Stream<Path> folders = Files.list(CATALOGUE)) {
      return folders
          .filter(folder -> Files.exists(folder.resolve("scenarios.yaml")))
          .sorted()
          .toList()
          .stream();
    }
  }
}
