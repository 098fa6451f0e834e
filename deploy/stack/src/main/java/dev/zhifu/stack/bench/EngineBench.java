package dev.zhifu.stack.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zhifu.bench.report.Runs;
import dev.zhifu.stack.Layout;
import dev.zhifu.stack.StackException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** {@code bench engine}: every configuration once in each round, each in a fresh JVM. */
public final class EngineBench {
  /** What a full run measures. */
  public static final List<String> ALL =
      List.of(
          "noop-37",
          "rocks-37",
          "one-exchange",
          "engine-1",
          "engine-10",
          "engine-37",
          "engine-200",
          "engine-1000",
          "match-37",
          "single-10",
          "cep-proc-1",
          "cep-proc-10",
          "cep-proc-37",
          "cep-prefilter-1",
          "cep-prefilter-10",
          "cep-prefilter-37",
          "cep-event-1",
          "cep-event-10",
          "cep-event-37",
          "engine-37+cache1",
          "rocks-37@uniform",
          "engine-37@uniform",
          "engine-37@uniform+cache1",
          "rocks-37@zipf",
          "engine-37@zipf",
          "engine-37@zipf+cache1");

  /** What a quick run measures. */
  public static final List<String> FEW =
      List.of(
          "noop-37",
          "rocks-37",
          "engine-37",
          "one-exchange",
          "single-10",
          "match-37",
          "cep-proc-37",
          "cep-event-37");

  private static final int MOST_MINUTES = 20;

  private final Layout layout;
  private final Path folder;
  private final Plan plan;
  private final Consumer<String> progress;
  private final ObjectMapper json = new ObjectMapper();

  /**
   * How much to measure.
   *
   * @param configs configurations
   * @param rounds how often each
   * @param cpuSeconds CPU seconds of one measurement
   * @param warmupSeconds CPU seconds before it at most
   * @param verify live events of the finite stream
   * @param residents of the city
   * @param days of the city
   * @param seed of the city
   */
  public record Plan(
      List<String> configs,
      int rounds,
      int cpuSeconds,
      int warmupSeconds,
      int verify,
      int residents,
      int days,
      long seed) {}

  /**
   * A bench.
   *
   * @param folder for events, logs and what runs leave
   * @param progress told of each run, one line
   */
  public EngineBench(Layout layout, Path folder, Plan plan, Consumer<String> progress) {
    this.layout = layout;
    this.folder = folder;
    this.plan = plan;
    this.progress = progress;
  }

  /**
   * Measures what {@code runs} does not have yet; keeps {@code file} whole after each run.
   *
   * @throws StackException when the events cannot be made
   */
  public void run(Runs runs, Path file) throws IOException {
    Path logs = Files.createDirectories(folder.resolve("logs"));
    BenchJvm jvm = new BenchJvm(layout, logs);
    Path events = prepare(jvm);
    for (int round = 1; round <= plan.rounds; round++) {
      for (String config : plan.configs) {
        if (!runs.has(config, round)) {
          runs.add(measure(jvm, events, config, round));
          runs.write(file);
        }
      }
    }
  }

  /** What is wrong with the hits of these runs, a line each; empty when nothing is. */
  public static List<String> faults(Runs runs) {
    return HitCheck.faults(runs);
  }

  /** The machine in one line. */
  public static String machine() {
    return Machine.words();
  }

  private Path prepare(BenchJvm jvm) {
    Path events = folder.resolve("city-%d-%d-%d".formatted(plan.residents, plan.days, plan.seed));
    if (Files.exists(events.resolve("city.json"))) {
      return events;
    }
    progress.accept(
        "living the city once: " + plan.residents + " residents, " + plan.days + " days");
    String failed =
        jvm.run(
            "prepare",
            "dev.zhifu.bench.Prepare",
            Map.of(
                "out", events.toString(),
                "catalogue", layout.catalogue().toString(),
                "residents", String.valueOf(plan.residents),
                "days", String.valueOf(plan.days),
                "seed", String.valueOf(plan.seed)),
            MOST_MINUTES);
    if (!failed.isEmpty()) {
      throw new StackException("the city's events could not be made: " + failed);
    }
    return events;
  }

  private JsonNode measure(BenchJvm jvm, Path events, String config, int round) throws IOException {
    Path work = Files.createTempDirectory(Files.createDirectories(folder.resolve("work")), "run");
    Path out = work.resolve("result.json");
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("config", config);
    settings.put("events", events.toString());
    settings.put("catalogue", layout.catalogue().toString());
    settings.put("work", work.toString());
    settings.put("out", out.toString());
    settings.put("seconds", String.valueOf(plan.cpuSeconds));
    settings.put("warmup", String.valueOf(plan.warmupSeconds));
    settings.put("verify", String.valueOf(plan.verify));
    String failed =
        jvm.run(config + "-" + round, "dev.zhifu.bench.EngineRun", settings, MOST_MINUTES);
    ObjectNode result = json.createObjectNode().put("config", config);
    if (failed.isEmpty()) {
      result = (ObjectNode) json.readTree(out.toFile());
    } else {
      result.put("failed", failed);
    }
    result.put("round", round);
    delete(work);
    progress.accept(line(config, round, result));
    return result;
  }

  private static String line(String config, int round, JsonNode result) {
    return result.has("failed")
        ? "round %d  %-26s failed: %s".formatted(round, config, result.get("failed").asText())
        : "round %d  %-26s %,10.0f events/CPU-s %,10.0f events/s  hits %s  load %.1f"
            .formatted(
                round,
                config,
                result.path("eventsPerCpuSecond").asDouble(),
                result.path("eventsPerSecond").asDouble(),
                result.path("hits").asText("-"),
                result.path("loadAverage").asDouble());
  }

  static void delete(Path folder) throws IOException {
    try (var paths = Files.walk(folder)) {
      paths
          .sorted(java.util.Comparator.reverseOrder())
          .forEach(
              path -> {
                try {
                  Files.delete(path);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }
}
