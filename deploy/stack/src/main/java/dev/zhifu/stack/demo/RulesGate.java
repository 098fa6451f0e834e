package dev.zhifu.stack.demo;

import dev.zhifu.stack.StackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Between two processes of one run: the city builds itself and writes its past while rules are
 * being published, and does not begin to live before they are.
 */
final class RulesGate {
  private static final String FILE = "rules-published";
  private static final long LOOK_NANOS = 5_000_000;

  private RulesGate() {}

  /** Every rule is on its topic. */
  static void open(Path runRoot) {
    try {
      Files.writeString(runRoot.resolve(FILE), "");
    } catch (IOException e) {
      throw new StackException("cannot write " + runRoot.resolve(FILE) + ": " + e.getMessage(), e);
    }
  }

  /**
   * Returns once {@link #open} was called for this run.
   *
   * @throws StackException after {@code limit}
   */
  static void await(Path runRoot, Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    while (!Files.exists(runRoot.resolve(FILE))) {
      if (System.nanoTime() > end) {
        throw new StackException(
            "no rules were published within "
                + limit.toSeconds()
                + " s: see the launcher's output");
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }
}
