package dev.zhifu.stack.cli;

import dev.zhifu.stack.Layout;
import dev.zhifu.stack.StackException;
import dev.zhifu.stack.flink.BenchProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code zhifu bench micro}. */
@Command(
    name = "micro",
    description = "JMH: conditions and the router's pre-filter, nanoseconds an event.",
    mixinStandardHelpOptions = true)
final class BenchMicroCommand implements Callable<Integer> {
  @Option(names = "--quick", description = "one fork and three short iterations")
  private boolean quick;

  @Option(names = "--json", paramLabel = "FILE", description = "JMH's own JSON")
  private Path json;

  @Override
  public Integer call() {
    try {
      return new ProcessBuilder(BenchProcess.micro(Layout.find(), quick, json))
          .inheritIO()
          .start()
          .waitFor();
    } catch (IOException e) {
      throw new StackException("JMH cannot be started: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("interrupted while JMH ran", e);
    }
  }
}
