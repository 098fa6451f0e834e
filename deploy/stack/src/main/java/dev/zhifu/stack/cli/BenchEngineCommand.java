package dev.zhifu.stack.cli;

import static dev.zhifu.stack.cli.Commands.or;
import static dev.zhifu.stack.cli.Commands.require;
import static dev.zhifu.stack.cli.Commands.say;

import dev.zhifu.bench.report.Compared;
import dev.zhifu.bench.report.ConfigName;
import dev.zhifu.bench.report.Form;
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
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code zhifu bench engine}. */
@Command(
    name = "engine",
    description =
        "The engine, its ceilings, stock Flink CEP and Esper on the same events, each in a fresh"
            + " JVM.",
    mixinStandardHelpOptions = true)
final class BenchEngineCommand implements Callable<Integer> {
  private static final int NOT_DONE = 1;

  @Option(
      names = "--quick",
      description = "one short round of what the targets need, at most 6 minutes")
  private boolean quick;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "rounds of everything (default: 1 to 3, by what is compared with it)")
  private Integer rounds;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      description = "CPU seconds of each measurement (default: 14; quick: 8)")
  private Integer seconds;

  @Option(
      names = "--warm",
      paramLabel = "S",
      description =
          "CPU seconds of running in, which ends before when compiling takes less than 6 %% (default: at most"
              + " 150; quick: 16)")
  private Integer warm;

  @Option(
      names = "--configs",
      split = ",",
      paramLabel = "NAME",
      description = "configurations, such as engine-37,noop-37,cep-event-10,engine-37@zipf")
  private List<String> configs = List.of();

  @Option(
      names = "--verify",
      paramLabel = "N",
      description = "live events whose hits are compared (default: 40000; quick: 30000)")
  private Integer verify;

  @Option(names = "--seed", defaultValue = "1", description = "seed of the city")
  private long seed;

  @Option(
      names = "--resume",
      description = "go on with the runs that were kept, and make again those that failed")
  private boolean resume;

  @Mixin private BenchFiles files;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    require(spec, rounds == null || rounds > 0, "--rounds", rounds, "1 or more");
    require(spec, seconds == null || seconds > 0, "--seconds", seconds, "1 or more");
    require(spec, warm == null || warm > 0, "--warm", warm, "1 or more");
    require(spec, verify == null || verify >= 0, "--verify", verify, "0 or more");
    requireConfigs();
    Layout layout = Layout.find();
    Form form = form();
    Path file = files.json(layout, "engine", form.name());
    Runs runs =
        resume && Files.exists(file)
            ? BenchFiles.resumed(file, form.name())
            : Runs.about(about(form));
    PrintWriter out = spec.commandLine().getOut();
    EngineBench bench =
        new EngineBench(
            layout, layout.defaultState().resolve("bench"), form, line -> say(spec, line));
    say(
        spec,
        "%d configurations, %d measurements, %d of them to make; about %.0f minutes for all on two quiet cores; runs in %s"
            .formatted(
                form.entries().size(), form.runs(), bench.left(runs), form.plannedMinutes(), file));
    long started = System.nanoTime();
    bench.run(runs, file);
    runs.about("minutes", "%.1f for the last part".formatted((System.nanoTime() - started) / 6e10));
    files.report(runs, file, Page.of(runs), Target.ENGINE, out);
    return faults(runs);
  }

  private void requireConfigs() {
    for (String config : configs) {
      try {
        ConfigName.of(config);
      } catch (IllegalArgumentException e) {
        throw new ParameterException(spec.commandLine(), "--configs: " + e.getMessage());
      }
    }
  }

  private Form form() {
    Form form = quick ? Form.quick(seed) : Form.full(seed);
    form = configs.isEmpty() ? form : form.withConfigs(configs);
    form = rounds == null ? form : form.withRounds(rounds);
    form = warm == null ? form : form.withRunningIn(warm);
    return seconds == null && verify == null
        ? form
        : form.withLengths(or(seconds, form.cpuSeconds()), or(verify, form.verify()));
  }

  private Map<String, String> about(Form form) {
    Map<String, String> about = new LinkedHashMap<>();
    about.put("command", "zhifu " + String.join(" ", arguments()));
    about.put("form", form.name());
    about.put("seed", String.valueOf(form.seed()));
    about.put("machine", EngineBench.machine());
    about.put("city", form.residents() + " residents, " + form.days() + " days");
    about.put(
        "measurement",
        "%d CPU seconds after running in of at most %d"
            .formatted(form.cpuSeconds(), form.warmupSeconds()));
    return about;
  }

  private List<String> arguments() {
    CommandSpec root = spec;
    while (root.parent() != null) {
      root = root.parent();
    }
    return root.commandLine().getParseResult().originalArgs();
  }

  private int faults(Runs runs) {
    List<String> faults = Compared.faults(runs);
    faults.forEach(fault -> spec.commandLine().getErr().println("zhifu: " + fault));
    spec.commandLine().getErr().flush();
    return faults.isEmpty() ? 0 : NOT_DONE;
  }
}
