package dev.zhifu.stack.cli;

import static dev.zhifu.stack.cli.Commands.say;

import dev.zhifu.bench.report.Binding;
import dev.zhifu.bench.report.Compared;
import dev.zhifu.bench.report.Form;
import dev.zhifu.bench.report.Page;
import dev.zhifu.bench.report.Runs;
import dev.zhifu.bench.report.Target;
import dev.zhifu.stack.Layout;
import dev.zhifu.stack.bench.EngineBench;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
  @Option(names = "--quick", description = "one round and fewer seconds")
  private boolean quick;

  @Option(names = "--seed", defaultValue = "1", description = "seed of the city")
  private long seed;

  @Mixin private BenchFiles files;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Layout layout = Layout.find();
    Form form = Form.city(quick, seed);
    Path file = files.json(layout, "city", form.name());
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "%d measurements, about %.0f minutes on two quiet cores; runs in %s%n",
        form.runs(), form.plannedMinutes(), file);
    out.flush();
    Map<String, String> about = new LinkedHashMap<>();
    about.put("command", "zhifu bench city" + (quick ? " --quick" : ""));
    about.put("form", form.name());
    about.put("seed", String.valueOf(seed));
    about.put("machine", EngineBench.machine());
    about.put("city", form.residents() + " residents");
    Runs runs = Runs.about(about);
    new EngineBench(layout, layout.defaultState().resolve("bench"), form, line -> say(spec, line))
        .run(runs, file);
    String binds = Binding.of(runs, Target.CITY.get(0).config());
    runs.about("binds", binds);
    files.report(runs, file, Page.ofCity(runs), Target.CITY, out);
    out.println("what binds: " + binds);
    out.flush();
    Compared.faults(runs).forEach(fault -> spec.commandLine().getErr().println("zhifu: " + fault));
    return Compared.faults(runs).isEmpty() ? 0 : 1;
  }
}
