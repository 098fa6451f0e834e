package dev.zhifu.stack.cli;

import dev.zhifu.bench.report.Capacity;
import dev.zhifu.bench.report.Runs;
import dev.zhifu.stack.Layout;
import dev.zhifu.stack.StackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code zhifu bench capacity}. */
@Command(
    name = "capacity",
    description =
        "Works out from the figures of critical path and trace what a city, a province and the nation"
            + " need.",
    mixinStandardHelpOptions = true)
final class BenchCapacityCommand implements Callable<Integer> {
  @Option(
      names = "--from",
      paramLabel = "FILE",
      description =
          "runs of bench critical-path (default: the newest benchmarks/results/critical-path*.json)")
  private Path from;

  @Option(
      names = "--trace",
      paramLabel = "FILE",
      description = "runs of bench trace (default: the newest benchmarks/results/trace*.json)")
  private Path trace;

  @Option(
      names = "--to",
      paramLabel = "FILE",
      description = "the page (default: benchmarks/capacity.md)")
  private Path to;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Path home = Layout.find().home();
    Path results = home.resolve("benchmarks/results");
    Path source = from == null ? newest(results, "critical-path") : from;
    Path traces = trace == null ? newest(results, "trace") : trace;
    Path page = to == null ? home.resolve("benchmarks/capacity.md") : to;
    try {
      Files.writeString(
          page,
          Capacity.of(
              Runs.read(source), name(home, source), Runs.read(traces), name(home, traces)));
    } catch (IllegalArgumentException e) {
      throw new StackException(e.getMessage(), e);
    }
    spec.commandLine().getOut().println(page + " written from " + source + " and " + traces);
    return 0;
  }

  private static Path newest(Path results, String bench) throws IOException {
    try (Stream<Path> files = Files.list(results)) {
      return files
          .filter(file -> file.getFileName().toString().matches(bench + ".*\\.json"))
          .max(Comparator.comparing(file -> file.getFileName().toString()))
          .orElseThrow(
              () ->
                  new StackException(
                      results
                          + " holds no %1$s*.json; measure with ./zhifu bench %1$s --json FILE"
                              .formatted(bench)));
    }
  }

  private static String name(Path home, Path source) {
    Path whole = source.toAbsolutePath().normalize();
    return whole.startsWith(home)
        ? home.relativize(whole).toString()
        : source.getFileName().toString();
  }
}
