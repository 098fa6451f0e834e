package dev.zhifu.stack.path;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.zhifu.bench.report.PathPage;
import dev.zhifu.bench.report.Runs;
import dev.zhifu.stack.Layout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The smallest form of the critical path bench, with real broker, registry and job. */
@Tag("landing")
class PathIT {
  private static final List<String> BANKS = banks();

  @TempDir private Path folder;

  private static List<String> banks() {
    List<String> banks = new ArrayList<>();
    for (int bank = 1; bank <= 12; bank++) {
      banks.add("B%02d".formatted(bank));
    }
    return banks;
  }

  @Test
  void theEngineAnswersEveryTransferThatAsked() throws Exception {
    answersAll(PathBench.ENGINE);
  }

  @Test
  @Tag("slow")
  void theNoopAnswersEveryTransferThatAsked() throws Exception {
    answersAll(PathBench.NOOP);
  }

  private void answersAll(String config) throws Exception {
    PathBench.Plan plan =
        new PathBench.Plan(
            List.of(config), 1, List.of(2_000.0), 0, 6, 3_000, 0, 1, 1, 0, 2_000, 20, 1, true);
    Runs runs = Runs.about(Map.of("command", "PathIT"));
    List<String> said = new ArrayList<>();

    new PathBench(Layout.find(), folder.resolve("state"), BANKS, plan, said::add)
        .run(runs, folder.resolve("runs.json"));

    JsonNode run = runs.of(config).get(0);
    JsonNode ledger = run.path("ledger");
    assertThat(run.path("eventsPerSecond").asDouble()).as(said.toString()).isPositive();
    assertThat(ledger.path("asked").asLong()).isPositive();
    assertThat(ledger.path("answered")).isEqualTo(ledger.path("asked"));
    assertThat(ledger.path("unanswered").asLong()).isZero();
    assertThat(ledger.path("contradicted").asLong()).isZero();
    assertThat(ledger.path("requests").asLong()).isPositive();
    assertThat(run.path("state").path("sstBytes").asLong()).isPositive();
    assertThat(run.path("rates").get(0).path("decision").path("count").asLong()).isPositive();
    assertThat(PathPage.of(Runs.read(folder.resolve("runs.json")))).contains(config);
  }
}
