package dev.zhifu.jobs.trace;

import java.util.ArrayList;
import java.util.List;

/**
 * A block of random graphs, the trace in the job against the trace on files, as a process: {@code
 * graphs from cases threads}. The last line says how many accounts were compared, then the seeds
 * that differ. Exit code 0 even then: the caller counts.
 */
public final class SimulationMain {
  private SimulationMain() {}

  /** Runs them; see the class. One after the other: each opens operators of its own. */
  public static void main(String[] arguments) {
    if (!arguments[0].equals("graphs")) {
      throw new IllegalArgumentException(
          "no simulation '" + arguments[0] + "' here; there is graphs");
    }
    long from = Long.parseLong(arguments[1]);
    long cases = Long.parseLong(arguments[2]);
    long compared = 0;
    List<Long> different = new ArrayList<>();
    for (long seed = from; seed < from + cases; seed++) {
      try {
        compared += LedgerTraceTest.compare(seed);
      } catch (AssertionError | Exception e) {
        System.out.println("seed " + seed + ": " + e);
        different.add(seed);
      }
    }
    System.out.println(compared + " " + different);
  }
}
