package dev.zhifu.stack.lives;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.zhifu.bench.report.RuleChangesReport;
import dev.zhifu.bench.report.Runs;
import dev.zhifu.stack.Layout;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The smallest form of the rule-changes bench, with real broker, registry and job. */
@Tag("slow")
class RuleChangesIT {
  @TempDir private Path folder;

  @Test
  void controlAndChangesRunUnderTheSameMeasuredLoad() throws Exception {
    RuleChanges.Plan plan = new RuleChanges.Plan(10, 300, 0, 0.05, 60_000, 12, 12, 2, 1, 7, true);
    Runs runs = Runs.about(Map.of("command", "RuleChangesIT"));
    StringWriter said = new StringWriter();
    Path file = folder.resolve("runs.json");

    new RuleChanges(plan, Layout.find(), new PrintWriter(said))
        .run(runs, file, folder.resolve("state"), List.of("B01", "B02", "B03"));

    Runs kept = Runs.read(file);
    assertThat(kept.about().get("full load")).as(said.toString()).startsWith("5 % of ");
    assertThat(kept.configs()).containsExactly(RuleChanges.CONTROL, RuleChanges.CHANGES);
    JsonNode control = kept.of(RuleChanges.CONTROL).get(0);
    JsonNode changes = kept.of(RuleChanges.CHANGES).get(0);
    assertThat(control.path("changes").asInt()).isZero();
    assertThat(changes.path("changes").asInt()).isEqualTo(10);
    assertThat(changes.path("answers").path("IN_FORCE").asInt()).as(said.toString()).isEqualTo(9);
    assertThat(changes.path("answers").path("ENDED").asInt()).as(said.toString()).isEqualTo(1);
    assertThat(control.path("rate").asInt()).isEqualTo(changes.path("rate").asInt());
    for (JsonNode run : List.of(control, changes)) {
      for (String stretch : List.of("before", "during", "after")) {
        JsonNode figures = run.path(stretch);
        assertThat(figures.path("columnFamilies").asInt()).isPositive();
        assertThat(figures.path("decisionLatencyMs").path("count").asInt()).isPositive();
      }
      assertThat(run.path("after").path("checkpointBytes").asLong()).isPositive();
      assertThat(run.path("keptUpBefore").asBoolean()).isTrue();
      JsonNode answered = run.path("answered");
      assertThat(answered.path("asked").asInt()).isPositive();
      assertThat(answered.path("unanswered").asInt()).as(said.toString()).isZero();
      assertThat(answered.path("repeated").asInt()).as(said.toString()).isZero();
    }
    assertThat(RuleChangesReport.of(kept).rows())
        .noneMatch(row -> row.verdict().startsWith("not m"));
  }
}
