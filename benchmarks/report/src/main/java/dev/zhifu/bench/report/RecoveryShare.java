package dev.zhifu.bench.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the recovery job's ledger, trace and network shapes cost, from the runs of {@code bench
 * trace}. The largest of its figures counts: a plan is not made on the better day.
 */
final class RecoveryShare {
  /**
   * Bytes of a movement on a day of its own (docs/trace.md, as {@code LedgerDayTest} prints it).
   */
  static final double BYTES_A_SIDE = 52;

  /** Days of event time that a ledger keeps, unless the job is set otherwise (docs/trace.md). */
  static final double LEDGER_DAYS = 30;

  /** A movement is written to the ledgers of both accounts. */
  static final double SIDES = 2;

  private static final String TREES = "tree-";

  private final Runs runs;
  private final String source;

  /**
   * A share.
   *
   * @param runs of {@code bench trace}
   * @param source name of their file, for the page
   */
  RecoveryShare(Runs runs, String source) {
    this.runs = runs;
    this.source = source;
    if (trees().findAny().isEmpty()) {
      throw new IllegalArgumentException(
          source + " has no run of a tree; measure with bench trace");
    }
  }

  String source() {
    return source;
  }

  Runs runs() {
    return runs;
  }

  private Stream<JsonNode> trees() {
    return runs.configs().stream()
        .filter(config -> config.startsWith(TREES))
        .flatMap(config -> runs.of(config).stream())
        .filter(run -> run.path("cpuMicrosPerSide").asDouble() > 0);
  }

  /** CPU of the ledger for one side of a movement, µs. */
  double ledgerMicros() {
    return largest(trees().map(run -> run.path("cpuMicrosPerSide").asDouble()).toList());
  }

  /** CPU for one account that a trace works out, µs. */
  double accountMicros() {
    return largest(trees().map(run -> run.path("cpuMicrosPerNode").asDouble()).toList());
  }

  /** Accounts worked out a second on this machine, cases at once: the least measured. */
  double accountsASecond() {
    return trees().mapToDouble(run -> run.path("nodesPerSecond").asDouble()).min().orElse(0);
  }

  /** Accounts of the largest tree that was measured. */
  double accountsOfTree() {
    return largest(trees().map(run -> run.path("size").asDouble()).toList());
  }

  /** CPU of the search for shapes for one side, every payment a first one, µs. */
  double shapesMicros() {
    return largest(
        Stream.of("shapes", "shapes_first")
            .flatMap(config -> runs.values(config, "cpuMicrosPerSide").stream())
            .toList());
  }

  /** Cores for so many movements a second and so many cases a day, nothing left free. */
  double cores(double movementsASecond, double casesADay) {
    double sides = SIDES * movementsASecond * (ledgerMicros() + shapesMicros());
    double trees = casesADay / 86_400 * accountsOfTree() * accountMicros();
    return (sides + trees) / 1e6;
  }

  /** Bytes of ledgers once they hold all the days that they keep. */
  double ledgerBytes(double movementsASecond) {
    return movementsASecond * 86_400 * LEDGER_DAYS * SIDES * BYTES_A_SIDE;
  }

  private static double largest(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
  }
}
