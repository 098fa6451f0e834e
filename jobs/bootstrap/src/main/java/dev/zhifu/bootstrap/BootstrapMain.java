package dev.zhifu.bootstrap;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.zhifu.jobs.backtest.BacktestException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.flink.util.ExceptionUtils;

/**
 * Main of the bootstrap: features from history files, as a savepoint that the job starts from
 * (docs/operating.md). Exit code 0 when it was written, 1 when the run failed, 2 when an argument
 * or a file is wrong.
 */
public final class BootstrapMain {
  private static final int DONE = 0;
  private static final int FAILED = 1;
  private static final int REFUSED = 2;

  private BootstrapMain() {}

  /** Writes a savepoint; see the class. */
  public static void main(String[] words) {
    System.exit(run(System.out, System.err, words));
  }

  /** The same, for callers that live on. */
  static int run(PrintStream out, PrintStream err, String... words) {
    BootstrapArguments arguments;
    try {
      arguments = BootstrapArguments.parse(words);
    } catch (BootstrapException e) {
      err.println(e.getMessage());
      err.println(BootstrapArguments.USAGE);
      return REFUSED;
    }
    err.println("Reading history before " + arguments.until() + " …");
    try {
      BootstrapResult result = write(arguments);
      print(out, result);
      return DONE;
    } catch (Exception e) {
      BacktestException fault =
          ExceptionUtils.findThrowable(e, BacktestException.class).orElse(null);
      err.println(fault == null ? "the bootstrap failed: " + root(e) : fault.getMessage());
      return fault == null ? FAILED : REFUSED;
    }
  }

  private static BootstrapResult write(BootstrapArguments arguments) throws Exception {
    Path temporary = Files.createTempDirectory("zhifu-bootstrap");
    try {
      BootstrapResult result = HistorySavepoint.write(arguments, temporary);
      if (arguments.json() != null) {
        Files.writeString(
            arguments.json(),
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(result)
                + "\n");
      }
      return result;
    } finally {
      delete(temporary);
    }
  }

  private static void print(PrintStream out, BootstrapResult result) {
    out.println(
        String.format(
            Locale.ROOT,
            "%,d events before the cut %s moved features; %,d at or after it are left to the stream; %,d turned away",
            result.events(),
            result.cut(),
            result.leftToTheStream(),
            result.turnedAway()));
    result
        .entities()
        .forEach(
            (uid, count) ->
                out.println(String.format(Locale.ROOT, "%-16s %,d states", uid, count)));
    out.println("savepoint " + result.savepoint());
    out.println("start the job from it: ./zhifu cluster submit --from " + result.savepoint());
  }

  private static Throwable root(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      paths.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
    }
  }
}
