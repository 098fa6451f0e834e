package dev.zhifu.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CapacityTest {
  private static final String RUN =
      """
      {"config": "engine", "round": 1, "residents": 100000, "subtasks": 2, "checkpointSeconds": 10,
       "loadBytes": 500000000, "residentBytes": 1600000000, "loadAverage": 2.5,
       "load": {"historyEvents": 300000, "liveEvents": 700000, "askingTransfers": 7000,
         "acceptedReports": 700, "enrichmentFactor": 100, "startMs": 0, "endMs": 86400000},
       "saturation": {"eventsPerCpuSecond": 20000, "brokerCpuSeconds": 2, "measuredEvents": 100000},
       "state": {"stateBytes": 60000000},
       "rates": [{"rate": 1000, "seconds": 50, "jobCpuSeconds": 45, "state": {"checkpointedBytes": 5000000}},
         {"rate": 5000, "state": {"checkpointedBytes": 10000000}}]}""";

  private static Runs runs(String... texts) throws Exception {
    Runs runs = Runs.about(Map.of("machine", "2 × x"));
    for (String text : texts) {
      runs.add(new ObjectMapper().readTree(text));
    }
    return runs;
  }

  @Test
  void everyFigureFollowsFromTheRuns() throws Exception {
    String page = Capacity.of(runs(RUN), "results/x.json");

    assertThat(page)
        .contains(
            "from `results/x.json`",
            "machine: 2 × x",
            "| events per CPU-second of the job | 20,000 |",
            "| CPU of the broker per event, µs | 20.0 |",
            "| state per resident, bytes | 600 |",
            "| written by checkpoints per event, bytes | 500 |",
            "| events of a resident and day | 7.00 |",
            "| accepted reports of a million events, at the prevalence outside | 10.0 |",
            "| cores of the job for the steady rate | 0.083 | 0.833 | 8.33 |",
            "| cores of the job at 1,000 events a second | 0.900 |",
            "| the same as measured at that rate, nothing left free | 0.900 | - | - |",
            "| residents, millions | 12.3 | 123 | 1,234 |",
            "| checkpoint traffic, MB a second | 0.500 | 5.00 | 50.0 |");
  }

  @Test
  void withoutTheEngineThereIsNoPage() throws Exception {
    Runs noop = runs(RUN.replace("\"engine\"", "\"noop\""));
    assertThatThrownBy(() -> Capacity.of(noop, "x.json"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no run of engine");
  }
}
