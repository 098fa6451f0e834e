package dev.zhifu.jobs.trace;

import dev.zhifu.jobs.network.NetworkShapesTest;
import dev.zhifu.jobs.orders.OrderSimulationTest;
import dev.zhifu.jobs.recovery.RestrictionSimulationTest;
import java.util.ArrayList;
import java.util.List;

/**
 * A block of random stories as a process: {@code graphs from cases threads}, the trace in the job
 * against the trace on files; {@code shapes from cases threads}, the shapes in the job against the
 * plain class; {@code orders from cases threads}, lives of orders against the bounds of the law;
 * {@code restrictions from cases threads}, all restrictions of an account against their tables, and
 * the books; {@code conservation from cases threads}, every fen from the loss to the refund. The
 * last line says how many accounts, shapes, orders, restrictions or fen were compared, then the
 * seeds that differ. Exit code 0 even then: the caller counts.
 */
public final class SimulationMain {
  private SimulationMain() {}

  /** Plays one seed, says how much was compared, and fails on a difference. */
  private interface Comparison {
    long of(long seed) throws Exception;
  }

  /** Runs them; see the class. One after the other: each opens operators of its own. */
  public static void main(String[] arguments) {
    Comparison compare =
        switch (arguments[0]) {
          case "graphs" -> LedgerTraceTest::compare;
          case "shapes" -> NetworkShapesTest::compare;
          case "orders" -> OrderSimulationTest::play;
          case "restrictions" -> RestrictionSimulationTest::play;
          case "conservation" -> new ConservationSimulationTest.Player()::play;
          default ->
              throw new IllegalArgumentException(
                  "no simulation '"
                      + arguments[0]
                      + "' here; there are graphs, shapes, orders, restrictions and conservation");
        };
    long from = Long.parseLong(arguments[1]);
    long cases = Long.parseLong(arguments[2]);
    long compared = 0;
    List<Long> different = new ArrayList<>();
    for (long seed = from; seed < from + cases; seed++) {
      try {
        compared += compare.of(seed);
      } catch (AssertionError | Exception e) {
        System.out.println("seed " + seed + ": " + e);
        different.add(seed);
      }
    }
    System.out.println(compared + " " + different);
  }
}
