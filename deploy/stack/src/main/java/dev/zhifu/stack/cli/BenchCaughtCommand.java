package dev.zhifu.stack.cli;

import static dev.zhifu.stack.cli.Commands.given;
import static dev.zhifu.stack.cli.Commands.require;
import static dev.zhifu.stack.cli.Commands.say;

import dev.zhifu.bench.report.CaughtReport;
import dev.zhifu.bench.report.Runs;
import dev.zhifu.stack.Layout;
import dev.zhifu.stack.bench.CaughtBench;
import dev.zhifu.stack.bench.EngineBench;
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

/** {@code zhifu bench caught}. */
@Command(
    name = "caught",
    description = {
      "Stories caught, wrong holds, wrong orders and warnings, at the density of fraud outside,"
          + " with 95 %% intervals.",
      "Cities go through detection, scoring and stop-orders in one JVM without Kafka. Sets B and C"
          + " judge; nothing is tuned on them."
    },
    mixinStandardHelpOptions = true)
final class BenchCaughtCommand implements Callable<Integer> {
  private static final int QUICK_RESIDENTS = 10_000;
  private static final int RESIDENTS = 100_000;
  private static final int LEAST_RESIDENTS = 2_000;

  @Option(
      names = "--residents",
      paramLabel = "N",
      description = "of each city (default: 100,000; quick: 10,000)")
  private Integer residents;

  @Option(names = "--quick", description = "smaller cities, one day")
  private boolean quick;

  @Option(names = "--json", paramLabel = "FILE", description = "where the runs are kept")
  private Path json;

  @Option(names = "--html", paramLabel = "FILE", description = "write the page to FILE too")
  private Path html;

  @Option(names = "--markdown", paramLabel = "FILE", description = "write the tables to FILE too")
  private Path markdown;

  @Option(names = "--resume", description = "go on with the cities that --json already holds")
  private boolean resume;

  @Mixin private CityOptions cities;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    CaughtBench.Plan plan = plan();
    Layout layout = Layout.find();
    Path folder = Files.createDirectories(layout.defaultState().resolve("bench"));
    Path file = json == null ? folder.resolve("caught.json") : json;
    PrintWriter out = spec.commandLine().getOut();
    Runs runs = resume && Files.exists(file) ? Runs.read(file) : Runs.about(about(plan));
    new CaughtBench(layout, folder, plan, line -> say(spec, line)).run(runs, file);
    CaughtReport report = CaughtReport.of(runs);
    out.println(report.text());
    if (html != null) {
      Files.writeString(html, report.html());
    }
    if (markdown != null) {
      Files.writeString(markdown, report.text());
    }
    out.flush();
    return 0;
  }

  private CaughtBench.Plan plan() {
    List<Long> seeds = cities.seeds();
    int people = residents == null ? quick ? QUICK_RESIDENTS : RESIDENTS : residents;
    require(spec, people >= LEAST_RESIDENTS, "--residents", people, LEAST_RESIDENTS + " or more");
    int lived = cities.days(quick);
    return new CaughtBench.Plan(cities.set(), seeds, people, lived);
  }

  private Map<String, String> about(CaughtBench.Plan plan) {
    Map<String, String> about = new LinkedHashMap<>();
    about.put("command", given(spec));
    about.put("set", plan.set());
    about.put("machine", EngineBench.machine());
    return about;
  }
}
