package dev.zhifu.bench.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What keeps a configuration from being faster, told by the CPU that its threads took. */
public final class Binding {
  /** A thread that runs nine tenths of the time leaves nothing to those that wait for it. */
  private static final double BUSY = 0.9;

  private static final int NAMED = 5;

  private Binding() {}

  /** In words, from the configuration's last run; says so when there is none. */
  public static String of(Runs runs, String config) {
    JsonNode run = null;
    for (JsonNode each : runs.of(config)) {
      run = each.has("cpuSecondsByTask") ? each : run;
    }
    if (run == null) {
      return "not measured";
    }
    double seconds = run.get("seconds").asDouble();
    double cores = run.get("cpuSeconds").asDouble() / seconds;
    List<Map.Entry<String, JsonNode>> threads = new ArrayList<>();
    run.get("cpuSecondsByTask").fields().forEachRemaining(threads::add);
    Map.Entry<String, JsonNode> first = threads.get(0);
    double share = first.getValue().asDouble() / seconds;
    return (share >= BUSY
            ? "thread '%s' is busy %.0f %% of the time: nothing can be faster than it; "
                .formatted(first.getKey(), 100 * share)
            : "no single thread: CPU as a whole; ")
        + String.format(Locale.ROOT, "%.2f cores used, of them ", cores)
        + String.join(
            ", ",
            threads.stream()
                .limit(NAMED)
                .map(
                    thread ->
                        String.format(
                            Locale.ROOT,
                            "%s %.2f",
                            thread.getKey(),
                            thread.getValue().asDouble() / seconds))
                .toList());
  }
}
