package dev.zhifu.stack.cli;

import dev.zhifu.stack.Layout;
import dev.zhifu.stack.StackException;
import dev.zhifu.stack.bench.Commit;
import dev.zhifu.stack.bench.Machine;
import dev.zhifu.stack.child.PipeGuard;
import dev.zhifu.stack.process.Supervisor;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/**
 * {@code zhifu bench oracle}: its own process, which shares this terminal and reads the options
 * itself.
 */
@Command(
    name = "oracle",
    description =
        "Compares matching with stock Flink CEP and with a matcher written from the rule language alone, on random"
            + " rules and histories; its options: zhifu bench oracle --help.")
final class BenchOracleCommand implements Callable<Integer> {
  private static final String MAIN = "dev.zhifu.oracle.OracleMain";

  @Unmatched private List<String> arguments = new ArrayList<>();

  @Override
  public Integer call() {
    List<String> command =
        new ArrayList<>(
            List.of(
                Supervisor.java(),
                "-Xmx1g",
                "-XX:+UseParallelGC",
                "-Duser.timezone=UTC",
                "-Dfile.encoding=UTF-8",
                "-cp",
                classPath(),
                PipeGuard.class.getName(),
                MAIN));
    command.addAll(arguments);
    about().forEach((name, words) -> command.addAll(List.of("--about", name + "=" + words)));
    try {
      // Standard input stays a pipe: it ends the child when this process is gone.
      return new ProcessBuilder(command)
          .redirectOutput(ProcessBuilder.Redirect.INHERIT)
          .redirectError(ProcessBuilder.Redirect.INHERIT)
          .start()
          .waitFor();
    } catch (IOException e) {
      throw new StackException("the oracles cannot be started: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("interrupted while the oracles ran", e);
    }
  }

  /** What the result's file says of the run. */
  private Map<String, String> about() {
    return Map.of(
        "commit",
        Commit.of(Layout.find().home()),
        "command",
        "zhifu bench oracle " + String.join(" ", arguments),
        "machine",
        Machine.words());
  }

  private static String classPath() {
    return guard()
        + File.pathSeparator
        + Layout.find().oracleClassPath().stream()
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator));
  }

  /** Where our own classes lie; the guard needs no other jar. */
  private static String guard() {
    try {
      return Path.of(PipeGuard.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .toString();
    } catch (URISyntaxException e) {
      throw new StackException("the place of our own classes is not a file: " + e.getMessage(), e);
    }
  }
}
