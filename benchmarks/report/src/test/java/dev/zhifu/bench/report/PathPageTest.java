package dev.zhifu.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PathPageTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static Runs runs(int noopP99) throws Exception {
    Runs runs = Runs.about(Map.of("command", "zhifu bench critical-path", "machine", "2 × x"));
    runs.add(JSON.readTree(run("engine", 1, 30_000, 40_000, 3, 12)));
    runs.add(JSON.readTree(run("noop", 1, 50_000, 60_000, 2, noopP99)));
    return runs;
  }

  private static String run(String config, int round, int rate, int cpu, int p50, int p99) {
    String latency =
        "{\"p50\":%d,\"p99\":%d,\"p999\":%d,\"max\":90,\"count\":500,\"curve\":[[50,%d],[100,90]]}"
            .formatted(p50, p99, 2 * p99, p50);
    return """
        {"config":"%s","round":%d,"eventsPerSecond":%d,"eventsPerCpuSecond":%d,
         "saturation":{"eventsPerSecond":%d,"eventsPerCpuSecond":%d,"loadAverage":2.0},
         "rates":[{"name":"half","rate":15000,"events":10,"jobCpuSeconds":1,"loadAverage":2,
           "request":%s,"decision":%s,"order":%s}]}"""
        .formatted(config, round, rate, cpu, rate, cpu, latency, latency, latency);
  }

  @Test
  void ratiosAreOfOneRoundAndMillisecondsCountWhereTheMachineIsFastEnough() throws Exception {
    assertThat(PathTargets.lines(runs(6)))
        .anyMatch(line -> line.startsWith("met") && line.contains("0.67 of ≥ 0.5"))
        .anyMatch(line -> line.startsWith("met") && line.contains("1.50 of ≤ 1.5"))
        .anyMatch(line -> line.startsWith("met") && line.endsWith("half of saturation, ms: p99"))
        .anyMatch(line -> line.startsWith("met") && line.contains("2.00 of ≤ 2.0"));
    assertThat(PathTargets.lines(runs(9)))
        .anyMatch(
            line -> line.startsWith("not measured") && line.contains("the no-op's p99 is at most"));
  }

  @Test
  void thePageShowsEveryFigureWithWhatItWasMeasuredOn() throws Exception {
    assertThat(PathPage.of(runs(6)))
        .contains("<h2>Targets</h2>", "half: 15,000", "<polyline", "machine: 2 × x", "40,000");
  }
}
