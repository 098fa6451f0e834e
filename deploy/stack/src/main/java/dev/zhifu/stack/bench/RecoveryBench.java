package dev.zhifu.stack.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zhifu.bench.report.RecoveryReport;
import dev.zhifu.bench.report.Runs;
import dev.zhifu.stack.Layout;
import dev.zhifu.stack.StackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** {@code bench recovery}: one city in closed loop, once for each point and seed. */
public final class RecoveryBench {
  private static final int MOST_MINUTES = 240;

  private final Layout layout;
  private final Path folder;
  private final Plan plan;
  private final Consumer<String> progress;
  private final ObjectMapper json = new ObjectMapper();

  /**
   * What to live.
   *
   * @param set of parameters, A or B
   * @param seeds of the cities
   * @param residents of each city
   * @param days of each city
   * @param enrichment how many times the set's own number of stories
   * @param points in the order in which they are lived
   */
  public record Plan(
      String set,
      List<Long> seeds,
      int residents,
      int days,
      double enrichment,
      List<Point> points) {}

  /**
   * One point; see the arguments of the program that lives it.
   *
   * @param name of the point
   * @param rules whether rules are in force
   * @param authorisation whether the engine may sign
   * @param officerSeconds an officer's median
   * @param bankP50Seconds a bank's median
   * @param bankP99Seconds and 99th percentile
   * @param connectedBanks of twelve
   */
  public record Point(
      String name,
      boolean rules,
      boolean authorisation,
      double officerSeconds,
      double bankP50Seconds,
      double bankP99Seconds,
      int connectedBanks) {
    String words() {
      return String.join(
          ":",
          name,
          rules ? "on" : "off",
          authorisation ? "on" : "off",
          String.valueOf(officerSeconds),
          String.valueOf(bankP50Seconds),
          String.valueOf(bankP99Seconds),
          String.valueOf(connectedBanks));
    }
  }

  /** The fixed settings of the headline: 11 of 12 banks are the nearest to 90 %. */
  private static final Point BASE = new Point("", true, true, 60, 5, 60, 11);

  /**
   * The headline, the same without rules, and the curves.
   *
   * @param quick two further points a curve instead of four
   */
  public static List<Point> points(boolean quick) {
    List<Point> points = new ArrayList<>();
    both(points, "headline", BASE);
    both(points, "norules", new Point("", false, true, 60, 5, 60, 11));
    for (int seconds : quick ? List.of(600) : List.of(15, 300, 900, 3600)) {
      both(points, "officer" + seconds, new Point("", true, true, seconds, 5, 60, 11));
    }
    for (int banks : quick ? List.of(6) : List.of(0, 4, 8, 12)) {
      both(points, "banks" + banks, new Point("", true, true, 60, 5, 60, banks));
    }
    return points;
  }

  private static void both(List<Point> points, String name, Point of) {
    for (boolean on : List.of(true, false)) {
      points.add(
          new Point(
              name + (on ? "-on" : "-off"),
              of.rules,
              on,
              of.officerSeconds,
              of.bankP50Seconds,
              of.bankP99Seconds,
              of.connectedBanks));
    }
  }

  /**
   * A bench.
   *
   * @param folder for logs and what runs leave
   * @param progress told of each part, one line
   */
  public RecoveryBench(Layout layout, Path folder, Plan plan, Consumer<String> progress) {
    this.layout = layout;
    this.folder = folder;
    this.plan = plan;
    this.progress = progress;
  }

  /**
   * Lives what {@code runs} does not have yet; keeps {@code file} whole after each pair of points.
   *
   * @throws StackException when a city did not come to its end
   */
  public void run(Runs runs, Path file) throws IOException {
    BenchJvm jvm = new BenchJvm(layout, Files.createDirectories(folder.resolve("logs")));
    for (int round = 1; round <= plan.seeds().size(); round++) {
      List<Point> todo = new ArrayList<>();
      for (Point point : plan.points()) {
        if (!runs.has(point.name(), round)) {
          todo.add(point);
        }
      }
      for (int from = 0; from < todo.size(); from += 4) {
        live(jvm, runs, file, round, todo.subList(from, Math.min(todo.size(), from + 4)));
      }
    }
  }

  /** A few points in one JVM: what is compiled once serves them all. */
  private void live(BenchJvm jvm, Runs runs, Path file, int round, List<Point> points)
      throws IOException {
    long seed = plan.seeds().get(round - 1);
    List<String> names = points.stream().map(Point::name).toList();
    progress.accept(
        "living city %s, seed %d, %,d residents, %d days: %s"
            .formatted(plan.set(), seed, plan.residents(), plan.days(), String.join(", ", names)));
    Path work = Files.createTempDirectory(Files.createDirectories(folder.resolve("work")), "run");
    try {
      Path out = work.resolve("out");
      Map<String, String> arguments = new LinkedHashMap<>();
      arguments.put("set", plan.set());
      arguments.put("residents", String.valueOf(plan.residents()));
      arguments.put("days", String.valueOf(plan.days()));
      arguments.put("seed", String.valueOf(seed));
      arguments.put("enrichment", String.valueOf(plan.enrichment()));
      arguments.put("points", String.join(",", points.stream().map(Point::words).toList()));
      arguments.put("catalogue", layout.catalogue().toString());
      arguments.put("work", work.resolve("flink").toString());
      arguments.put("out", out.toString());
      String failed =
          jvm.run(
              "recovery-" + names.get(0) + "-" + seed,
              "dev.zhifu.bench.MoneyRun",
              arguments,
              MOST_MINUTES);
      for (String name : names) {
        Path figures = out.resolve(name + ".json");
        if (Files.exists(figures)) {
          runs.add(((ObjectNode) json.readTree(figures.toFile())).put("round", round));
          progress.accept(line(runs, name));
        }
      }
      runs.write(file);
      if (!failed.isEmpty()) {
        throw new StackException("the city of seed " + seed + " did not end: " + failed);
      }
    } finally {
      EngineBench.delete(work);
    }
  }

  private static String line(Runs runs, String name) {
    RecoveryReport report = RecoveryReport.of(runs);
    return "  %s: kept %.1f %% of the loss, stopped %.1f %% of the ceiling"
        .formatted(name, 100 * report.kept(name).value(), 100 * report.ofCeiling(name).value());
  }
}
