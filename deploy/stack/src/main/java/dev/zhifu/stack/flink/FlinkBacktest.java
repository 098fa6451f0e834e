package dev.zhifu.stack.flink;

import dev.zhifu.stack.Layout;
import dev.zhifu.stack.StackException;
import dev.zhifu.stack.child.PipeGuard;
import dev.zhifu.stack.process.Supervisor;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The back-test of the job jar as its own process, which shares this terminal. */
public final class FlinkBacktest {
  private static final String BACKTEST = "dev.zhifu.jobs.backtest.BacktestMain";
  private static final String CALIBRATE = "dev.zhifu.jobs.backtest.CalibrateMain";

  private FlinkBacktest() {}

  /**
   * Runs it to its end; Ctrl-C ends both.
   *
   * @param arguments of the back-test's own main
   * @return its exit code
   */
  public static int run(Layout layout, List<String> arguments) {
    return run(layout, BACKTEST, "-Xmx1500m", arguments);
  }

  /** Chooses thresholds, which keeps every set in memory; else as {@link #run}. */
  public static int calibrate(Layout layout, List<String> arguments) {
    return run(layout, CALIBRATE, "-Xmx4g", arguments);
  }

  private static int run(Layout layout, String main, String heap, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Supervisor.java());
    command.addAll(
        FlinkJvm.options(
            layout.flinkConf().resolve("log4j2-client.properties"),
            heap,
            "-XX:+UseG1GC",
            "-Duser.timezone=UTC",
            "-Dfile.encoding=UTF-8"));
    command.addAll(
        List.of(
            "-cp",
            String.join(
                File.pathSeparator,
                guard(),
                layout.jobJar().toString(),
                FlinkJvm.all(layout.flinkLib())),
            PipeGuard.class.getName(),
            main));
    command.addAll(arguments);
    try {
      // Standard input stays a pipe: it ends the child when this process is gone.
      return new ProcessBuilder(command)
          .redirectOutput(ProcessBuilder.Redirect.INHERIT)
          .redirectError(ProcessBuilder.Redirect.INHERIT)
          .start()
          .waitFor();
    } catch (IOException e) {
      throw new StackException("the back-test cannot be started: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("interrupted while the back-test ran", e);
    }
  }

  /** Where our own classes lie; they need no other jar. */
  private static String guard() {
    try {
      return Path.of(PipeGuard.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .toString();
    } catch (URISyntaxException e) {
      throw new StackException("the place of our own classes is not a file: " + e.getMessage(), e);
    }
  }
}
