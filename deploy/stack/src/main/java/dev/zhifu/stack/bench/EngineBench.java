package dev.zhifu.stack.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zhifu.bench.report.Form;
import dev.zhifu.bench.report.Runs;
import dev.zhifu.stack.Layout;
import dev.zhifu.stack.StackException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** {@code bench engine}: every configuration once in each round, each in a fresh JVM. */
public final class EngineBench {
  private static final int MOST_MINUTES = 20;

  private static final int CATALOGUE = 37;

  private static final Pattern CEILING = Pattern.compile("(?:noop|rocks)-(\\d+)");

  private final Layout layout;
  private final Path folder;
  private final Form form;
  private final Consumer<String> progress;
  private final ObjectMapper json = new ObjectMapper();

  /**
   * A bench.
   *
   * @param folder for events, logs and what runs leave
   * @param progress told of each run, one line
   */
  public EngineBench(Layout layout, Path folder, Form form, Consumer<String> progress) {
    this.layout = layout;
    this.folder = folder;
    this.form = form;
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
    int left = left(runs);
    for (int round = 1; round <= form.rounds(); round++) {
      for (String config : form.round(round)) {
        if (!runs.has(config, round)) {
          progress.accept(measured(runs, jvm, events, config, round) + "  " + --left + " left");
          runs.write(file);
        }
      }
    }
  }

  /** Measurements that {@code runs} does not have yet. */
  public int left(Runs runs) {
    int left = 0;
    for (int round = 1; round <= form.rounds(); round++) {
      for (String config : form.round(round)) {
        left += runs.has(config, round) ? 0 : 1;
      }
    }
    return left;
  }

  private String measured(Runs runs, BenchJvm jvm, Path events, String config, int round)
      throws IOException {
    ObjectNode result = measure(jvm, events, config, round);
    runs.add(result);
    return line(config, round, result);
  }

  /** The machine in one line. */
  public static String machine() {
    return Machine.words();
  }

  private Path prepare(BenchJvm jvm) throws IOException {
    String rules = ceilings();
    Path events =
        folder.resolve(
            "city-%d-%d-%d-%s-%s"
                .formatted(
                    form.residents(),
                    form.days(),
                    form.seed(),
                    rules.replace(',', '-'),
                    Fingerprint.of(layout)));
    if (Files.exists(events.resolve("city.json"))) {
      return events;
    }
    progress.accept(
        "living the city once: " + form.residents() + " residents, " + form.days() + " days");
    String failed =
        jvm.run(
            "prepare",
            Map.of(
                "out", events.toString(),
                "catalogue", layout.catalogue().toString(),
                "residents", String.valueOf(form.residents()),
                "days", String.valueOf(form.days()),
                "seed", String.valueOf(form.seed()),
                "rules", rules),
            MOST_MINUTES);
    if (!failed.isEmpty()) {
      throw new StackException("the city's events could not be made: " + failed);
    }
    return events;
  }

  /** Numbers of rules whose share of routed events the ceilings are told, with commas. */
  private String ceilings() {
    return form.entries().stream()
        .map(Form.Entry::config)
        .map(CEILING::matcher)
        .filter(Matcher::matches)
        .map(ceiling -> Integer.valueOf(ceiling.group(1)))
        .collect(Collectors.toCollection(() -> new TreeSet<>(Set.of(CATALOGUE))))
        .stream()
        .map(String::valueOf)
        .collect(Collectors.joining(","));
  }

  private ObjectNode measure(BenchJvm jvm, Path events, String config, int round)
      throws IOException {
    Path work = Files.createTempDirectory(Files.createDirectories(folder.resolve("work")), "run");
    Path out = work.resolve("result.json");
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("config", config);
    settings.put("events", events.toString());
    settings.put("catalogue", layout.catalogue().toString());
    settings.put("work", work.toString());
    settings.put("out", out.toString());
    settings.put("seconds", String.valueOf(form.cpuSeconds()));
    settings.put("warmup", String.valueOf(form.warmupSeconds()));
    // The same events give the same hits in every round: once is enough.
    boolean verifies = round == 1 && form.verifies(config);
    settings.put("verify", String.valueOf(verifies ? form.verify() : 0));
    String failed = jvm.run(config + "-" + round, settings, MOST_MINUTES);
    ObjectNode result = json.createObjectNode().put("config", config);
    if (failed.isEmpty()) {
      result = (ObjectNode) json.readTree(out.toFile());
    } else {
      result.put("failed", failed);
    }
    result.put("round", round);
    delete(work);
    return result;
  }

  private static String line(String config, int round, JsonNode result) {
    return result.has("failed")
        ? "round %d  %-26s failed: %s".formatted(round, config, result.get("failed").asText())
        : "round %d  %-26s %,10.0f events/CPU-s %,10.0f events/s  hits %4s  load %4.1f"
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
