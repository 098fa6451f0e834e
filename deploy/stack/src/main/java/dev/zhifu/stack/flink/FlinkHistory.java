package dev.zhifu.stack.flink;

import dev.zhifu.stack.Layout;
import java.util.List;

/**
 * The bootstrap as its own process: Flink's class path, the job jar, and beside them the State
 * Processor API, which no cluster needs.
 */
public final class FlinkHistory {
  private static final String MAIN = "dev.zhifu.bootstrap.BootstrapMain";

  private FlinkHistory() {}

  /**
   * Runs it to its end; Ctrl-C ends both.
   *
   * @param arguments of the bootstrap's own main
   * @return its exit code
   */
  public static int run(Layout layout, List<String> arguments) {
    return FlinkFiles.run(layout, MAIN, "-Xmx1500m", layout.bootstrapClassPath(), arguments);
  }
}
