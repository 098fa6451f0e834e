package dev.zhifu.jobs.backtest;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Figures of rules that judge numbers, by subscriber. */
final class NumberScore {
  private NumberScore() {}

  /**
   * Precision and recall of all rules together ("all") and of each that judges numbers.
   *
   * @param labels true for a fraudulent number; what is not listed is neither right nor wrong
   * @return empty when the data label no subscribers
   */
  static Map<String, Level> of(Collection<Alert> alerts, Map<String, Boolean> labels) {
    Map<String, Level> figures = new TreeMap<>();
    if (labels.isEmpty()) {
      return figures;
    }
    figures.put("all", level(List.copyOf(alerts), labels));
    alerts.stream()
        .filter(alert -> alert.number() != null)
        .collect(Collectors.groupingBy(Alert::rule))
        .forEach((rule, ofRule) -> figures.put("rule " + rule, level(ofRule, labels)));
    return figures;
  }

  private static Level level(List<Alert> alerts, Map<String, Boolean> labels) {
    Set<String> numbers =
        alerts.stream()
            .map(Alert::number)
            .filter(Objects::nonNull)
            .filter(labels::containsKey)
            .collect(Collectors.toSet());
    long right = numbers.stream().filter(labels::get).count();
    long illicit = labels.values().stream().filter(fraud -> fraud).count();
    return Level.of(numbers.size(), right, 0, illicit, right);
  }
}
