package dev.zhifu.rules.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.zhifu.rules.stream.Lines;
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
        .contains("ok       T02 version 2: not monotone");
  }

  @Test
  void checkSaysWhatEachRuleCosts() throws IOException {
    Path json = folder.resolve("check.json");

    assertThat(run("check", "T06", "M01", "--json", json.toString())).isZero();

    assertThat(out.toString())
        .contains("T06 version 2: not monotone, at most 16 partial matches a key, no hit withheld")
        .contains("features: numberCalls24h, numberOutShare24h")
        .contains("selectivity: not measured; name events by --events");
    JsonNode first = new ObjectMapper().readTree(json.toFile()).get("each").get(0);
    assertThat(first.get("id").asText()).isEqualTo("M01");
    assertThat(first.get("monotone").asBoolean()).isTrue();
    assertThat(first.has("starts")).isFalse();
  }

  @Test
  void checkSaysThatASkipStrategyMayHoldHitsBack() throws IOException {
    Path rule = copy("T02");
    write(
        rule,
        "rule.yaml",
        read(rule, "rule.yaml").replace("afterMatch: noSkip", "afterMatch: skipPastLast"));
    Path json = folder.resolve("check.json");

    run("check", folder.toString(), "--json", json.toString());

    assertThat(out.toString()).contains("its skip strategy may hold finished matches back");
    assertThat(new ObjectMapper().readTree(json.toFile()).at("/each/0/mayWithholdHits").asBoolean())
        .isTrue();
  }

  @Test
  void checkMeasuresOnEventsAndWarnsOfRulesThatBeginOnMany() throws IOException {
    Path json = folder.resolve("check.json");
    Path events = folder.resolve("events.jsonl");
    Files.writeString(
        events, Lines.call("c1", 0, "v") + "\n" + Lines.transfer("t1", 400, "v", "m", 900_000));

    int code = run("check", "T02", "--json", json.toString(), "--events", events.toString());

    assertThat(code).isZero();
    assertThat(out.toString())
        .contains("of the events 50.000 % begin a sequence, 100.000 % must be shown to it; 1 hits")
        .contains("steps: call 50.000 %, hangup 0.000 %, payment 50.000 %")
        .contains("warning  T02/rule.yaml: 50.000 % of the events begin a sequence, more than 1 %")
        .contains("events   2: 100.000 % relevant to any of 1 rules");
    JsonNode stream = new ObjectMapper().readTree(json.toFile()).get("stream");
    assertThat(stream.get("events").asInt()).isEqualTo(2);
    assertThat(stream.at("/touching/events").asInt()).isEqualTo(2);
  }

  @Test
  void checkRefusesAFileThatHoldsNoEvents() throws IOException {
    Path events = Files.writeString(folder.resolve("events.jsonl"), "txnId,ts\n");

    assertThat(run("check", "T02", "--events", events.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("events.jsonl:1: the line is no JSON object");
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
    write(rule, "rule.yaml", read(rule, "rule.yaml").replace("default: 400000", "default: 399999"));

    assertThat(run("test", folder.toString())).isEqualTo(1);
    assertThat(out.toString()).contains("a cent under four hundred thousand");
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
