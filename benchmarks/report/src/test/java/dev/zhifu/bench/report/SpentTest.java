package dev.zhifu.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SpentTest {
  private static final Target AGAINST_NOOP = Target.ENGINE.get(0);

  private final Runs runs = Runs.about(Map.of());

  @Test
  void aMissedTargetShowsWhatCostsMoreThanInWhatItIsComparedWith() {
    run("noop-37", 1, 100, Map.of("Source: events", 8.0), 10, 0);
    run("engine-37", 1, 20, Map.of("Source: events", 9.0, "match -> (holde", 30.0), 40, 5);
    run("engine-37", 2, 20, Map.of("match -> (holde", 10.0, "GC Thread#0", 3.0), 20, 3);
    assertThat(Spent.markdown(runs, java.util.List.of(AGAINST_NOOP)))
        .contains("**37 rules against the no-op with the same routing and bytes**")
        .contains("| in all | 34.00 | 10.00 |")
        .contains("| match -> (holde | 20.00 | 0.00 |")
        .contains("| Source: events | 4.50 | 8.00 |")
        .contains("| garbage | 4.00 | 0.00 |")
        .contains("| all other threads | 5.50 | 2.00 |")
        .doesNotContain("GC Thread");
  }

  @Test
  void aTargetThatIsMetNeedsNoProfile() {
    run("noop-37", 1, 100, Map.of("Source: events", 8.0), 10, 0);
    run("engine-37", 1, 90, Map.of("Source: events", 9.0), 11, 0);
    assertThat(Spent.markdown(runs, Target.ENGINE)).isEmpty();
  }

  private void run(
      String config, int round, double rate, Map<String, Double> tasks, double job, double gc) {
    ObjectNode run = new ObjectMapper().createObjectNode();
    run.put("config", config)
        .put("round", round)
        .put("events", 1_000_000)
        .put("eventsPerCpuSecond", rate);
    run.putObject("cpuSecondsByThreads").put("job", job).put("garbage", gc);
    ObjectNode byTask = run.putObject("cpuSecondsByTask");
    tasks.forEach(byTask::put);
    runs.add(run);
  }
}
