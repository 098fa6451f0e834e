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

  private static final String TREE =
      """
      {"config": "tree-120", "round": 1, "size": 120, "cpuMicrosPerSide": %s, "cpuMicrosPerNode": 100,
       "nodesPerSecond": 20000}""";

  private static final String SHAPES =
      """
      {"config": "shapes_first", "round": 1, "cpuMicrosPerSide": 30}""";

  private static String page(String... texts) throws Exception {
    return Capacity.of(
        runs(texts),
        "results/x.json",
        runs(TREE.formatted("20"), TREE.formatted("25"), SHAPES),
        "results/trace.json");
  }

  private static Runs runs(String... texts) throws Exception {
    Runs runs = Runs.about(Map.of("machine", "2 × x"));
    for (String text : texts) {
      runs.add(new ObjectMapper().readTree(text));
    }
    return runs;
  }

  @Test
  void everyFigureFollowsFromTheRuns() throws Exception {
    String page = page(RUN);

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
    assertThatThrownBy(() -> page(RUN.replace("\"engine\"", "\"noop\"")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no run of engine");
  }

  @Test
  void theRecoveryJobsShareFollowsFromTheTraceAndNamesIt() throws Exception {
    // 1,000 movements × 2 sides × (25 + 30) µs ÷ 0.6; 864 cases a day of 120 accounts × 100 µs add
    // 0.0002.
    assertThat(page(RUN))
        .contains(
            "## The recovery job beside it",
            "From `results/trace.json`, machine: 2 × x.",
            "| CPU of the ledger for one side of a movement, µs | 25.0 |",
            "| accounts worked out a second, a hundred cases at once | 20,000 |",
            "| cases a day | 864 | 8,640 | 86,400 |",
            "| cores for the steady rate | 0.184 | 1.84 | 18.4 |",
            "| cores for the burst | 0.917 | 5.50 | 36.7 |",
            "| memory, GB, a subtask taken for as large as detection's | 0.800 | 4.80 | 29.6 |",
            "| state of the ledgers, GB | 270 | 2,696 | 26,957 |");
  }

  @Test
  void withoutATreeThereIsNoPage() throws Exception {
    Runs detection = runs(RUN);
    Runs traces = runs(SHAPES);
    assertThatThrownBy(() -> Capacity.of(detection, "x.json", traces, "t.json"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("t.json has no run of a tree; measure with bench trace");
  }
}
