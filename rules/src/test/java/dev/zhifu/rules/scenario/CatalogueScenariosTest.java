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
  private static final List<String> LIVE =
      List.of(
          "M01", "M02", "M03", "M04", "M05", "M06", "M07", "M08", "M09", "M10", "M11", "M12", "M13",
          "M14", "M15", "T01", "T02", "T03", "T04", "T05", "T06", "T07", "T08", "T09", "V01", "V02",
          "V03", "V04", "V05", "V06", "V07", "V08", "V09", "V10", "V11", "V12", "V13", "V14",
          "V15");

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
    for (String id : LIVE) {
      List<Scenario> scenarios = ScenarioFile.read(CATALOGUE.resolve(id).resolve("scenarios.yaml"));
      assertThat(scenarios).as(id).anyMatch(each -> !each.expected().isEmpty());
      assertThat(scenarios).as(id).anyMatch(each -> each.why().startsWith("near miss"));
      assertThat(scenarios).as(id).anyMatch(each -> each.why().startsWith("out of order"));
      assertThat(scenarios).as(id).anyMatch(each -> each.why().startsWith("duplicates"));
      assertThat(scenarios)
          .as(id)
          .anyMatch(
              each -> each.why().startsWith("ordinary customer") && each.expected().isEmpty());
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
