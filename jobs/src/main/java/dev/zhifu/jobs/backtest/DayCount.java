package dev.zhifu.jobs.backtest;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What one day would have brought.
 *
 * @param day day of event time, UTC
 * @param hits hits
 * @param accounts accounts alerted that day
 */
record DayCount(String day, long hits, long accounts) {

  /** Days from the first alert to the last, those without alerts too. */
  static List<DayCount> of(List<Alert> alerts) {
    TreeMap<LocalDate, List<Alert>> byDay = new TreeMap<>();
    for (Alert alert : alerts) {
      byDay
          .computeIfAbsent(
              LocalDate.ofInstant(Instant.ofEpochMilli(alert.atMs()), ZoneOffset.UTC),
              any -> new ArrayList<>())
          .add(alert);
    }
    if (byDay.isEmpty()) {
      return List.of();
    }
    return byDay
        .firstKey()
        .datesUntil(byDay.lastKey().plusDays(1))
        .map(day -> of(day, byDay))
        .toList();
  }

  private static DayCount of(LocalDate day, Map<LocalDate, List<Alert>> byDay) {
    List<Alert> alerts = byDay.getOrDefault(day, List.of());
    Set<String> subjects = new HashSet<>();
    alerts.forEach(alert -> subjects.add(alert.subject()));
    return new DayCount(day.toString(), alerts.size(), subjects.size());
  }
}
