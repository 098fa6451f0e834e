package dev.zhifu.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class VerdictTest {
  @TempDir private Path folder;

  @Test
  void aRunWithoutHitsFails() {
    assertThat(Verdict.faults(new Tally(), 0))
        .singleElement()
        .asString()
        .contains("no hit in 0 histories");
  }

  @Test
  void aRunWithHitsAndNoDifferencePasses() throws Exception {
    assertThat(Verdict.faults(some(), 0)).isEmpty();
  }

  @Test
  void aCellWithFewerHitsOrRetractionsThanAskedForFails() throws Exception {
    assertThat(Verdict.faults(some(), 1_000))
        .hasSize(2)
        .anyMatch(fault -> fault.contains("fewer than 1000 histories with a hit"))
        .anyMatch(fault -> fault.contains("fewer than 1000 histories with a retraction"));
  }

  @Test
  void aDifferenceFails() throws Exception {
    Tally tally = some();
    tally.restore(tally.histories(), 0, 0, 3);

    assertThat(Verdict.faults(tally, 0)).singleElement().asString().startsWith("3 differences");
  }

  @Test
  void theCommandEndsWithOneWhereTooLittleWasSeen() {
    Path json = folder.resolve("oracle.json");

    assertThat(run("--histories", "40", "--least", "1", "--json", json.toString())).isEqualTo(1);
    assertThat(run("--histories", "40", "--json", json.toString())).isZero();
  }

  @Test
  void theFileSaysOfWhichCommitMachineCommandAndDayItIs() throws Exception {
    Path json = folder.resolve("oracle.json");
    run(
        "--histories",
        "40",
        "--json",
        json.toString(),
        "--about",
        "commit=abc",
        "--about",
        "machine=2 x y, load 0.1");

    JsonNode about = new ObjectMapper().readTree(json.toFile()).path("about");

    assertThat(about.path("commit").asText()).isEqualTo("abc");
    assertThat(about.path("machine").asText()).isEqualTo("2 x y, load 0.1");
    assertThat(about.path("day").asText()).matches("\\d{4}-\\d\\d-\\d\\d");
  }

  @Test
  void aTableOfAnotherCommitIsNotGoneOnWith() throws Exception {
    Path json = folder.resolve("oracle.json");
    new TallyFile(json, Map.of("commit", "abc")).write(some(), 1, 5);

    assertThat(new TallyFile(json, Map.of("commit", "abc")).read(new Tally(), 1)).isEqualTo(5);
    assertThatThrownBy(() -> new TallyFile(json, Map.of("commit", "abd")).read(new Tally(), 1))
        .hasMessageContaining("is of a run on commit 'abc', this is 'abd'");
  }

  private static int run(String... arguments) {
    return new CommandLine(new OracleMain()).execute(arguments);
  }

  private static Tally some() throws Exception {
    Tally tally = new Tally();
    tally.add(new Trial(1, EngineRun::new).run());
    tally.add(new Trial(2, EngineRun::new).run());
    return tally;
  }
}
