package dev.zhifu.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunsTest {
  @TempDir private Path folder;

  private final Runs runs = Runs.about(Map.of("seed", "1"));

  @Test
  void aRatioComparesRunsOfTheSameRoundOnly() {
    add("engine-37", 1, 50);
    add("noop-37", 1, 100);
    add("engine-37", 2, 80);
    add("noop-37", 2, 100);
    add("engine-37", 3, 10);
    assertThat(runs.ratio("engine-37", "noop-37", "eventsPerCpuSecond"))
        .isCloseTo(0.65, within(1e-9));
  }

  @Test
  void aTargetIsMissedJustBelowItsRatioAndMetAtIt() {
    add("noop-37", 1, 100);
    add("engine-37", 1, 59.9);
    assertThat(Target.ENGINE.get(0).verdict(runs)).isEqualTo("missed");
    add("noop-37", 2, 100);
    add("engine-37", 2, 60.1);
    assertThat(Target.ENGINE.get(0).verdict(runs)).isEqualTo("met");
    assertThat(Target.ENGINE.get(1).verdict(runs)).isEqualTo("not measured");
  }

  @Test
  void whatWasMeasuredIsKnownAgainAfterReading() throws IOException {
    add("engine-37", 1, 50);
    Path file = folder.resolve("runs.json");
    runs.write(file);
    Runs read = Runs.read(file);
    assertThat(read.has("engine-37", 1)).isTrue();
    assertThat(read.has("engine-37", 2)).isFalse();
    assertThat(read.about()).containsEntry("seed", "1");
  }

  @Test
  void aFileOfAnotherKindIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("other.json"), "{}");
    assertThatThrownBy(() -> Runs.read(file)).hasMessageContaining("holds no benchmark runs");
  }

  @Test
  void thePageShowsEveryTargetAndNeedsNothingElse() {
    add("noop-37", 1, 100);
    add("engine-37", 1, 61);
    String page = Page.of(runs);
    for (Target target : Target.ENGINE) {
      assertThat(page).contains(Page.text(target.what()));
    }
    assertThat(page).contains("class=\"met\"").contains("0.61").doesNotContain("http");
  }

  @Test
  void theTableHasEveryTargetAndSaysWhatWasNotMeasured() {
    add("noop-37", 1, 100);
    add("engine-37", 1, 30);
    String table = TargetTable.markdown(runs, Target.ENGINE);
    for (Target target : Target.ENGINE) {
      assertThat(table).contains("| " + target.what() + " |");
    }
    assertThat(table)
        .contains("| ≥ 0.6 | 0.30 | missed by 50 % |")
        .contains("| ≥ 0.3 |  | not measured |")
        .contains("seed: 1");
    assertThat(TargetTable.lines(runs, Target.ENGINE)).hasSize(Target.ENGINE.size() + 1);
    assertThat(TargetTable.rows(runs, Target.ENGINE))
        .hasSize(Target.ENGINE.size())
        .first()
        .satisfies(row -> assertThat(row).containsEntry("verdict", "missed"));
  }

  @Test
  void aFigureByItselfIsComparedWithItsTarget() {
    runs.add(
        new ObjectMapper()
            .createObjectNode()
            .put("config", "engine-37@live")
            .put("round", 1)
            .put("eventsPerSecond", 41_000.0));
    assertThat(Target.CITY.get(0).verdict(runs)).isEqualTo("met");
    assertThat(Target.CITY.get(0).shown(runs)).isEqualTo("41,000");
  }

  @Test
  void aRunThatFailedIsMadeAgainAndOneThatDidNotIsKept() {
    add("noop-37", 1, 100);
    runs.add(
        new ObjectMapper()
            .createObjectNode()
            .put("config", "engine-37")
            .put("round", 1)
            .put("failed", "ended with 1:\nwhy"));
    assertThat(Compared.faults(runs)).containsExactly("engine-37 was not measured: ended with 1:");
    runs.forgetFailed();
    assertThat(runs.has("engine-37", 1)).isFalse();
    assertThat(runs.has("noop-37", 1)).isTrue();
  }

  @Test
  void hitsAreComparedBetweenThoseWhoRanTheSameRules() {
    hits("engine-10", "7", "aa");
    hits("cep-event-10", "7", "aa");
    hits("single-10", "3", "cc");
    hits("cep-proc-10", "9", "dd");
    assertThat(Compared.faults(runs)).isEmpty();
    hits("esper-10", "4", "ee");
    assertThat(Compared.faults(runs))
        .containsExactly("single-key 10 rules: different hits from single-10, esper-10");
    hits("match-1", "0", "ff");
    assertThat(Compared.faults(runs)).anyMatch(fault -> fault.startsWith("1 rules: no hits"));
  }

  private void hits(String config, String count, String sha) {
    runs.add(
        new ObjectMapper()
            .createObjectNode()
            .put("config", config)
            .put("round", 1)
            .put("hits", count)
            .put("hitsSha256", sha));
  }

  private void add(String config, int round, double rate) {
    ObjectNode run = new ObjectMapper().createObjectNode();
    run.put("config", config).put("round", round).put("eventsPerCpuSecond", rate);
    runs.add(run);
  }
}
