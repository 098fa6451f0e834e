package dev.zhifu.stack.process;

import dev.zhifu.stack.StackException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A started process. */
public final class Child {
  private static final int TAIL_LINES = 20;
  private static final long POLL_MILLIS = 100;

  private final String name;
  private final Process process;
  private final Path log;
  private volatile boolean stopping;

  Child(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
  }

  /** Name of its spec. */
  public String name() {
    return name;
  }

  /** Process id. */
  public long pid() {
    return process.pid();
  }

  /** Where its output goes. */
  public Path log() {
    return log;
  }

  /** True while it runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** True when it ended without being asked to. */
  public boolean hasFailed() {
    return !process.isAlive() && !stopping && process.exitValue() != 0;
  }

  /**
   * Waits for the process to end.
   *
   * @return its exit code
   * @throws StackException when it has not ended in time
   */
  public int awaitEnd(Duration limit) {
    try {
      if (process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        return process.exitValue();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw failure("did not end within " + limit.toSeconds() + " s");
  }

  /**
   * Waits until {@code ready} answers true.
   *
   * @param what what is awaited, for the error
   * @throws StackException with the last 20 log lines when the process ends first or the limit
   *     passes
   */
  public void awaitReady(String what, Duration limit, BooleanSupplier ready) {
    long end = System.nanoTime() + limit.toNanos();
    while (!ready.getAsBoolean()) {
      if (endedWithin(POLL_MILLIS)) {
        throw failure("ended with code " + process.exitValue() + " before " + what);
      }
      if (System.nanoTime() > end) {
        throw failure("has run for " + limit.toSeconds() + " s without " + what);
      }
    }
  }

  /** An error that shows this process's last 20 log lines. */
  public StackException failure(String what) {
    return new StackException(
        "process "
            + name
            + " (pid "
            + pid()
            + ") "
            + what
            + "; its last lines, of "
            + log
            + ":\n"
            + tail());
  }

  /** The last 20 lines of its log. */
  public String tail() {
    try {
      List<String> lines =
          new String(Files.readAllBytes(log), StandardCharsets.UTF_8).lines().toList();
      return "  "
          + String.join(
              "\n  ", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
    } catch (IOException e) {
      return "  (no log: " + e.getMessage() + ")";
    }
  }

  /** Asks it to end. */
  void askToEnd() {
    stopping = true;
    process.destroy();
  }

  /** Ends it at once, as {@code kill -9} does. */
  public void kill() {
    stopping = true;
    process.destroyForcibly();
  }

  /** Stops it, by force after {@code grace}. */
  public void stop(Duration grace) {
    askToEnd();
    if (!endedWithin(grace.toMillis())) {
      process.destroyForcibly();
      endedWithin(grace.toMillis());
    }
  }

  private boolean endedWithin(long millis) {
    try {
      return process.waitFor(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("interrupted while waiting for process " + name, e);
    }
  }
}
