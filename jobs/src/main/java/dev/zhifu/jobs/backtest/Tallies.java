package dev.zhifu.jobs.backtest;

import dev.zhifu.jobs.backtest.Tally.Count;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What a set of alerts means, counted case by case: their sum gives the figures, resampling them
 * the intervals. A subject or account that belongs to several cases counts at the first.
 */
final class Tallies {
  private static final double MINUTE_MS = 60_000.0;

  private final Truth truth;
  private final Leads leads;
  private final String typology;
  private final Map<TrueCase, Tally> illicit = new LinkedHashMap<>();
  private final Map<TrueCase, Tally> decoys = new LinkedHashMap<>();
  private final Tally rest = new Tally();

  private Tallies(Truth truth, Leads leads, String typology) {
    this.truth = truth;
    this.leads = leads;
    this.typology = typology;
  }

  /**
   * Counts.
   *
   * @param typology the one looked at; null for all
   */
  static Tallies of(
      List<Alert> alerts, String typology, Truth truth, List<TrueCase> cases, Leads leads) {
    Tallies tallies = new Tallies(truth, leads, typology);
    for (TrueCase one : cases) {
      if (!one.illicit()) {
        tallies.decoys.put(one, new Tally());
      } else if (tallies.isWanted(one.typology())) {
        tallies.illicit.put(one, new Tally().add(Count.CASES, 1));
      }
    }
    tallies.cases(alerts);
    tallies.transactions(alerts);
    tallies.subjects(alerts);
    tallies.accounts(alerts);
    return tallies;
  }

  boolean isWanted(String one) {
    return typology == null || typology.equals(one);
  }

  Collection<Tally> illicit() {
    return illicit.values();
  }

  Collection<Tally> decoys() {
    return decoys.values();
  }

  Tally rest() {
    return rest;
  }

  /** All of them together. */
  Tally sum() {
    Tally sum = new Tally();
    sum.add(rest);
    illicit.values().forEach(sum::add);
    decoys.values().forEach(sum::add);
    return sum;
  }

  /** Minutes to the first alert of each case found, sorted. */
  List<Double> minutes() {
    return illicit.values().stream()
        .map(Tally::minutes)
        .filter(minutes -> !minutes.isNaN())
        .sorted()
        .toList();
  }

  private void cases(List<Alert> alerts) {
    Map<TrueCase, Long> first = new HashMap<>();
    for (Alert alert : alerts) {
      leads.of(alert).forEach(one -> first.merge(one, alert.atMs(), Math::min));
    }
    illicit.forEach(
        (one, tally) -> {
          Long at = first.get(one);
          if (at != null) {
            tally.add(Count.CASES_FOUND, 1);
            tally.add(Count.CASES_IN_TIME, at < one.lastMs() ? 1 : 0);
            tally.minutes((at - one.firstMs()) / MINUTE_MS);
          }
        });
  }

  private void transactions(List<Alert> alerts) {
    Set<String> evidence =
        alerts.stream().flatMap(alert -> alert.eventIds().stream()).collect(Collectors.toSet());
    for (String id : evidence) {
      Truth.Labelled one = truth.labelled().get(id);
      if (one == null) {
        rest.add(Count.TRANSACTIONS_FALSE, 1);
      } else if (!one.label().illicit()) {
        decoy(leads.ofEvent(id)).add(Count.TRANSACTIONS_DECOY, 1);
      }
    }
    for (Truth.Labelled one : truth.labelled().values()) {
      if (one.label().illicit() && isWanted(one.label().typology())) {
        boolean found = evidence.contains(one.eventId());
        wanted(leads.ofEvent(one.eventId()))
            .add(Count.TRANSACTIONS_ILLICIT, 1)
            .add(Count.TRANSACTIONS_RIGHT, found ? 1 : 0)
            .add(Count.MONEY, one.amountFen())
            .add(Count.MONEY_FOUND, found ? one.amountFen() : 0);
      }
    }
  }

  /**
   * The engine opens one case for each subject it alerts; it is right when a hit of it leads to an
   * illicit case.
   */
  private void subjects(List<Alert> alerts) {
    Map<String, Set<TrueCase>> bySubject = new HashMap<>();
    for (Alert alert : alerts) {
      bySubject
          .computeIfAbsent(alert.subject(), any -> new LinkedHashSet<>())
          .addAll(leads.of(alert));
    }
    for (Set<TrueCase> led : bySubject.values()) {
      TrueCase right = first(led, illicit::containsKey);
      if (right != null) {
        illicit.get(right).add(Count.SUBJECTS_RIGHT, 1);
      } else if (led.isEmpty()) {
        rest.add(Count.SUBJECTS_FALSE, 1);
      } else if (first(led, TrueCase::illicit) == null) {
        decoy(first(led, decoys::containsKey)).add(Count.SUBJECTS_DECOY, 1);
      }
    }
  }

  private void accounts(List<Alert> alerts) {
    Set<String> alerted = new LinkedHashSet<>();
    alerts.stream().map(Alert::account).filter(one -> one != null).forEach(alerted::add);
    for (String account : alerted) {
      Labels.Account label = truth.accountLabels().get(account);
      if (label == null) {
        rest.add(Count.ACCOUNTS_FALSE, 1);
      } else if (!label.illicit()) {
        decoy(first(leads.ofAccount(account), decoys::containsKey)).add(Count.ACCOUNTS_DECOY, 1);
      }
    }
    truth
        .accountLabels()
        .forEach(
            (account, label) -> {
              if (label.illicit() && (typology == null || label.typologies().contains(typology))) {
                wanted(first(leads.ofAccount(account), illicit::containsKey))
                    .add(Count.ACCOUNTS_ILLICIT, 1)
                    .add(Count.ACCOUNTS_RIGHT, alerted.contains(account) ? 1 : 0);
              }
            });
  }

  private static TrueCase first(Collection<TrueCase> cases, Predicate<TrueCase> which) {
    return cases.stream().filter(which).findFirst().orElse(null);
  }

  private Tally wanted(TrueCase one) {
    return one == null ? rest : illicit.getOrDefault(one, rest);
  }

  private Tally decoy(TrueCase one) {
    return one == null ? rest : decoys.getOrDefault(one, rest);
  }
}
