package dev.zhifu.stack.cli;

import static dev.zhifu.stack.cli.Commands.given;
import static dev.zhifu.stack.cli.Commands.require;
import static dev.zhifu.stack.cli.Commands.say;

import dev.zhifu.bench.report.RuleChangesReport;
import dev.zhifu.bench.report.Runs;
import dev.zhifu.stack.Layout;
import dev.zhifu.stack.StackException;
import dev.zhifu.stack.bench.EngineBench;
import dev.zhifu.stack.lives.RuleChanges;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code zhifu bench rule-changes}: rules changed under load, on a stack of its own. */
@Command(
    name = "rule-changes",
    description =
        "Changes rules of a running job under load: time until in force on all subtasks; state and"
            + " latency before and after, beside a control without changes.",
    mixinStandardHelpOptions = true)
final class RuleChangesCommand implements Callable<Integer> {
  @Option(
      names = "--changes",
      defaultValue = "1000",
      paramLabel = "N",
      description = "publications (default: ${DEFAULT-VALUE})")
  private int changes;

  @Option(
      names = "--pace",
      defaultValue = "300",
      paramLabel = "MS",
      description = "milliseconds between two publications (default: ${DEFAULT-VALUE})")
  private int paceMs;

  @Option(
      names = "--rate",
      defaultValue = "1000",
      paramLabel = "N|full",
      description =
          "events a second (default: ${DEFAULT-VALUE}, a city's); full: --share of what the job was"
              + " measured to take, by this command, with these events")
  private String rate;

  @Option(
      names = "--share",
      defaultValue = "75",
      paramLabel = "PERCENT",
      description = "of measured saturation, with --rate full (default: ${DEFAULT-VALUE})")
  private int share;

  @Option(
      names = "--backlog",
      defaultValue = "500000",
      paramLabel = "N",
      description = "events that saturation is measured with (default: ${DEFAULT-VALUE})")
  private int backlog;

  @Option(
      names = "--rounds",
      defaultValue = "1",
      paramLabel = "N",
      description = "control and changes in turn, so often (default: ${DEFAULT-VALUE})")
  private int rounds;

  @Option(
      names = "--seed",
      defaultValue = "7",
      paramLabel = "N",
      description = "seed of the events (default: ${DEFAULT-VALUE})")
  private long seed;

  @Option(
      names = "--quick",
      description = "shorter before and after; state has less time to settle")
  private boolean quick;

  @Option(names = "--resume", description = "go on with what --json holds of the same settings")
  private boolean resume;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description =
          "where the runs are kept, with a page in Markdown beside them (default: rule-changes.json"
              + " in .zhifu/bench)")
  private Path json;

  @Mixin private WorkingOption working;
  @Mixin private StateOption state;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    RuleChanges.Plan plan = plan();
    Layout layout = Layout.find();
    Path file = json == null ? state.folder(layout).resolve("bench/rule-changes.json") : json;
    say(
        spec,
        "about %d minutes on a quiet machine; runs in %s"
            .formatted((plan.seconds() + 59) / 60, file));
    Runs runs = resume && Files.exists(file) ? Runs.read(file) : Runs.about(about(plan));
    requireSame(runs, plan);
    new RuleChanges(plan, layout, spec.commandLine().getOut())
        .run(runs, file, state.folder(layout), BanksOption.DEMO);
    RuleChangesReport report = RuleChangesReport.of(runs);
    runs.put("compared", report.rows());
    runs.write(file);
    Path page = file.resolveSibling(file.getFileName().toString().replace(".json", "") + ".md");
    Files.writeString(page, report.text());
    say(spec, report.text());
    say(spec, "page: " + page);
    return 0;
  }

  private RuleChanges.Plan plan() {
    require(spec, changes >= 0 && changes <= 100_000, "--changes", changes, "0 to 100000");
    require(spec, paceMs >= 10 && paceMs <= 60_000, "--pace", paceMs, "10 to 60000");
    require(spec, share >= 1 && share <= 120, "--share", share, "1 to 120");
    require(
        spec,
        backlog >= 10_000 && backlog <= 10_000_000,
        "--backlog",
        backlog,
        "10000 to 10000000");
    require(spec, rounds >= 1 && rounds <= 20, "--rounds", rounds, "1 to 20");
    return new RuleChanges.Plan(
        changes,
        paceMs,
        eventsASecond(),
        share / 100.0,
        backlog,
        quick ? 10 : 30,
        quick ? 20 : 60,
        quick ? 10 : 210,
        rounds,
        seed,
        working.inMemory(spec));
  }

  private int eventsASecond() {
    if (rate.equals("full")) {
      return 0;
    }
    boolean number = rate.matches("\\d{1,6}");
    int value = number ? Integer.parseInt(rate) : 0;
    require(spec, value >= 10 && value <= 100_000, "--rate", rate, "10 to 100000, or full");
    return value;
  }

  private Map<String, String> about(RuleChanges.Plan plan) {
    Map<String, String> about = new LinkedHashMap<>();
    about.put("command", given(spec));
    about.put("plan", plan.toString());
    about.put("machine", EngineBench.machine());
    about.put(
        "stack",
        BanksOption.DEMO.size()
            + " banks; broker, registry, the detection job with the live catalogue, and the load,"
            + " each a process on this machine");
    return about;
  }

  private void requireSame(Runs runs, RuleChanges.Plan plan) {
    String before = runs.about().get("plan");
    if (!plan.toString().equals(before)) {
      throw new StackException(
          "the file holds runs of %s, asked is %s: name another --json or leave --resume out"
              .formatted(before, plan));
    }
  }
}
