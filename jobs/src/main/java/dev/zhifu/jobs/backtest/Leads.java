package dev.zhifu.jobs.backtest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which cases of the truth a hit leads to; each hit is looked up once. */
final class Leads {
  private final Map<String, List<TrueCase>> byEvent = new HashMap<>();
  private final Map<String, List<TrueCase>> byAccount = new HashMap<>();

  /** By identity: hashing an alert would go over all its evidence each time. */
  private final Map<Alert, Set<TrueCase>> known = new IdentityHashMap<>();

  Leads(List<TrueCase> cases) {
    for (TrueCase one : cases) {
      one.transactions().forEach(row -> add(byEvent, row.eventId(), one));
      one.accounts().forEach(account -> add(byAccount, account, one));
    }
  }

  private static void add(Map<String, List<TrueCase>> index, String key, TrueCase one) {
    index.computeIfAbsent(key, any -> new ArrayList<>()).add(one);
  }

  /** The cases that a hit leads to, in the order of the truth; mostly none. */
  Set<TrueCase> of(Alert alert) {
    return known.computeIfAbsent(alert, this::find);
  }

  /** The case that a transaction belongs to; null when it is in none. */
  TrueCase ofEvent(String eventId) {
    return byEvent.getOrDefault(eventId, List.of()).stream().findFirst().orElse(null);
  }

  /** The cases in which an account takes part. */
  List<TrueCase> ofAccount(String account) {
    return byAccount.getOrDefault(account, List.of());
  }

  private Set<TrueCase> find(Alert alert) {
    Set<TrueCase> led = new LinkedHashSet<>();
    for (String event : alert.eventIds()) {
      led.addAll(byEvent.getOrDefault(event, List.of()));
    }
    for (TrueCase one : byAccount.getOrDefault(String.valueOf(alert.account()), List.of())) {
      if (one.isRunningAt(alert.atMs())) {
        led.add(one);
      }
    }
    return led.isEmpty() ? Set.of() : led;
  }
}
