package dev.zhifu.bench.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What is wanted of the critical path, and what was measured: a ratio or a number of milliseconds.
 */
public final class PathTargets {
  private static final String ENGINE = "engine";
  private static final String NOOP = "noop";
  private static final double SATURATED = 0.5;
  private static final double P50_RATIO = 1.5;
  private static final double P99_RATIO = 2;
  private static final double NOOP_P99_MS = 7;
  private static final double P50_MS = 3;
  private static final double P99_MS = 15;
  private static final double P999_MS = 40;

  /**
   * One target and its measurement.
   *
   * @param what in words
   * @param wanted bound
   * @param atLeast true when more is better
   * @param measured NaN when it was not
   */
  record Row(String what, double wanted, boolean atLeast, double measured) {
    String verdict() {
      if (Double.isNaN(measured)) {
        return "not measured";
      }
      return (atLeast ? measured >= wanted : measured <= wanted) ? "met" : "missed";
    }

    String shown() {
      return Double.isNaN(measured) ? "-" : String.format(Locale.ROOT, "%.2f", measured);
    }

    String bound() {
      return (atLeast ? "≥ " : "≤ ") + String.format(Locale.ROOT, "%.1f", wanted);
    }
  }

  private PathTargets() {}

  /** A line for each target. */
  public static List<String> lines(Runs runs) {
    return rows(runs).stream()
        .map(
            row ->
                String.format(
                    Locale.ROOT,
                    "%-12s %8s of %-6s %s",
                    row.verdict(),
                    row.shown(),
                    row.bound(),
                    row.what()))
        .toList();
  }

  static List<Row> rows(Runs runs) {
    List<Row> rows = new ArrayList<>();
    rows.add(
        new Row(
            "saturated, against the no-op, events per CPU-second",
            SATURATED,
            true,
            runs.ratio(ENGINE, NOOP, "eventsPerCpuSecond")));
    rows.add(
        new Row(
            "saturated, against the no-op, events per second",
            SATURATED,
            true,
            runs.ratio(ENGINE, NOOP, "eventsPerSecond")));
    for (String rate : rates(runs)) {
      for (String output : List.of("request", "decision", "order")) {
        String what = output + " at " + rate + "/s, against the no-op: ";
        rows.add(new Row(what + "p50", P50_RATIO, false, ratio(runs, rate, output, "p50")));
        rows.add(new Row(what + "p99", P99_RATIO, false, ratio(runs, rate, output, "p99")));
      }
    }
    half(runs, rows);
    return rows;
  }

  /** Only where the machine is fast enough for the no-op itself. */
  private static void half(Runs runs, List<Row> rows) {
    double noop = median(runs, NOOP, "half", "request", "p99");
    boolean counts = noop <= NOOP_P99_MS;
    String condition =
        counts
            ? ""
            : " (counts where the no-op's p99 is at most 7 ms; it was "
                + String.format(Locale.ROOT, "%.0f", noop)
                + ")";
    String what = "request at half of saturation, ms" + condition + ": ";
    for (Object[] one : new Object[][] {{"p50", P50_MS}, {"p99", P99_MS}, {"p999", P999_MS}}) {
      rows.add(
          new Row(
              what + one[0],
              (double) one[1],
              false,
              counts ? median(runs, ENGINE, "half", "request", (String) one[0]) : Double.NaN));
    }
  }

  /** Names of the rates measured, in their order. */
  static Set<String> rates(Runs runs) {
    Set<String> names = new LinkedHashSet<>();
    for (String config : runs.configs()) {
      runs.of(config)
          .forEach(run -> run.path("rates").forEach(rate -> names.add(rate.path("name").asText())));
    }
    return names;
  }

  /** The stretch of a run at a rate; a missing node when it has none. */
  static JsonNode rate(JsonNode run, String name) {
    for (JsonNode rate : run.path("rates")) {
      if (rate.path("name").asText().equals(name)) {
        return rate;
      }
    }
    return run.path("no such rate");
  }

  /** Median over rounds, milliseconds; NaN when nothing was measured. */
  static double median(Runs runs, String config, String rate, String output, String figure) {
    return Median.of(
        runs.of(config).stream()
            .map(run -> rate(run, rate).path(output).path(figure))
            .filter(JsonNode::isNumber)
            .map(JsonNode::asDouble)
            .toList());
  }

  /**
   * Median over rounds of the ratio within a round. Times are whole milliseconds: below one they
   * count as one on both sides.
   */
  private static double ratio(Runs runs, String rate, String output, String figure) {
    List<Double> ratios = new ArrayList<>();
    for (JsonNode run : runs.of(ENGINE)) {
      for (JsonNode other : runs.of(NOOP)) {
        JsonNode ours = rate(run, rate).path(output).path(figure);
        JsonNode theirs = rate(other, rate).path(output).path(figure);
        if (run.path("round").asInt() == other.path("round").asInt()
            && ours.isNumber()
            && theirs.isNumber()) {
          ratios.add(Math.max(1, ours.asDouble()) / Math.max(1, theirs.asDouble()));
        }
      }
    }
    return Median.of(ratios);
  }
}
