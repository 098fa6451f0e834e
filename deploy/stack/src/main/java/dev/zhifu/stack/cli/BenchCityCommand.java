package dev.zhifu.stack.cli;

import dev.zhifu.bench.report.Runs;
import dev.zhifu.stack.Layout;
import dev.zhifu.stack.bench.EngineBench;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code zhifu bench city}. */
@Command(
    name = "city",
    description =
        "City and engine in one JVM without Kafka: full catalogue, all features, RocksDB on.",
    mixinStandardHelpOptions = true)
final class BenchCityCommand implements Callable<Integer> {
  private static final String CONFIG = "engine-37@live";
  private static final int LEAST_PER_SECOND = 40_000;

  @Option(names = "--quick", description = "one round and fewer seconds")
  private boolean quick;

  @Option(names = "--seed", defaultValue = "1", description = "seed of the city")
  private long seed;

  @Option(names = "--json", paramLabel = "FILE", description = "where the runs are kept")
  private Path json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Layout layout = Layout.find();
    Path folder = layout.defaultState().resolve("bench");
    Path file = json == null ? folder.resolve("city.json") : json;
    PrintWriter out = spec.commandLine().getOut();
    EngineBench.Plan plan =
        new EngineBench.Plan(
            List.of(CONFIG), quick ? 1 : 3, quick ? 10 : 30, quick ? 60 : 120, 0, 30_000, 3, seed);
    Files.createDirectories(folder);
    Runs runs =
        Runs.about(
            Map.of(
                "command", "zhifu bench city" + (quick ? " --quick" : ""),
                "seed", String.valueOf(seed),
                "machine", EngineBench.machine()));
    new EngineBench(layout, folder, plan, out::println).run(runs, file);
    double perSecond = runs.median(CONFIG, "eventsPerSecond");
    out.printf(
        "%s %,.0f events/s of %,d wanted, %,.0f a CPU-second%n",
        perSecond >= LEAST_PER_SECOND ? "met" : "missed",
        perSecond,
        LEAST_PER_SECOND,
        runs.median(CONFIG, "eventsPerCpuSecond"));
    out.flush();
    return Double.isNaN(perSecond) ? 1 : 0;
  }
}
