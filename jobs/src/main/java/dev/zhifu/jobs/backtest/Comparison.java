package dev.zhifu.jobs.backtest;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a draft would change. A hit is the same when rule, account and evidence are, whatever the
 * rule's version.
 *
 * @param hits hits
 * @param accounts accounts alerted
 * @param moneyFen money of the transactions that the hits link, each once
 * @param days accounts alerted each day, UTC, with the live set and with the drafts in it
 */
record Comparison(Change hits, Change accounts, Change moneyFen, List<Day> days) {

  /**
   * Numbers of one kind.
   *
   * @param live with the live set alone
   * @param drafted with the drafts in it
   * @param added only with the drafts
   * @param lost only without them
   * @param shared with and without
   */
  record Change(long live, long drafted, long added, long lost, long shared) {}

  /** One day. */
  record Day(String day, long live, long drafted) {}

  /** What makes two hits the same. */
  private record Same(String rule, String account, List<String> evidence) {
    static Same of(Alert alert) {
      return new Same(alert.rule(), alert.account(), alert.eventIds());
    }
  }

  static Comparison of(Collection<Alert> live, Collection<Alert> drafted) {
    return new Comparison(
        change(
            live.stream().map(Same::of).collect(Collectors.toSet()),
            drafted.stream().map(Same::of).collect(Collectors.toSet())),
        change(subjects(live), subjects(drafted)),
        money(transactions(live), transactions(drafted)),
        days(List.copyOf(live), List.copyOf(drafted)));
  }

  private static <T> Change change(Set<T> live, Set<T> drafted) {
    Set<T> shared = new HashSet<>(live);
    shared.retainAll(drafted);
    return new Change(
        live.size(),
        drafted.size(),
        drafted.size() - shared.size(),
        live.size() - shared.size(),
        shared.size());
  }

  private static Set<String> subjects(Collection<Alert> alerts) {
    return alerts.stream().map(Alert::subject).collect(Collectors.toSet());
  }

  private static Map<String, Long> transactions(Collection<Alert> alerts) {
    Map<String, Long> amounts = new HashMap<>();
    for (Alert alert : alerts) {
      if (alert.transaction() != null) {
        amounts.put(alert.transaction(), alert.amountFen());
      }
    }
    return amounts;
  }

  private static Change money(Map<String, Long> live, Map<String, Long> drafted) {
    long before = sum(live.values());
    long after = sum(drafted.values());
    Map<String, Long> shared = new HashMap<>(live);
    shared.keySet().retainAll(drafted.keySet());
    long both = sum(shared.values());
    return new Change(before, after, after - both, before - both, both);
  }

  private static long sum(Collection<Long> amounts) {
    return amounts.stream().mapToLong(Long::longValue).sum();
  }

  private static List<Day> days(List<Alert> live, List<Alert> drafted) {
    Map<String, Long> before = byDay(live);
    Map<String, Long> after = byDay(drafted);
    Set<String> all = new TreeSet<>(before.keySet());
    all.addAll(after.keySet());
    return all.stream()
        .map(day -> new Day(day, before.getOrDefault(day, 0L), after.getOrDefault(day, 0L)))
        .toList();
  }

  private static Map<String, Long> byDay(List<Alert> alerts) {
    Map<String, Long> days = new TreeMap<>();
    DayCount.of(alerts).forEach(day -> days.put(day.day(), day.accounts()));
    return days;
  }
}
