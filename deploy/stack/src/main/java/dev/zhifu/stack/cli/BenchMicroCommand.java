package dev.zhifu.stack.cli;

import dev.zhifu.bench.report.MicroPage;
import dev.zhifu.stack.Layout;
import dev.zhifu.stack.StackException;
import dev.zhifu.stack.bench.EngineBench;
import dev.zhifu.stack.flink.BenchProcess;
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

/** {@code zhifu bench micro}. */
@Command(
    name = "micro",
    description = "JMH: conditions and the router's pre-filter, nanoseconds an event.",
    mixinStandardHelpOptions = true)
final class BenchMicroCommand implements Callable<Integer> {
  /** Benchmarks times numbers of rules. */
  private static final int CASES = 4;

  /** Making the rules and living a day of the city before each fork, seconds. */
  private static final int SET_UP_SECONDS = 15;

  @Option(names = "--quick", description = "one fork and two short iterations")
  private boolean quick;

  @Mixin private BenchFiles files;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Layout layout = Layout.find();
    int forks = quick ? 1 : 2;
    int iterations = quick ? 2 : 5;
    Path file = files.json(layout, "micro", quick ? "quick" : "full");
    Files.createDirectories(file.getParent());
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "%d cases, %d forks of %d + %d s each, about %.0f minutes on two quiet cores; JMH's own"
            + " JSON in %s%n",
        CASES,
        forks,
        iterations,
        iterations,
        CASES * forks * (2 * iterations + SET_UP_SECONDS) / 60.0,
        file);
    out.flush();
    String count = String.valueOf(iterations);
    int code =
        run(
            BenchProcess.micro(
                layout,
                List.of(
                    "-f",
                    String.valueOf(forks),
                    "-wi",
                    count,
                    "-i",
                    count,
                    "-rf",
                    "json",
                    "-rff",
                    file.toString())));
    if (code == 0) {
      Map<String, String> about = new LinkedHashMap<>();
      about.put("command", "zhifu bench micro" + (quick ? " --quick" : ""));
      about.put("machine", EngineBench.machine());
      Files.writeString(files.page(file), MicroPage.of(file, about));
      out.println("page: " + files.page(file));
      out.flush();
    }
    return code;
  }

  private static int run(List<String> command) {
    try {
      return new ProcessBuilder(command).inheritIO().start().waitFor();
    } catch (IOException e) {
      throw new StackException("JMH cannot be started: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("interrupted while JMH ran", e);
    }
  }
}
