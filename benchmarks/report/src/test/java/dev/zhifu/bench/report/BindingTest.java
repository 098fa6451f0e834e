package dev.zhifu.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BindingTest {
  @TempDir private Path folder;

  @Test
  void aThreadThatIsBusyAllTheTimeBinds() {
    assertThat(Binding.of(run(9.6, 4.0), "engine-37@live"))
        .startsWith("thread 'source' is busy 96 %")
        .contains("1.36 cores used, of them source 0.96, match 0.40");
  }

  @Test
  void whereNoneIsBusyAllTheTimeTheCpuBinds() {
    assertThat(Binding.of(run(8.5, 8.0), "engine-37@live")).startsWith("no single thread");
  }

  @Test
  void withoutARunNothingIsSaid() {
    assertThat(Binding.of(Runs.about(Map.of()), "engine-37@live")).isEqualTo("not measured");
  }

  @Test
  void theMicroPageShowsEveryCase() throws IOException {
    Path json =
        Files.writeString(
            folder.resolve("micro.json"),
            """
            [{"benchmark": "a.RulesBench.prefilter", "params": {"rules": "37"},
              "primaryMetric": {"score": 812.4, "scoreError": "NaN"}}]
            """);
    assertThat(MicroPage.of(json, Map.of("machine", "two cores")))
        .contains("prefilter, 37 rules", "<td>812", "machine: two cores");
  }

  private static Runs run(double source, double match) {
    Runs runs = Runs.about(Map.of());
    ObjectNode run = new ObjectMapper().createObjectNode();
    run.put("config", "engine-37@live").put("round", 1).put("seconds", 10.0);
    run.put("cpuSeconds", source + match);
    run.putObject("cpuSecondsByTask").put("source", source).put("match", match);
    runs.add(run);
    return runs;
  }
}
