package dev.zhifu.stack.cli;

import dev.zhifu.stack.RunningStack;
import dev.zhifu.stack.StackException;
import dev.zhifu.stack.process.Child;
import dev.zhifu.stack.process.Supervisor;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Staying until asked to end, and asking another process to. */
final class Stay {
  private static final long LIMIT_SECONDS = 30;

  private Stay() {}

  /**
   * Blocks while all children live; a signal ends this JVM and, by its shutdown hook, the children.
   *
   * @throws StackException when a child ends on its own
   */
  static void untilStopped(Supervisor supervisor) {
    CountDownLatch never = new CountDownLatch(1);
    try {
      while (!never.await(1, TimeUnit.SECONDS)) {
        supervisor.requireAllAlive();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Blocks while {@code child} lives.
   *
   * @throws StackException when it ends on its own
   */
  static void whileAlive(Child child) {
    CountDownLatch never = new CountDownLatch(1);
    try {
      while (!never.await(1, TimeUnit.SECONDS)) {
        if (!child.isAlive()) {
          throw child.failure("ended unexpectedly");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Asks the supervisor of {@code running} to end and waits until it has. */
  static void stop(RunningStack running) {
    long pid = running.info().pid();
    ProcessHandle process =
        ProcessHandle.of(pid)
            .orElseThrow(
                () -> new StackException("process " + pid + " of " + running.root() + " is gone"));
    process.destroy();
    try {
      process.onExit().get(LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new StackException("cannot wait for process " + pid + ": " + e.getMessage(), e);
    }
  }
}
