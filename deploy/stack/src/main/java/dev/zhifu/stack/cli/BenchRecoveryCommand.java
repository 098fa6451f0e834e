package dev.zhifu.stack.cli;

import static dev.zhifu.stack.cli.Commands.given;
import static dev.zhifu.stack.cli.Commands.require;
import static dev.zhifu.stack.cli.Commands.say;

import dev.zhifu.bench.report.RecoveryReport;
import dev.zhifu.bench.report.Runs;
import dev.zhifu.stack.Layout;
import dev.zhifu.stack.bench.EngineBench;
import dev.zhifu.stack.bench.RecoveryBench;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code zhifu bench recovery}. */
@Command(
    name = "recovery",
    description = {
      "Victims' money lost, held back, stopped, frozen and refunded, with the engine and without,",
      "authorisation on and off, as curves over officers' response time and banks connected.",
      "City, detection, scoring, stop-orders and the trace in closed loop in one JVM without Kafka."
    },
    mixinStandardHelpOptions = true)
final class BenchRecoveryCommand implements Callable<Integer> {
  private static final int RESIDENTS = 10_000;
  private static final int QUICK_RESIDENTS = 5_000;
  private static final int LEAST_RESIDENTS = 2_000;
  private static final double ENRICHMENT = 10;
  private static final double QUICK_ENRICHMENT = 6;

  @Option(
      names = "--residents",
      paramLabel = "N",
      description = "of each city (default: 10,000; quick: 5,000)")
  private Integer residents;

  @Option(
      names = "--enrichment",
      paramLabel = "X",
      description =
          "times the set's own number of stories; officers and banks are as many as it takes (default: 10; quick: 6)")
  private Double enrichment;

  @Option(
      names = "--points",
      split = ",",
      paramLabel = "NAME",
      description = "only these points, by name or by the beginning of it")
  private List<String> only = List.of();

  @Option(names = "--quick", description = "a smaller city, one day, fewer points")
  private boolean quick;

  @Option(names = "--json", paramLabel = "FILE", description = "where the runs are kept")
  private Path json;

  @Option(names = "--html", paramLabel = "FILE", description = "write the page to FILE too")
  private Path html;

  @Option(names = "--markdown", paramLabel = "FILE", description = "write the tables to FILE too")
  private Path markdown;

  @Option(names = "--resume", description = "go on with the points that --json already holds")
  private boolean resume;

  @Mixin private CityOptions cities;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    RecoveryBench.Plan plan = plan();
    Layout layout = Layout.find();
    Path folder = Files.createDirectories(layout.defaultState().resolve("bench"));
    Path file = json == null ? folder.resolve("recovery.json") : json;
    PrintWriter out = spec.commandLine().getOut();
    Runs runs = resume && Files.exists(file) ? Runs.read(file) : Runs.about(about(plan));
    new RecoveryBench(layout, folder, plan, line -> say(spec, line)).run(runs, file);
    RecoveryReport report = RecoveryReport.of(runs);
    out.println(report.text());
    Files.writeString(html == null ? folder.resolve("recovery.html") : html, report.html());
    if (markdown != null) {
      Files.writeString(markdown, report.text());
    }
    out.flush();
    return 0;
  }

  private RecoveryBench.Plan plan() {
    List<Long> seeds = cities.seeds();
    int people = residents == null ? quick ? QUICK_RESIDENTS : RESIDENTS : residents;
    double times = enrichment == null ? quick ? QUICK_ENRICHMENT : ENRICHMENT : enrichment;
    require(spec, people >= LEAST_RESIDENTS, "--residents", people, LEAST_RESIDENTS + " or more");
    int lived = cities.days(quick);
    require(spec, times > 0 && times <= 100, "--enrichment", times, "above 0, at most 100");
    List<RecoveryBench.Point> points =
        RecoveryBench.points(quick).stream()
            .filter(
                point ->
                    only.isEmpty()
                        || point.name().startsWith("headline")
                        || only.stream().anyMatch(point.name()::startsWith))
            .toList();
    return new RecoveryBench.Plan(cities.set(), seeds, people, lived, times, points);
  }

  private Map<String, String> about(RecoveryBench.Plan plan) {
    Map<String, String> about = new LinkedHashMap<>();
    about.put("command", given(spec));
    about.put("set", plan.set());
    about.put("machine", EngineBench.machine());
    return about;
  }
}
