package dev.zhifu.bench.report;

import java.util.List;
import java.util.Locale;

/**
 * One target: a configuration's rate over another's.
 *
 * @param what in words
 * @param config measured
 * @param to compared with
 * @param least the ratio wanted at least
 */
public record Target(String what, String config, String to, double least) {

  /** Those of the engine bench. */
  public static final List<Target> ENGINE =
      List.of(
          new Target(
              "37 rules against the no-op with the same routing and bytes",
              "engine-37",
              "noop-37",
              0.6),
          new Target(
              "single-key form, ten rules, against the one-exchange no-op",
              "single-10",
              "one-exchange",
              0.4),
          new Target(
              "37 rules against stock Flink CEP in processing time",
              "engine-37",
              "cep-proc-37",
              20),
          new Target(
              "37 rules against stock Flink CEP behind our own pre-filter",
              "engine-37",
              "cep-prefilter-37",
              1),
          new Target(
              "37 rules against stock Flink CEP in event time", "engine-37", "cep-event-37", 200),
          new Target(
              "rules and all features against one RocksDB read and write per entity, city",
              "engine-37",
              "rocks-37",
              1),
          new Target("the same, uniform accounts", "engine-37@uniform", "rocks-37@uniform", 1),
          new Target("the same, Zipf accounts", "engine-37@zipf", "rocks-37@zipf", 1),
          new Target("1,000 rules against 37", "engine-1000", "engine-37", 0.4));

  private static final String FIGURE = "eventsPerCpuSecond";

  /** The ratio measured; NaN when one side was not. */
  public double measured(Runs runs) {
    return runs.ratio(config, to, FIGURE);
  }

  /** Met, missed, or not measured. */
  public String verdict(Runs runs) {
    double measured = measured(runs);
    if (Double.isNaN(measured)) {
      return "not measured";
    }
    return measured >= least ? "met" : "missed";
  }

  /** The ratio as text. */
  public String shown(Runs runs) {
    double measured = measured(runs);
    return Double.isNaN(measured) ? "" : String.format(Locale.ROOT, "%.2f", measured);
  }
}
