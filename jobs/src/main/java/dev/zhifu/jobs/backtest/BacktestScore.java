package dev.zhifu.jobs.backtest;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Figures of one back-test: pure arithmetic over alerts and truth.
 *
 * <p>A transaction is alerted when it is evidence of a hit. A hit leads to a case when a
 * transaction of the case is in its evidence, or when it judges an account of the case between the
 * case's first transaction and a day after its last. Seen from one typology, what belongs to
 * another is neither right nor wrong.
 */
final class BacktestScore {
  private static final long DAY_MS = 86_400_000L;
  private static final double MINUTE_MS = 60_000.0;
  private static final double Z95 = 1.959964;

  private final Truth truth;
  private final List<Case> cases;

  /**
   * All figures.
   *
   * @param all over all rules and typologies
   * @param byRule each rule alone, over all typologies
   * @param byTypology all rules, over one typology
   * @param decoyTransactions benign look-alikes there are
   * @param decoyCases cases of them; 0 when the data give decoys no case
   * @param decoyCasesAlerted those that a hit leads to: false alarms that only knowledge from
   *     outside could have avoided
   */
  record Report(
      Figures all,
      Map<String, Figures> byRule,
      Map<String, Figures> byTypology,
      long decoyTransactions,
      long decoyCases,
      long decoyCasesAlerted) {}

  /** One case, illicit or decoy, with everything that leads to it. */
  private record Case(
      boolean illicit,
      String typology,
      long firstMs,
      long lastMs,
      Set<String> events,
      Set<String> accounts) {

    static Case of(List<Truth.Labelled> transactions) {
      Set<String> events = new HashSet<>();
      Set<String> accounts = new HashSet<>();
      for (Truth.Labelled one : transactions) {
        events.add(one.eventId());
        accounts.add(one.payer());
        accounts.add(one.payee());
      }
      accounts.remove(null);
      Truth.Labelled first = transactions.get(0);
      return new Case(
          first.label().illicit(),
          first.label().typology(),
          first.atMs(),
          transactions.get(transactions.size() - 1).atMs(),
          events,
          accounts);
    }

    boolean isLedToBy(Alert alert) {
      return alert.eventIds().stream().anyMatch(events::contains)
          || (accounts.contains(alert.account())
              && alert.atMs() >= firstMs
              && alert.atMs() <= lastMs + DAY_MS);
    }
  }

  private BacktestScore(Truth truth) {
    this.truth = truth;
    this.cases = new ArrayList<>();
    truth.cases(true).values().forEach(one -> cases.add(Case.of(one)));
    truth.cases(false).values().forEach(one -> cases.add(Case.of(one)));
  }

  /**
   * Computes.
   *
   * @param rules ids of the rules that ran, also those without a hit
   */
  static Report of(List<Alert> alerts, Collection<String> rules, Truth truth) {
    BacktestScore score = new BacktestScore(truth);
    Map<String, Figures> byRule = new TreeMap<>();
    for (String rule : rules) {
      byRule.put(
          rule,
          score.figures(alerts.stream().filter(alert -> alert.rule().equals(rule)).toList(), null));
    }
    Map<String, Figures> byTypology = new TreeMap<>();
    for (String typology : score.typologies()) {
      byTypology.put(typology, score.figures(alerts, typology));
    }
    List<Case> decoys = score.cases.stream().filter(one -> !one.illicit()).toList();
    return new Report(
        score.figures(alerts, null),
        byRule,
        byTypology,
        truth.labelled().values().stream().filter(one -> !one.label().illicit()).count(),
        decoys.size(),
        decoys.stream().filter(one -> alerts.stream().anyMatch(one::isLedToBy)).count());
  }

