package dev.zhifu.jobs.backtest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who would be looked at first: subjects by case score, then by their first alert. */
final class Ranking {
  private final List<String> subjects;

  private Ranking(List<String> subjects) {
    this.subjects = subjects;
  }

  /**
   * Ranks.
   *
   * @param scores greatest case score of a subject; a subject without one counts as 0
   */
  static Ranking of(List<Alert> alerts, Map<String, Double> scores) {
    Map<String, Long> first = new HashMap<>();
    alerts.forEach(alert -> first.merge(alert.subject(), alert.atMs(), Math::min));
    List<String> subjects = new ArrayList<>(first.keySet());
    subjects.sort(
        Comparator.<String>comparingDouble(subject -> -scores.getOrDefault(subject, 0.0))
            .thenComparing(first::get)
            .thenComparing(Comparator.naturalOrder()));
    return new Ranking(subjects);
  }

  int size() {
    return subjects.size();
  }

  /** Alerts of the first {@code most} subjects. */
  List<Alert> top(List<Alert> alerts, long most) {
    Set<String> kept = new HashSet<>(subjects.subList(0, (int) Math.min(most, subjects.size())));
    return alerts.stream().filter(alert -> kept.contains(alert.subject())).toList();
  }
}
