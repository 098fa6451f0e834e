package dev.zhifu.stack.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code zhifu bench all}: engine, city and micro one after the other. */
@Command(
    name = "all",
    description = "engine, city and micro one after the other, each into its own files.",
    mixinStandardHelpOptions = true)
final class BenchAllCommand implements Callable<Integer> {
  private static final List<String> BENCHES = List.of("engine", "city", "micro");

  @Option(names = "--quick", description = "the quick form of each")
  private boolean quick;

  @Option(names = "--resume", description = "go on with the runs of engine that were kept")
  private boolean resume;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    int worst = 0;
    for (String bench : BENCHES) {
      List<String> arguments = new ArrayList<>(List.of("bench", bench));
      if (quick) {
        arguments.add("--quick");
      }
      if (resume && bench.equals("engine")) {
        arguments.add("--resume");
      }
      spec.commandLine().getOut().println("== " + String.join(" ", arguments));
      // One that fails does not keep the others from being measured.
      worst =
          Math.max(
              worst,
              Zhifu.commandLine()
                  .setOut(spec.commandLine().getOut())
                  .setErr(spec.commandLine().getErr())
                  .execute(arguments.toArray(String[]::new)));
    }
    return worst;
  }
}
