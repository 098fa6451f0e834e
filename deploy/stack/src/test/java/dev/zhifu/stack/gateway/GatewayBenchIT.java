package dev.zhifu.stack.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.zhifu.bench.report.GatewayReport;
import dev.zhifu.bench.report.Runs;
import dev.zhifu.stack.Layout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The smallest form of the gateway bench, with real broker, registry, gateway and PostgreSQL. */
@Tag("landing")
class GatewayBenchIT {
  @TempDir private Path folder;

  @Test
  void everyQuestionIsAnsweredAndEveryOrderComesOnceInItsOrder() throws Exception {
    GatewayBench.Plan plan =
        new GatewayBench.Plan(
            List.of("B01", "B02", "B03", "B04"),
            1,
            List.of(60),
            1,
            2,
            4,
            List.of(20),
            80,
            20,
            20,
            2);
    Runs runs = Runs.about(Map.of("command", "GatewayBenchIT"));
    List<String> said = new ArrayList<>();

    new GatewayBench(Layout.find(), folder.resolve("state"), plan, said::add)
        .run(runs, folder.resolve("runs.json"));

    assertThat(GatewayBench.faults(runs)).as(said.toString()).isEmpty();
    JsonNode run = runs.of(GatewayBench.CONFIG).get(0);
    assertThat(run.path("decisions").get(0).path("asked").asInt()).isEqualTo(120);
    assertThat(run.path("saturation").path("perSecond").asDouble()).isPositive();
    assertThat(run.path("saturation").path("use").path("storeCpuSeconds").asDouble()).isPositive();
    assertThat(run.path("orders").get(0).path("webhook").path("count").asInt()).isEqualTo(20);
    assertThat(run.path("orders").get(0).path("stream").path("count").asInt()).isEqualTo(20);
    assertThat(run.path("isolation").path("heldBack").asInt()).isPositive();
    assertThat(GatewayReport.text(Runs.read(folder.resolve("runs.json"))))
        .contains("others: decision");
  }
}
