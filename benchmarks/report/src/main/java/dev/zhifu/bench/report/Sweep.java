package dev.zhifu.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * One factor varied from a stated base point, all else equal.
 *
 * @param factor what varies
 * @param base the point that the others are compared with
 * @param points in order, the base among them
 */
public record Sweep(String factor, Point base, List<Point> points) {

  /**
   * One value of the factor.
   *
   * @param value in words
   * @param config that has it
   */
  public record Point(String value, String config) {}

  /** Those of the engine bench. */
  public static final List<Sweep> ENGINE =
      List.of(
          of(
              "number of rules",
              2,
              "1",
              "engine-1",
              "10",
              "engine-10",
              "37, the catalogue",
              "engine-37",
              "200",
              "engine-200",
              "1,000",
              "engine-1000"),
          of(
              "stock Flink CEP in event time, number of rules",
              2,
              "1",
              "cep-event-1",
              "10",
              "cep-event-10",
              "37",
              "cep-event-37"),
          of(
              "stock Flink CEP in processing time, number of rules",
              2,
              "1",
              "cep-proc-1",
              "10",
              "cep-proc-10",
              "37",
              "cep-proc-37"),
          of(
              "stock Flink CEP behind our own pre-filter, number of rules",
              2,
              "1",
              "cep-prefilter-1",
              "10",
              "cep-prefilter-10",
              "37",
              "cep-prefilter-37"),
          of(
              "window, 2 % of events touch state",
              0, "1 min", "match@pairs+window1m", "72 h", "match@pairs+window72h"),
          of(
              "lateness bound, 1,000 events a second of event time",
              1,
              "0 s",
              "engine-37@uniform+late0s",
              "5 s",
              "engine-37@uniform",
              "60 s",
              "engine-37@uniform+late60s"),
          of(
              "how a million accounts are drawn",
              0,
              "uniform",
              "engine-37@uniform",
              "Zipf",
              "engine-37@zipf"),
          of(
              "heap cache of a feature step, uniform accounts",
              0,
              "20,000 entities",
              "engine-37@uniform",
              "1 entity",
              "engine-37@uniform+cache1"),
          of(
              "heap cache of a feature step, Zipf accounts",
              0,
              "20,000 entities",
              "engine-37@zipf",
              "1 entity",
              "engine-37@zipf+cache1"),
          of(
              "heap cache of a feature step, city",
              0,
              "20,000 entities",
              "engine-37",
              "1 entity",
              "engine-37+cache1"),
          of(
              "rules in shadow beside the catalogue",
              0,
              "none",
              "engine-37",
              "37",
              "engine-37+shadow"),
          of(
              "event time before measuring",
              0,
              "as far as running in went",
              "engine-37",
              "1.2 of the longest window, 86.4 h",
              "engine-37+filled"));

  private static Sweep of(String factor, int base, String... valuesAndConfigs) {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < valuesAndConfigs.length; i += 2) {
      points.add(new Point(valuesAndConfigs[i], valuesAndConfigs[i + 1]));
    }
    return new Sweep(factor, points.get(base), List.copyOf(points));
  }

  /** Every configuration that these sweeps need. */
  public static Set<String> configs(List<Sweep> sweeps) {
    Set<String> configs = new LinkedHashSet<>();
    sweeps.forEach(sweep -> sweep.points.forEach(point -> configs.add(point.config)));
    return configs;
  }
}
