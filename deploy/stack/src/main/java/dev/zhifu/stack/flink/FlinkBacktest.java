package dev.zhifu.stack.flink;

import dev.zhifu.stack.Layout;
import java.util.List;

/** The back-test of the job jar as its own process, which shares this terminal. */
public final class FlinkBacktest {
  private static final String BACKTEST = "dev.zhifu.jobs.backtest.BacktestMain";
  private static final String TRACE = "dev.zhifu.jobs.backtest.TraceMain";
  private static final String TRACE_CASE = "dev.zhifu.jobs.backtest.TraceCaseMain";
  private static final String CALIBRATE = "dev.zhifu.jobs.backtest.CalibrateMain";

  private FlinkBacktest() {}

  /**
   * Runs it to its end; Ctrl-C ends both.
   *
   * @param arguments of the back-test's own main
   * @return its exit code
   */
  public static int run(Layout layout, List<String> arguments) {
    return FlinkFiles.run(layout, BACKTEST, "-Xmx1500m", List.of(), arguments);
  }

  /** Chooses thresholds, which keeps every set in memory; else as {@link #run}. */
  public static int calibrate(Layout layout, List<String> arguments) {
    return FlinkFiles.run(layout, CALIBRATE, "-Xmx4g", List.of(), arguments);
  }

  /** Traces money on files, whose ledgers lie in memory; else as {@link #run}. */
  public static int trace(Layout layout, List<String> arguments) {
    return FlinkFiles.run(layout, TRACE, "-Xmx3g", List.of(), arguments);
  }

  /** Shows what a running job has traced of a case; else as {@link #run}. */
  public static int traceOfCase(Layout layout, List<String> arguments) {
    return FlinkFiles.run(layout, TRACE_CASE, "-Xmx512m", List.of(), arguments);
  }
}
