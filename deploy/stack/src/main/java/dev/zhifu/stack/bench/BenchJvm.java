package dev.zhifu.stack.bench;

import dev.zhifu.stack.Layout;
import dev.zhifu.stack.StackException;
import dev.zhifu.stack.flink.BenchProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A fresh JVM for one measurement. */
final class BenchJvm {
  private static final int SHOWN = 20;

  private final Layout layout;
  private final Path logs;

  BenchJvm(Layout layout, Path logs) {
    this.layout = layout;
    this.logs = logs;
  }

  /**
   * Runs a measurement, or what prepares them, to its end.
   *
   * @param name of the measurement, for its log and by it the program
   * @param settings its arguments
   * @param most longest time it may take, minutes
   * @return empty when it ended well, else why not, with the end of its log
   */
  String run(String name, Map<String, String> settings, int most) {
    return start(name, command(name, arguments(settings)), most);
  }

  /**
   * Runs another program of the benchmarks to its end.
   *
   * @param name of the measurement, for its log
   * @param main class of the program
   * @param settings its arguments
   * @param most longest time it may take, minutes
   * @return empty when it ended well, else why not, with the end of its log
   */
  String run(String name, String main, Map<String, String> settings, int most) {
    return start(name, BenchProcess.command(layout, main, arguments(settings)), most);
  }

  private static List<String> arguments(Map<String, String> settings) {
    List<String> arguments = new ArrayList<>();
    settings.forEach((key, value) -> arguments.add(key + "=" + value));
    return arguments;
  }

  private String start(String name, List<String> command, int most) {
    Path log = logs.resolve(name.replaceAll("[^A-Za-z0-9-]", "_") + ".log");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      return outcome(process, log, most);
    } catch (IOException e) {
      throw new StackException(name + " cannot be started: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("interrupted while " + name + " ran", e);
    }
  }

  private List<String> command(String name, List<String> arguments) {
    if (name.startsWith("esper")) {
      return BenchProcess.esper(layout, arguments);
    }
    return BenchProcess.command(
        layout,
        name.equals("prepare") ? "dev.zhifu.bench.Prepare" : "dev.zhifu.bench.EngineRun",
        arguments);
  }

  private static String outcome(Process process, Path log, int most)
      throws InterruptedException, IOException {
    try {
      if (!process.waitFor(most, TimeUnit.MINUTES)) {
        return "took more than " + most + " minutes";
      }
    } finally {
      process.destroyForcibly();
    }
    return process.exitValue() == 0 ? "" : "ended with " + process.exitValue() + ":\n" + end(log);
  }

  private static String end(Path log) throws IOException {
    List<String> lines = Files.readAllLines(log);
    return String.join("\n", lines.subList(Math.max(0, lines.size() - SHOWN), lines.size()));
  }
}
