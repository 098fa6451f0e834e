package dev.zhifu.bench.report;

import java.util.List;
import java.util.Locale;

/**
 * One target: a configuration's figure over another's in the same round, or a figure by itself.
 *
 * @param what in words
 * @param config measured
 * @param to compared with; null when the figure stands by itself
 * @param figure compared
 * @param least wanted at least
 * @param wanted the same in words
 */
public record Target(
    String what, String config, String to, String figure, double least, String wanted) {

  private static final String PER_CPU = "eventsPerCpuSecond";

  /** Those of the engine bench. */
  public static final List<Target> ENGINE =
      List.of(
          ratio(
              "37 rules against the no-op with the same routing and bytes",
              "engine-37",
              "noop-37",
              0.6,
              "≥ 0.6"),
          ratio(
              "single-key form, ten rules, against the one-exchange no-op",
              "single-10",
              "one-exchange",
              0.4,
              "≥ 0.4, aim 0.6"),
          ratio(
              "37 rules against stock Flink CEP in processing time",
              "engine-37",
              "cep-proc-37",
              20,
              "≥ 20"),
          ratio(
              "37 rules against stock Flink CEP behind our own pre-filter",
              "engine-37",
              "cep-prefilter-37",
              1,
              "ahead, ≥ 1"),
          ratio(
              "37 rules against stock Flink CEP in event time",
              "engine-37",
              "cep-event-37",
              200,
              "≥ 200"),
          ratio(
              "rules and all features against one RocksDB read and write per entity, city",
              "engine-37",
              "rocks-37",
              1,
              "≥ 1.0"),
          ratio("the same, uniform accounts", "engine-37@uniform", "rocks-37@uniform", 1, "≥ 1.0"),
          ratio("the same, Zipf accounts", "engine-37@zipf", "rocks-37@zipf", 1, "≥ 1.0"),
          ratio("1,000 rules against 37", "engine-1000", "engine-37", 0.4, "≥ 0.4"),
          ratio(
              "window of 72 h against 1 min, equal share of events touching state",
              "match@pairs+window72h",
              "match@pairs+window1m",
              0.85,
              "within 15 %, ≥ 0.85"),
          ratio(
              "lateness bound of 60 s against 0",
              "engine-37@uniform+late60s",
              "engine-37@uniform+late0s",
              0.85,
              "within 15 %, ≥ 0.85"),
          ratio(
              "the catalogue in shadow beside live against live alone",
              "engine-37+shadow",
              "engine-37",
              0.95,
              "costs < 5 %, ≥ 0.95"),
          ratio(
              "single-key form, ten rules, durable, against Esper 9, same keys and decoding",
              "single-10",
              "esper-10",
              0.3,
              "≥ 0.3"));

  /** That of the city bench. */
  public static final List<Target> CITY =
      List.of(
          new Target(
              "city and engine in one JVM without Kafka, RocksDB on, catalogue and features",
              "engine-37@live",
              null,
              "eventsPerSecond",
              40_000,
              "≥ 40,000 events/s, aim 100,000"));

  private static Target ratio(String what, String config, String to, double least, String wanted) {
    return new Target(what, config, to, PER_CPU, least, wanted);
  }

  /** The figure measured, median over rounds; NaN when one side was not. */
  public double measured(Runs runs) {
    return to == null ? runs.median(config, figure) : runs.ratio(config, to, figure);
  }

  /** Met, missed, or not measured. */
  public String verdict(Runs runs) {
    double measured = measured(runs);
    if (Double.isNaN(measured)) {
      return "not measured";
    }
    return measured >= least ? "met" : "missed";
  }

  /** How far below the target, as a share of it; empty where it is met or was not measured. */
  public String shortBy(Runs runs) {
    double measured = measured(runs);
    return measured < least
        ? String.format(Locale.ROOT, "by %.0f %%", 100 * (1 - measured / least))
        : "";
  }

  /** The figure as text. */
  public String shown(Runs runs) {
    double measured = measured(runs);
    if (Double.isNaN(measured)) {
      return "";
    }
    return String.format(Locale.ROOT, measured >= 1000 ? "%,.0f" : "%.2f", measured);
  }
}
