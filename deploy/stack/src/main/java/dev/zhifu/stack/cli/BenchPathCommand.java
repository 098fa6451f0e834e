package dev.zhifu.stack.cli;

import static dev.zhifu.stack.cli.Commands.or;
import static dev.zhifu.stack.cli.Commands.require;
import static dev.zhifu.stack.cli.Commands.say;

import dev.zhifu.bench.report.PathPage;
import dev.zhifu.bench.report.PathTargets;
import dev.zhifu.bench.report.Runs;
import dev.zhifu.stack.Layout;
import dev.zhifu.stack.bench.EngineBench;
import dev.zhifu.stack.path.PathBench;
import dev.zhifu.workload.RunSettings;
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

/** {@code zhifu bench critical-path}. */
@Command(
    name = "critical-path",
    description =
        "From Kafka to Kafka: saturation, and latency of requests, decisions and orders at planned rates, beside a job that does nothing over the same routes.",
    mixinStandardHelpOptions = true)
final class BenchPathCommand implements Callable<Integer> {
  private static final int NOT_DONE = 1;
  private static final int HOUR = 60;

  @Option(names = "--quick", description = "a smaller city, one round, short stretches")
  private boolean quick;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "rounds (default: 3; quick, --hour and --minutes: 1)")
  private Integer rounds;

  @Option(
      names = "--configs",
      split = ",",
      paramLabel = "NAME",
      description =
          "engine, noop, engine+changes, engine+kill, engine+soak (default: the first four)")
  private List<String> configs = List.of();

  @Option(
      names = "--rates",
      split = ",",
      paramLabel = "N",
      description =
          "events a second; half stands for half of the engine's saturation (default: 1000,5000,20000,half; quick: 1000,5000,half)")
  private List<String> rates = List.of();

  @Option(
      names = "--seconds",
      paramLabel = "S",
      description = "seconds of each rate (default: 60; quick: 15)")
  private Integer seconds;

  @Option(
      names = "--warm",
      paramLabel = "S",
      description = "seconds before each rate is measured (default: 10; quick: 4)")
  private Integer warm;

  @Option(
      names = "--burst",
      paramLabel = "N",
      description =
          "live events of the backlog whose draining is saturation (default: 900000; quick: 250000)")
  private Long burst;

  @Option(
      names = "--residents",
      paramLabel = "N",
      description = "people in the city (default: 600000; quick: 60000)")
  private Integer residents;

  @Option(
      names = "--enrichment",
      defaultValue = "5",
      paramLabel = "X",
      description = "multiplies the number of frauds, so that requests come at every rate")
  private double enrichment;

  @Option(
      names = "--change-every",
      defaultValue = "500",
      paramLabel = "MS",
      description = "milliseconds between two rule changes of engine+changes")
  private int changeMs;

  @Option(
      names = "--kill-rate",
      defaultValue = "1000",
      paramLabel = "N",
      description = "events a second of engine+kill (default: ${DEFAULT-VALUE})")
  private double killRate;

  @Option(
      names = "--hour",
      description = "engine+soak for an hour; alone, unless --configs names more")
  private boolean hour;

  @Option(names = "--minutes", paramLabel = "N", description = "the same for N minutes instead")
  private Integer minutes;

  @Option(
      names = "--soak-rate",
      defaultValue = "1000",
      paramLabel = "N",
      description = "events a second of engine+soak (default: ${DEFAULT-VALUE})")
  private double soakRate;

  @Mixin private WorkingOption working;

  @Option(names = "--seed", defaultValue = "1", description = "seed of the city")
  private long seed;

  @Option(names = "--json", paramLabel = "FILE", description = "where the runs are kept")
  private Path json;

  @Option(names = "--html", paramLabel = "FILE", description = "write the page to FILE too")
  private Path html;

  @Option(names = "--resume", description = "go on with the runs that --json already holds")
  private boolean resume;

  @Mixin private StateOption state;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Layout layout = Layout.find();
    Path file =
        json == null ? state.folder(layout).resolve("bench").resolve("critical-path.json") : json;
    PathBench.Plan plan = plan();
    PrintWriter out = spec.commandLine().getOut();
    say(
        spec,
        "%s × %d round(s), about %d minutes on a quiet machine; runs in %s"
            .formatted(String.join(", ", plan.configs()), plan.rounds(), plan.minutes(), file));
    Runs runs = resume && Files.exists(file) ? Runs.read(file) : Runs.about(about(plan));
    new PathBench(layout, state.folder(layout), BanksOption.DEMO, plan, line -> say(spec, line))
        .run(runs, file);
    return report(runs, out);
  }

  private PathBench.Plan plan() {
    require(spec, rounds == null || rounds > 0, "--rounds", rounds, "1 or more");
    require(spec, seconds == null || seconds > 0, "--seconds", seconds, "1 or more");
    require(spec, warm == null || warm >= 0, "--warm", warm, "0 or more");
    require(spec, burst == null || burst >= 0, "--burst", burst, "0 or more");
    require(spec, minutes == null || minutes > 0, "--minutes", minutes, "1 or more");
    require(spec, changeMs >= 10, "--change-every", changeMs, "10 or more");
    require(
        spec, killRate > 0 && killRate <= 200_000, "--kill-rate", killRate, "above 0 to 200000");
    require(
        spec, soakRate > 0 && soakRate <= 200_000, "--soak-rate", soakRate, "above 0 to 200000");
    require(
        spec,
        residents == null || residents >= 500 && residents <= 3_000_000,
        "--residents",
        residents,
        "500 to 3000000");
    int soakMinutes = minutes != null ? minutes : hour ? HOUR : 0;
    PathBench.Plan plan = plan(soakMinutes);
    require(
        spec,
        plan.residents() >= plan.leastResidents(),
        "--residents",
        plan.residents(),
        "%d or more: fewer have no %,d events in the %d days that a city may last"
            .formatted(plan.leastResidents(), plan.events(), RunSettings.MOST_DAYS));
    return plan;
  }

  private PathBench.Plan plan(int soakMinutes) {
    return new PathBench.Plan(
        configs(soakMinutes > 0),
        or(rounds, quick || soakMinutes > 0 ? 1 : 3),
        (rates.isEmpty()
                ? List.of(quick ? "1000,5000,half".split(",") : "1000,5000,20000,half".split(","))
                : rates)
            .stream().map(this::rate).toList(),
        or(warm, quick ? 4 : 10),
        or(seconds, quick ? 15 : 60),
        burst == null ? (quick ? 250_000 : 900_000) : burst,
        changeMs,
        killRate,
        soakRate,
        soakMinutes,
        or(residents, quick ? 60_000 : 600_000),
        enrichment,
        seed,
        working.inMemory(spec));
  }

  private List<String> configs(boolean soak) {
    List<String> known =
        List.of(
            PathBench.ENGINE, PathBench.NOOP, PathBench.CHANGES, PathBench.KILL, PathBench.SOAK);
    for (String config : configs) {
      require(spec, known.contains(config), "--configs", config, "one of " + known);
    }
    if (!configs.isEmpty()) {
      return configs;
    }
    return soak ? List.of(PathBench.SOAK) : known.subList(0, known.indexOf(PathBench.SOAK));
  }

  private double rate(String text) {
    if (text.equals("half")) {
      return 0;
    }
    try {
      double rate = Double.parseDouble(text);
      require(spec, rate > 0 && rate <= 200_000, "--rates", text, "above 0 to 200000, or half");
      return rate;
    } catch (NumberFormatException e) {
      require(spec, false, "--rates", text, "a number of events a second, or half");
      return 0;
    }
  }

  private Map<String, String> about(PathBench.Plan plan) {
    Map<String, String> about = new LinkedHashMap<>();
    List<String> words = spec.commandLine().getParseResult().originalArgs();
    List<String> given = words.subList(words.indexOf(spec.name()) + 1, words.size());
    about.put(
        "command",
        "zhifu bench critical-path" + (given.isEmpty() ? "" : " " + String.join(" ", given)));
    about.put("seed", String.valueOf(plan.seed()));
    about.put("machine", EngineBench.machine());
    about.put(
        "city", plan.residents() + " residents, frauds times " + plan.enrichment() + ", 12 banks");
    return about;
  }

  private int report(Runs runs, PrintWriter out) throws IOException {
    PathTargets.lines(runs).forEach(out::println);
    if (html != null) {
      Files.writeString(html, PathPage.of(runs));
      out.println("page: " + html);
    }
    List<String> faults = PathBench.faults(runs);
    faults.forEach(fault -> spec.commandLine().getErr().println("zhifu: " + fault));
    out.flush();
    spec.commandLine().getErr().flush();
    return faults.isEmpty() ? 0 : NOT_DONE;
  }
}
