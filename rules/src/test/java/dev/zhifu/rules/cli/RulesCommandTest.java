package dev.zhifu.rules.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class RulesCommandTest {
  private static final Path CATALOGUE = Path.of("catalogue");

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void listPrintsOneLineARuleAndWritesJson() throws IOException {
    Path json = folder.resolve("made/list.json");

    assertThat(run("list", "--json", json.toString(), "T02", "M01")).isZero();

    assertThat(out.toString()).contains("通话中转账", "M01").doesNotContain("V03");
    JsonNode rules = new ObjectMapper().readTree(json.toFile()).get("rules");
    assertThat(rules).hasSize(2);
    assertThat(rules.get(1).get("key").asText()).isEqualTo("holder");
    assertThat(rules.get(1).get("monotone").asBoolean()).isFalse();
  }

  @Test
  void checkOfTheCatalogueFindsNoFault() {
    assertThat(run("check", CATALOGUE.toString())).isZero();
    assertThat(out.toString())
        .contains("0 faults")
        .contains("ok       T02 version 1: not monotone");
  }

  @Test
  void checkNamesEveryFaultOfRuleAndScenariosWithItsLine() throws IOException {
    Path rule = copy("T02");
    write(rule, "rule.yaml", read(rule, "rule.yaml").replace("family: T", "family: X"));
    write(
        rule,
        "scenarios.yaml",
        read(rule, "scenarios.yaml").replace("stranger prefix", "strangr prefix"));

    assertThat(run("check", folder.toString())).isEqualTo(1);
    assertThat(out.toString())
        .contains("T02/rule.yaml:12:")
        .contains("T02/scenarios.yaml:6:", "does not know strangr");
  }

  @Test
  void testRunsTheScenariosAndPrintsWhatDiffers() throws IOException {
    Path rule = copy("T02");
    String scenarios = read(rule, "scenarios.yaml");
    write(
        rule,
        "scenarios.yaml",
        scenarios.replaceFirst("\\+7m     T02   victim-1  c1 t1", "+7m T02 victim-2 c1 t1"));

    assertThat(run("test", folder.toString())).isEqualTo(1);
    assertThat(out.toString())
        .contains("1 failed")
        .contains("missing     +7m  T02  victim-2  c1 t1")
        .contains("unexpected  +7m  T02  victim-1  c1 t1");
    assertThat(run("test", "T02")).isZero();
  }

  @Test
  void aRuleWithAnotherThresholdFailsItsNearMiss() throws IOException {
    Path rule = copy("M06");
    write(rule, "rule.yaml", read(rule, "rule.yaml").replace("default: 100000", "default: 99999"));

    assertThat(run("test", folder.toString())).isEqualTo(1);
    assertThat(out.toString()).contains("a cent under a hundred thousand");
  }

  @Test
  void aLiveRuleWithoutScenariosIsAFault() throws IOException {
    Path rule = copy("T02");
    Files.delete(rule.resolve("scenarios.yaml"));

    assertThat(run("check", folder.toString())).isEqualTo(1);
    assertThat(out.toString()).contains("a live rule has no scenarios.yaml");
  }

  @Test
  void explainSaysWhatTheRuleLooksFor() {
    assertThat(run("explain", "T02")).isZero();
    assertThat(out.toString()).contains("Transfer while a stranger is on the phone", "Thresholds");
  }

  @Test
  void wrongArgumentsEndWithTwoAndSayWhatWouldBeRight() {
    assertThat(run("list", "T99")).isEqualTo(2);
    assertThat(err.toString()).contains("T99 is neither a folder nor a rule", "T02");
    assertThat(run("list", "--jsn", "x")).isEqualTo(2);
    assertThat(run("list", folder.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("holds no rule");
    assertThat(run()).isEqualTo(2);
    assertThat(err.toString()).contains("no command given");
  }

  private int run(String... args) {
    CommandLine line = new CommandLine(new RulesCommand());
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    return line.execute(args);
  }

  private Path copy(String id) throws IOException {
    Path rule = Files.createDirectory(folder.resolve(id));
    for (String file : new String[] {"rule.yaml", "scenarios.yaml"}) {
      Files.copy(CATALOGUE.resolve(id).resolve(file), rule.resolve(file));
    }
    return rule;
  }

  private static String read(Path rule, String file) throws IOException {
    return Files.readString(rule.resolve(file));
  }

  private static void write(Path rule, String file, String text) throws IOException {
    Files.writeString(rule.resolve(file), text);
  }
}
