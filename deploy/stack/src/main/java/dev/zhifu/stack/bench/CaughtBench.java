package dev.zhifu.stack.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zhifu.bench.report.CaughtReport;
import dev.zhifu.bench.report.Runs;
import dev.zhifu.stack.Layout;
import dev.zhifu.stack.StackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** {@code bench caught}: for each seed a city with dense fraud and one at prevalence. */
public final class CaughtBench {
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
   */
  public record Plan(String set, List<Long> seeds, int residents, int days) {}

  /**
   * A bench.
   *
   * @param folder for logs and what runs leave
   * @param progress told of each city, one line
   */
  public CaughtBench(Layout layout, Path folder, Plan plan, Consumer<String> progress) {
    this.layout = layout;
    this.folder = folder;
    this.plan = plan;
    this.progress = progress;
  }

  /**
   * Lives what {@code runs} does not have yet; keeps {@code file} whole after each city.
   *
   * @throws StackException when a city did not come to its end
   */
  public void run(Runs runs, Path file) throws IOException {
    BenchJvm jvm = new BenchJvm(layout, Files.createDirectories(folder.resolve("logs")));
    for (int round = 1; round <= plan.seeds().size(); round++) {
      for (String density : List.of(CaughtReport.DENSE, CaughtReport.SPARSE)) {
        if (!runs.has(density, round)) {
          long seed = plan.seeds().get(round - 1);
          progress.accept(
              "living city %s, seed %d, %s, %,d residents, %d days"
                  .formatted(plan.set(), seed, density, plan.residents(), plan.days()));
          runs.add(live(jvm, density, seed).put("config", density).put("round", round));
          runs.write(file);
        }
      }
    }
  }

  private ObjectNode live(BenchJvm jvm, String density, long seed) throws IOException {
    Path work = Files.createTempDirectory(Files.createDirectories(folder.resolve("work")), "run");
    try {
      Path out = work.resolve("result.json");
      String failed =
          jvm.run(
              "caught-" + density + "-" + seed,
              "dev.zhifu.bench.CaughtRun",
              Map.of(
                  "set", plan.set(),
                  "density", density,
                  "residents", String.valueOf(plan.residents()),
                  "days", String.valueOf(plan.days()),
                  "seed", String.valueOf(seed),
                  "catalogue", layout.catalogue().toString(),
                  "work", work.toString(),
                  "out", out.toString()),
              MOST_MINUTES);
      if (!failed.isEmpty()) {
        throw new StackException("the city of seed " + seed + " did not end: " + failed);
      }
      return (ObjectNode) json.readTree(out.toFile());
    } finally {
      EngineBench.delete(work);
    }
  }
}
