package dev.zhifu.stack.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zhifu.bench.report.Runs;
import dev.zhifu.stack.Layout;
import dev.zhifu.stack.LocalStack;
import dev.zhifu.stack.StackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** {@code bench trace}: the trace over millions of accounts, and what its ledger costs. */
public final class TraceBench {
  private static final String MAIN = "dev.zhifu.bench.TraceRun";
  private static final List<String> BANKS = List.of("B01", "B02", "B03");
  private static final String FLOOR = "floor";
  private static final List<String> SHAPES = List.of("shapes", "shapes_first");
  private static final int MOST_MINUTES = 120;
  private static final int LEVELS = 6;
  private static final int SMALL = 120;
  private static final int LARGE = 2_000;
  private static final double TREE_AIM_MS = 1_000;
  private static final double HOP_AIM_MS = 100;

  private final Layout layout;
  private final Path folder;
  private final Consumer<String> progress;
  private final ObjectMapper json = new ObjectMapper();

  /**
   * How much.
   *
   * @param accounts of the city
   * @param movements background transfers among them
   * @param cases victims
   * @param largeCases victims with the large tree
   * @param memory true when hop messages travel through a queue in memory instead of Kafka
   */
  public record Plan(long accounts, long movements, int cases, int largeCases, boolean memory) {}

  /**
   * A bench.
   *
   * @param folder for logs and what runs leave
   * @param progress told of each run
   */
  public TraceBench(Layout layout, Path folder, Consumer<String> progress) {
    this.layout = layout;
    this.folder = folder;
    this.progress = progress;
  }

  /**
   * Makes what {@code runs} does not have yet; keeps {@code file} whole after each run.
   *
   * @throws StackException when a run did not come to its end
   */
  public void run(Plan plan, Runs runs, Path file) throws IOException {
    BenchJvm jvm = new BenchJvm(layout, Files.createDirectories(folder.resolve("logs")));
    run(jvm, plan, runs, file, FLOOR, 1, LEVELS, 1);
    for (String shapes : SHAPES) {
      run(jvm, plan, runs, file, shapes, 1, LEVELS, 1);
    }
    run(jvm, plan, runs, file, "tree-" + SMALL, plan.cases(), SMALL, 5);
    run(jvm, plan, runs, file, "tree-" + LARGE, plan.largeCases(), LARGE, 1);
  }

  private void run(
      BenchJvm jvm, Plan plan, Runs runs, Path file, String name, int cases, int size, int rate)
      throws IOException {
    if (runs.has(name, 1)) {
      return;
    }
    Path work = Files.createTempDirectory(Files.createDirectories(folder.resolve("work")), "run");
    try {
      Path out = work.resolve("result.json");
      Map<String, String> arguments = new LinkedHashMap<>();
      boolean follows = !name.equals(FLOOR) && !SHAPES.contains(name);
      arguments.put("mode", follows ? "trace" : name);
      arguments.put("accounts", String.valueOf(plan.accounts()));
      arguments.put("movements", String.valueOf(plan.movements()));
      arguments.put("cases", String.valueOf(cases));
      arguments.put("size", String.valueOf(size));
      arguments.put("levels", String.valueOf(LEVELS));
      arguments.put("rate", String.valueOf(rate));
      arguments.put("work", work.toString());
      arguments.put("out", out.toString());
      progress.accept(name + " over " + plan.accounts() + " accounts");
      String failed =
          plan.memory() || !follows
              ? jvm.run("trace-" + name, MAIN, arguments, MOST_MINUTES)
              : throughKafka(jvm, name, arguments);
      if (!failed.isEmpty()) {
        throw new StackException(name + " did not end: " + failed);
      }
      runs.add(((ObjectNode) json.readTree(out.toFile())).put("config", name).put("round", 1));
      runs.write(file);
    } finally {
      EngineBench.delete(work);
    }
  }

  /** Broker and registry of its own for each run; the topic is new. */
  private String throughKafka(BenchJvm jvm, String name, Map<String, String> arguments) {
    try (LocalStack stack = LocalStack.start(layout, folder, "bench", BANKS, progress)) {
      Path secrets = stack.dir().root().resolve("secrets");
      arguments.put("bootstrap", stack.info().bootstrap());
      arguments.put("registry", stack.info().registryUrl());
      arguments.put("user", "recovery");
      arguments.put("password", secrets.resolve("recovery.password").toString());
      return jvm.run("trace-" + name, MAIN, arguments, MOST_MINUTES);
    }
  }

  /** The figures in words, for a page of results. */
  public static String text(Runs runs) {
    StringBuilder out = new StringBuilder();
    runs.about()
        .forEach((name, value) -> out.append(name).append(": ").append(value).append("  \n"));
    out.append(runs.load(runs.configs())).append("  \n\n");
    out.append("| figure | value | aim |  |\n|---|---|---|---|\n");
    for (String config : runs.configs()) {
      for (JsonNode run : runs.of(config)) {
        lines(config, run).forEach(line -> out.append("| ").append(line).append(" |\n"));
      }
    }
    out.append(ratio(runs, "ledger", "tree-" + SMALL));
    out.append(ratio(runs, "shapes, nine of ten payments to known accounts,", SHAPES.get(0)));
    out.append(ratio(runs, "shapes, every payment a first one,", SHAPES.get(1)));
    return out.toString();
  }

  private static String ratio(Runs runs, String what, String config) {
    return String.format(
        Locale.ROOT,
        "| %s over one read and one write, CPU | %.2f | | |%n",
        what,
        runs.median(config, "cpuMicrosPerSide") / runs.median(FLOOR, "cpuMicrosPerSide"));
  }

  private static List<String> lines(String config, JsonNode run) {
    List<String> lines = new ArrayList<>();
    if (run.has("tree")) {
      lines.add(
          aim(
              config
                  + String.format(
                      Locale.ROOT,
                      ": whole tree backwards, p99 of %,d cases, ms",
                      run.at("/tree/count").asInt()),
              run.at("/tree/p99Ms").asDouble(),
              TREE_AIM_MS));
      lines.add(plain(config + ": the same, p50, ms", run.at("/tree/p50Ms").asDouble()));
      lines.add(
          aim(
              config
                  + String.format(
                      Locale.ROOT, ": live hop, p99 of %,d, ms", run.at("/liveHop/count").asInt()),
              run.at("/liveHop/p99Ms").asDouble(),
              HOP_AIM_MS));
      lines.add(plain(config + ": live hop, p50, ms", run.at("/liveHop/p50Ms").asDouble()));
      lines.add(
          plain(
              config
                  + String.format(
                      Locale.ROOT,
                      ": accounts worked a second, %,d cases at once",
                      run.path("burstCases").asInt()),
              run.path("nodesPerSecond").asDouble()));
      lines.add(
          plain(config + ": CPU us an account worked", run.path("cpuMicrosPerNode").asDouble()));
      lines.add(
          plain(
              config
                  + String.format(
                      Locale.ROOT,
                      ": faults in %,d traces put together whole",
                      run.path("casesCheckedWhole").asInt()),
              run.path("faults").asDouble()));
    }
    lines.add(
        plain(config + ": CPU us a side of a movement", run.path("cpuMicrosPerSide").asDouble()));
    return lines;
  }

  private static String plain(String what, double value) {
    return String.format(Locale.ROOT, "%s | %,.1f |  | ", what, value);
  }

  private static String aim(String what, double value, double most) {
    return String.format(
        Locale.ROOT,
        "%s | %,.1f | ≤ %,.0f | %s",
        what,
        value,
        most,
        value <= most ? "met" : "missed");
  }
}
