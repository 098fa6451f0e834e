package dev.zhifu.rules.money;

import dev.zhifu.rules.money.refund.RefundSimulationTest;
import dev.zhifu.rules.money.trace.TraceSimulationTest;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;

/**
 * A block of seeded simulations as a process: {@code kind from cases threads}, of which kind is
 * attribution, arrival or refunds. The last line says how many things were compared, then the seeds
 * that differ. Exit code 0 even then: the caller counts.
 */
public final class SimulationMain {
  private SimulationMain() {}

  /** One seed's case; the number of things compared. */
  private interface Play {
    long of(long seed);
  }

  /** Runs them; see the class. */
  public static void main(String[] arguments) throws Exception {
    Play play =
        switch (arguments[0]) {
          case "attribution" -> seed -> TraceSimulationTest.compareWithTwin(1, seed);
          case "arrival" -> seed -> 1 + TraceSimulationTest.arriveInAnyOrder(1, seed);
          case "refunds" -> RefundSimulationTest::play;
          default ->
              throw new IllegalArgumentException(
                  "no simulation '" + arguments[0] + "'; there are attribution, arrival, refunds");
        };
    long from = Long.parseLong(arguments[1]);
    long cases = Long.parseLong(arguments[2]);
    ForkJoinPool pool = new ForkJoinPool(Integer.parseInt(arguments[3]));
    AtomicLong compared = new AtomicLong();
    List<Long> different =
        pool.submit(
                () ->
                    LongStream.range(from, from + cases)
                        .parallel()
                        .filter(seed -> differs(play, seed, compared))
                        .boxed()
                        .toList())
            .get();
    pool.shutdown();
    System.out.println(compared + " " + different);
  }

  private static boolean differs(Play play, long seed, AtomicLong compared) {
    try {
      compared.addAndGet(play.of(seed));
      return false;
    } catch (AssertionError | RuntimeException e) {
      System.out.println("seed " + seed + ": " + e);
      return true;
    }
  }
}
