package dev.zhifu.stack.cli;

import dev.zhifu.bench.report.Page;
import dev.zhifu.bench.report.Runs;
import dev.zhifu.bench.report.Target;
import dev.zhifu.stack.Layout;
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
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code zhifu bench engine}. */
@Command(
    name = "engine",
    description =
        "The engine, its ceilings and stock Flink CEP on the same events, each in a fresh JVM.",
    mixinStandardHelpOptions = true)
final class BenchEngineCommand implements Callable<Integer> {
  private static final int NOT_DONE = 1;

  @Option(names = "--quick", description = "a few configurations, one round, a smaller city")
  private boolean quick;

  @Option(names = "--rounds", paramLabel = "N", description = "rounds (default: 3; quick: 1)")
  private Integer rounds;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      description = "CPU seconds of each measurement (default: 20; quick: 8)")
  private Integer seconds;

  @Option(
      names = "--configs",
      split = ",",
      paramLabel = "NAME",
      description = "configurations, such as engine-37,noop-37,cep-event-10,engine-37@zipf")
  private List<String> configs = List.of();

  @Option(
      names = "--verify",
      paramLabel = "N",
      description = "live events whose hits are compared (default: 60000; quick: 40000)")
  private Integer verify;

  @Option(names = "--seed", defaultValue = "1", description = "seed of the city")
  private long seed;

  @Option(names = "--json", paramLabel = "FILE", description = "where the runs are kept")
  private Path json;

  @Option(names = "--html", paramLabel = "FILE", description = "write the page to FILE too")
  private Path html;

  @Option(names = "--resume", description = "go on with the runs that --json already holds")
  private boolean resume;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Layout layout = Layout.find();
    Path folder = layout.defaultState().resolve("bench");
    Path file = json == null ? folder.resolve("engine.json") : json;
    require(rounds == null || rounds > 0, "--rounds", rounds, "1 or more");
    require(seconds == null || seconds > 0, "--seconds", seconds, "1 or more");
    require(verify == null || verify >= 0, "--verify", verify, "0 or more");
    EngineBench.Plan plan = plan();
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "%d configurations × %d rounds, about %d minutes on a quiet machine; runs in %s%n",
        plan.configs().size(), plan.rounds(), minutes(plan), file);
    out.flush();
    Runs runs = resume && Files.exists(file) ? Runs.read(file) : Runs.about(about(plan));
    new EngineBench(layout, folder, plan, line -> say(out, line)).run(runs, file);
    return report(runs, out);
  }

  private EngineBench.Plan plan() {
    return new EngineBench.Plan(
        !configs.isEmpty() ? configs : quick ? EngineBench.FEW : EngineBench.ALL,
        or(rounds, quick ? 1 : 3),
        or(seconds, quick ? 8 : 20),
        quick ? 60 : 120,
        or(verify, quick ? 40_000 : 60_000),
        30_000,
        3,
        seed);
  }

  private static int or(Integer given, int otherwise) {
    return given == null ? otherwise : given;
  }

  private static int minutes(EngineBench.Plan plan) {
    int perRun = (plan.cpuSeconds() + plan.warmupSeconds() / 2) / 2 + 20;
    return plan.configs().size() * plan.rounds() * perRun / 60;
  }

  private Map<String, String> about(EngineBench.Plan plan) {
    Map<String, String> about = new LinkedHashMap<>();
    about.put("command", "zhifu bench engine" + arguments());
    about.put("seed", String.valueOf(plan.seed()));
    about.put("machine", EngineBench.machine());
    about.put("city", plan.residents() + " residents, " + plan.days() + " days");
    return about;
  }

  private String arguments() {
    List<String> given = spec.commandLine().getParseResult().originalArgs();
    return given.isEmpty() ? "" : " " + String.join(" ", given);
  }

  private int report(Runs runs, PrintWriter out) throws IOException {
    for (Target target : Target.ENGINE) {
      out.printf(
          "%-12s %6s of %-5s %s%n",
          target.verdict(runs), target.shown(runs), target.least(), target.what());
    }
    if (html != null) {
      Files.writeString(html, Page.of(runs));
      out.println("page: " + html);
    }
    List<String> faults = EngineBench.faults(runs);
    faults.forEach(fault -> spec.commandLine().getErr().println("zhifu: " + fault));
    out.flush();
    spec.commandLine().getErr().flush();
    return faults.isEmpty() ? 0 : NOT_DONE;
  }

  private static void say(PrintWriter out, String line) {
    out.println(line);
    out.flush();
  }

  private void require(boolean holds, String name, Object value, String rule) {
    if (!holds) {
      throw new ParameterException(
          spec.commandLine(), name + " is " + value + "; it must be " + rule);
    }
  }
}
