package dev.zhifu.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GatewayReportTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void eachTableHasTheFiguresOfItsRunAndAsManyCellsAsItsHead() throws Exception {
    Runs runs = Runs.about(Map.of("command", "zhifu bench gateway"));
    runs.add(
        JSON.readTree(
            """
            {"config":"gateway","round":1,"loadAverage":2.5,"repeated":3,
             "decisions":[{"rate":500,"latency":{"p50":1.25,"p99":9.5,"p999":20,"max":30.5},"answered":9990,
               "notInTime":10,"refused":0,"broken":0,"loadAverage":2,
               "use":{"gatewayCpuSeconds":5,"storeCpuSeconds":2,"things":10000}}],
             "saturation":{"banks":6,"inFlight":32,"perSecond":1234.4,"latency":{"p50":40},"answered":5,"loadAverage":4,
               "use":{"gatewayCpuSeconds":1,"storeCpuSeconds":1,"things":5}},
             "orders":[{"rate":100,"missing":0,"webhook":{"p50":4,"count":1000},"stream":{"p50":3,"count":1001}}],
             "backlog":{"sent":6000,"webhookPerSecond":321.7,"streamPerSecond":2000,"missing":0,
               "use":{"gatewayCpuSeconds":1,"storeCpuSeconds":1,"things":5}},
             "isolation":{"downRate":60,"askedBeside":300,"seconds":30,"heldBack":300,"caughtUpSeconds":12.34,"missing":0,
               "spans":[{"span":"before","webhook":{"p99":10},"stream":{"p99":5},"decision":{"p99":4}},
                        {"span":"silent","webhook":{"p99":12},"stream":{"p99":5},"decision":{"p99":4}}]}}
            """));

    String text = GatewayReport.text(runs);

    assertThat(text)
        .contains("| 1 | 500 | 1.3 | 9.5 | 20.0 | 30.5 | 9990 | 10 | 0 | 0 | 0.50 | 0.20 | 2.0 |")
        .contains("| 1 | 6 | 32 | 1,234 | 40.0 |")
        .contains("| 1 | 100 | stream | 3.0 |")
        .contains("| 1 | 6000 | 322 | 2,000 | 0 |")
        .contains("| 1 | silent | others: webhook | - | 12.0 | - | - |  | 1.20 |")
        .contains("300 of its orders had waited, the last of them came 12.3 s after")
        .contains("came twice in the whole run: 3.");
    int columns = 0;
    for (String line : text.lines().toList()) {
      if (line.startsWith("|---")) {
        columns = line.split("\\|", -1).length;
      } else if (line.startsWith("| ") && columns > 0) {
        assertThat(line.split("\\|", -1)).as(line).hasSize(columns);
      } else if (line.startsWith("##")) {
        columns = 0;
      }
    }
  }

  @Test
  void aRunWithoutFiguresSaysSoInEachCell() {
    Runs runs = Runs.about(Map.of());
    ObjectNode empty = JSON.createObjectNode().put("config", "gateway").put("round", 1);
    empty.putArray("decisions").addObject().put("rate", 7);
    runs.add(empty);
    assertThat(GatewayReport.text(runs)).contains("| 1 | 7 | - | - | - | - |");
    assertThat(runs.of("gateway")).hasSize(1);
    assertThat(List.of(GatewayReport.text(runs).split("\n"))).isNotEmpty();
  }
}
