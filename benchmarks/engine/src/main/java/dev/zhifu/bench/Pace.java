package dev.zhifu.bench;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Waits for a running measurement by the CPU time of this process; a measurement that ended early
 * ends the waiting too.
 */
final class Pace {
  /** Share of the CPU that may still go into compiling when measuring begins. */
  private static final double COMPILING_MOST = 0.06;

  private static final double STEP_CPU_SECONDS = 4;

  /** Steps of running in that are never left out. */
  private static final int LEAST_STEPS = 2;

  private static final int LOOK_MS = 50;

  /** More running in where event time has to come so far first, times the longest otherwise. */
  private static final int MOST_FILLING = 8;

  private final Future<?> end;

  /** Of something that should not come to an end by itself. */
  Pace(Future<?> end) {
    this.end = end;
  }

  /** Waits a little. */
  void step() throws InterruptedException {
    if (end.isDone()) {
      throw new IllegalStateException("the measurement ended before its time", why());
    }
    // The child's parent and the machine's load decide how long it takes; there is nothing to be
    // told by, the counters have to be looked at.
    TimeUnit.MILLISECONDS.sleep(LOOK_MS);
  }

  private Throwable why() throws InterruptedException {
    try {
      end.get();
      return null;
    } catch (ExecutionException e) {
      return e.getCause();
    }
  }

  /**
   * Runs until hardly anything is compiled any more, or as long as is allowed.
   *
   * @param fromMs event time at which rules come into force: before it nothing counts as running in
   * @param most CPU seconds
   * @param untilMs event time to come to in any case, if it takes less than eight times as long
   */
  Reading runIn(long fromMs, double most, long untilMs) throws InterruptedException {
    Reading begun = Reading.now();
    while (begun.newestMs() < fromMs) {
      step();
      begun = Reading.now();
    }
    Reading now = after(begun, Math.min(most, LEAST_STEPS * STEP_CPU_SECONDS));
    boolean compiling = true;
    while (true) {
      double spent = (now.cpuNanos() - begun.cpuNanos()) / 1e9;
      boolean filled = now.newestMs() >= untilMs || spent >= MOST_FILLING * most;
      if (filled && (!compiling || spent >= most)) {
        return now;
      }
      double compiled = ThreadCpu.now().compiling();
      now = after(now, STEP_CPU_SECONDS);
      compiling = ThreadCpu.now().compiling() - compiled >= COMPILING_MOST * STEP_CPU_SECONDS;
    }
  }

  /** Waits until so much CPU has been used since. */
  Reading after(Reading before, double cpuSeconds) throws InterruptedException {
    Reading now = Reading.now();
    while (now.cpuNanos() - before.cpuNanos() < cpuSeconds * 1e9) {
      step();
      now = Reading.now();
    }
    return now;
  }
}