  private Set<String> typologies() {
    return truth.labelled().values().stream()
        .filter(one -> one.label().illicit())
        .map(one -> one.label().typology())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * @param typology the one looked at; null for all
   */
  private Figures figures(List<Alert> alerts, String typology) {
    List<Case> wanted =
        cases.stream().filter(one -> one.illicit() && isWanted(typology, one.typology())).toList();
    List<Long> toAlert = new ArrayList<>();
    long inTime = 0;
    for (Case one : wanted) {
      long at =
          alerts.stream()
              .filter(one::isLedToBy)
              .mapToLong(Alert::atMs)
              .min()
              .orElse(Long.MAX_VALUE);
      if (at != Long.MAX_VALUE) {
        toAlert.add(at - one.firstMs());
        inTime += at < one.lastMs() ? 1 : 0;
      }
    }
    toAlert.sort(Comparator.naturalOrder());
    Set<String> accounts =
        alerts.stream().map(Alert::account).collect(Collectors.toCollection(HashSet::new));
    accounts.remove(null);
    return new Figures(
        alerts.size(),
        transactions(alerts, typology),
        caseLevel(alerts, typology, wanted.size(), toAlert.size()),
        accountLevel(accounts, typology),
        Level.ratio(inTime, wanted.size()),
        wilson(toAlert.size(), wanted.size(), -1),
        wilson(toAlert.size(), wanted.size(), 1),
        money(alerts, typology),
        per10k(accounts.size(), truth.accounts()),
        per10k(alerts.size(), truth.transactions()),
        median(toAlert),
        p95(toAlert));
  }

  private static boolean isWanted(String typology, String one) {
    return typology == null || typology.equals(one);
  }

  private static Set<String> evidence(List<Alert> alerts) {
    return alerts.stream().flatMap(alert -> alert.eventIds().stream()).collect(Collectors.toSet());
  }

  private Level transactions(List<Alert> alerts, String typology) {
    long alerted = 0;
    long right = 0;
    long decoys = 0;
    for (String id : evidence(alerts)) {
      Truth.Labelled one = truth.labelled().get(id);
      boolean illicit = one != null && one.label().illicit();
      if (illicit && !isWanted(typology, one.label().typology())) {
        continue;
      }
      alerted++;
      right += illicit ? 1 : 0;
      decoys += one != null && !illicit ? 1 : 0;
    }
    long all =
        truth.labelled().values().stream()
            .filter(one -> one.label().illicit() && isWanted(typology, one.label().typology()))
            .count();
    return Level.of(alerted, right, decoys, all, right);
  }

  /**
   * The engine opens one case for each subject it alerts; it is right when a hit of it leads to an
   * illicit case.
   */
  private Level caseLevel(List<Alert> alerts, String typology, long all, long found) {
    Map<String, List<Case>> bySubject = new HashMap<>();
    for (Alert alert : alerts) {
      List<Case> led = bySubject.computeIfAbsent(alert.subject(), any -> new ArrayList<>());
      cases.stream().filter(one -> one.isLedToBy(alert)).forEach(led::add);
    }
    long alerted = 0;
    long right = 0;
    long decoys = 0;
    for (List<Case> led : bySubject.values()) {
      boolean illicit = led.stream().anyMatch(Case::illicit);
      boolean wanted =
          led.stream().anyMatch(one -> one.illicit() && isWanted(typology, one.typology()));
      if (illicit && !wanted) {
        continue;
      }
      alerted++;
      right += wanted ? 1 : 0;
      decoys += !illicit && !led.isEmpty() ? 1 : 0;
    }
    return Level.of(alerted, right, decoys, all, found);
  }

  private Level accountLevel(Set<String> accounts, String typology) {
    long alerted = 0;
    long right = 0;
    long decoys = 0;
    for (String account : accounts) {
      Labels.Account label = truth.accountLabels().get(account);
      boolean illicit = label != null && label.illicit();
      if (illicit && !isWanted(typology, label)) {
        continue;
      }
      alerted++;
      right += illicit ? 1 : 0;
      decoys += label != null && !illicit ? 1 : 0;
    }
    long all =
        truth.accountLabels().values().stream()
            .filter(label -> label.illicit() && isWanted(typology, label))
            .count();
    return Level.of(alerted, right, decoys, all, right);
  }

  private static boolean isWanted(String typology, Labels.Account label) {
    return typology == null || label.typologies().contains(typology);
  }

  private Double money(List<Alert> alerts, String typology) {
    Set<String> evidence = evidence(alerts);
    long all = 0;
    long found = 0;
    for (Truth.Labelled one : truth.labelled().values()) {
      if (one.label().illicit() && isWanted(typology, one.label().typology())) {
        all += one.amountFen();
        found += evidence.contains(one.eventId()) ? one.amountFen() : 0;
      }
    }
    return Level.ratio(found, all);
  }

  private static double per10k(long count, long of) {
    return of == 0 ? 0 : count * 10_000.0 / of;
  }

  /** End of the Wilson interval: honest for few cases, and for none found. */
  private static Double wilson(long found, long all, int sign) {
    if (all == 0) {
      return null;
    }
    double p = (double) found / all;
    double z2 = Z95 * Z95;
    double half = Z95 * Math.sqrt(p * (1 - p) / all + z2 / (4.0 * all * all));
    double end = (p + z2 / (2 * all) + sign * half) / (1 + z2 / all);
    return Math.min(1, Math.max(0, end));
  }

  private static Double median(List<Long> sortedMs) {
    if (sortedMs.isEmpty()) {
      return null;
    }
    int middle = sortedMs.size() / 2;
    double ms =
        sortedMs.size() % 2 == 1
            ? sortedMs.get(middle)
            : (sortedMs.get(middle - 1) + sortedMs.get(middle)) / 2.0;
    return ms / MINUTE_MS;
  }

  private static Double p95(List<Long> sortedMs) {
    if (sortedMs.isEmpty()) {
      return null;
    }
    return sortedMs.get((int) Math.ceil(0.95 * sortedMs.size()) - 1) / MINUTE_MS;
  }
}
