package dev.zhifu.jobs.backtest;

import dev.zhifu.jobs.backtest.Tally.Count;
import java.util.ArrayList;
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
 * Figures of one back-test: pure arithmetic over alerts and truth.
 *
 * <p>An alert is a case of the engine that has reached the tier of an action; in the line of a rule
 * it is a hit. A transaction is alerted when it is evidence of one. An alert leads to a case of the
 * truth when a transaction of that is in its evidence, or when it judges an account of it between
 * its first transaction and a day after its last. Seen from one typology, what belongs to another
 * is neither right nor wrong.
 */
final class BacktestScore {
  private static final double Z95 = 1.959964;
  private static final List<Double> BUDGETS = List.of(10.0, 50.0);
  private static final List<Double> CURVE =
      List.of(
          1.0, 2.0, 5.0, 10.0, 15.0, 20.0, 30.0, 40.0, 50.0, 75.0, 100.0, 150.0, 200.0, 300.0,
          500.0, 1000.0);

  private final Truth truth;
  private final Map<String, Double> scores;
  private final List<TrueCase> cases = new ArrayList<>();
  private final Leads leads;

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
   * @param budgetCurve all alerts under growing budgets
   * @param days alerts of each day
   * @param minutesToAlert of each case found, sorted
   * @param resamples of each bootstrap
   * @param seed of each bootstrap
   */
  record Report(
      Figures all,
      Map<String, Figures> byRule,
      Map<String, Figures> byTypology,
      long decoyTransactions,
      long decoyCases,
      long decoyCasesAlerted,
      List<Budget> budgetCurve,
      List<DayCount> days,
      List<Double> minutesToAlert,
      int resamples,
      long seed) {}

  private BacktestScore(Truth truth, Map<String, Double> scores) {
    this.truth = truth;
    this.scores = scores;
    truth.cases(true).values().forEach(one -> cases.add(TrueCase.of(one)));
    truth.cases(false).values().forEach(one -> cases.add(TrueCase.of(one)));
    this.leads = new Leads(cases);
  }

  /**
   * Computes with every hit an alert of its own, as if no score stood between.
   *
   * @param rules ids of the rules that ran, also those without a hit
   * @param scores greatest case score by subject; decides who is looked at first under a budget
   */
  static Report of(
      List<Alert> alerts, Collection<String> rules, Truth truth, Map<String, Double> scores) {
    return of(alerts, alerts, alerts, rules, truth, scores);
  }

  /**
   * Computes with cases at the tier of an action as alerts, and hits for the lines of rules.
   *
   * @param hits final hits
   * @param cases what scoring made of them
   * @param rules ids of the rules that ran, also those without a hit
   */
  static Report of(List<Alert> hits, CaseBook cases, Collection<String> rules, Truth truth) {
    Map<String, Alert> byId = new HashMap<>();
    hits.forEach(hit -> byId.put(hit.hitId(), hit));
    List<Alert> ranked = cases.all(byId);
    Map<String, Double> byCase = cases.scoresByCase();
    Map<String, Double> bySubject = new HashMap<>();
    ranked.forEach(
        one -> bySubject.merge(one.subject(), byCase.getOrDefault(one.hitId(), 0.0), Math::max));
    return of(hits, cases.atTier(byId), ranked, rules, truth, bySubject);
  }

  private static Report of(
      List<Alert> hits,
      List<Alert> alerts,
      List<Alert> ranked,
      Collection<String> rules,
      Truth truth,
      Map<String, Double> scores) {
    BacktestScore score = new BacktestScore(truth, scores);
    Map<String, Figures> byRule = new TreeMap<>();
    for (String rule : rules) {
      List<Alert> ofRule = hits.stream().filter(alert -> alert.rule().equals(rule)).toList();
      byRule.put(rule, score.figures(ofRule, null, ofRule));
    }
    Map<String, Figures> byTypology = new TreeMap<>();
    for (String typology : score.typologies()) {
      byTypology.put(typology, score.figures(alerts, typology, ranked));
    }
    List<TrueCase> decoys = score.cases.stream().filter(one -> !one.illicit()).toList();
    return new Report(
        score.figures(alerts, null, ranked),
        byRule,
        byTypology,
        truth.labelled().values().stream().filter(one -> !one.label().illicit()).count(),
        decoys.size(),
        score.alerted(alerts, decoys),
        score.budgets(ranked, null, CURVE),
        DayCount.of(alerts),
        score.tallies(alerts, null).minutes(),
        Bootstrap.RESAMPLES,
        Bootstrap.SEED);
  }

  private Set<String> typologies() {
    return truth.labelled().values().stream()
        .filter(one -> one.label().illicit())
        .map(one -> one.label().typology())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private long alerted(List<Alert> alerts, List<TrueCase> of) {
    Set<TrueCase> led = new HashSet<>();
    alerts.forEach(alert -> led.addAll(leads.of(alert)));
    return of.stream().filter(led::contains).count();
  }

  private Tallies tallies(List<Alert> alerts, String typology) {
    return Tallies.of(alerts, typology, truth, cases, leads);
  }

  /**
   * @param typology the one looked at; null for all
   * @param ranked what budgets rank
   */
  private Figures figures(List<Alert> alerts, String typology, List<Alert> ranked) {
    Tallies tallies = tallies(alerts, typology);
    Tally sum = tallies.sum();
    long found = sum.get(Count.CASES_FOUND);
    long wanted = sum.get(Count.CASES);
    Level accounts = accounts(sum);
    List<Double> minutes = tallies.minutes();
    return new Figures(
        distinct(alerts),
        transactions(sum),
        cases(sum),
        accounts,
        Level.ratio(sum.get(Count.CASES_IN_TIME), wanted),
        wilson(found, wanted, -1),
        wilson(found, wanted, 1),
        Level.ratio(sum.get(Count.MONEY_FOUND), sum.get(Count.MONEY)),
        per10k(subjects(alerts), truth.accounts()),
        per10k(distinct(alerts), truth.transactions()),
        median(minutes),
        p95(minutes),
        decoys(alerts, tallies),
        budgets(ranked, typology, BUDGETS),
        Bootstrap.of(
            List.copyOf(tallies.illicit()), List.copyOf(tallies.decoys()), tallies.rest()));
  }

  private static long distinct(List<Alert> alerts) {
    return alerts.stream().map(Alert::hitId).distinct().count();
  }

  /** Accounts, and holders with a case of their own: each is somebody to look at. */
  private static long subjects(List<Alert> alerts) {
    return alerts.stream()
        .filter(alert -> alert.account() != null || alert.rule().isEmpty())
        .map(Alert::subject)
        .distinct()
        .count();
  }

  private static Level transactions(Tally sum) {
    long right = sum.get(Count.TRANSACTIONS_RIGHT);
    long decoys = sum.get(Count.TRANSACTIONS_DECOY);
    return Level.of(
        right + decoys + sum.get(Count.TRANSACTIONS_FALSE),
        right,
        decoys,
        sum.get(Count.TRANSACTIONS_ILLICIT),
        right);
  }

  private static Level cases(Tally sum) {
    long right = sum.get(Count.SUBJECTS_RIGHT);
    long decoys = sum.get(Count.SUBJECTS_DECOY);
    return Level.of(
        right + decoys + sum.get(Count.SUBJECTS_FALSE),
        right,
        decoys,
        sum.get(Count.CASES),
        sum.get(Count.CASES_FOUND));
  }

  private static Level accounts(Tally sum) {
    long right = sum.get(Count.ACCOUNTS_RIGHT);
    long decoys = sum.get(Count.ACCOUNTS_DECOY);
    return Level.of(
        right + decoys + sum.get(Count.ACCOUNTS_FALSE),
        right,
        decoys,
        sum.get(Count.ACCOUNTS_ILLICIT),
        right);
  }

  private Decoys decoys(List<Alert> alerts, Tallies tallies) {
    Set<String> evidence =
        alerts.stream().flatMap(alert -> alert.eventIds().stream()).collect(Collectors.toSet());
    List<Truth.Labelled> rows =
        truth.labelled().values().stream()
            .filter(one -> !one.label().illicit() && tallies.isWanted(one.label().typology()))
            .toList();
    List<TrueCase> groups =
        cases.stream().filter(one -> !one.illicit() && tallies.isWanted(one.typology())).toList();
    return Decoys.of(
        rows.size(),
        rows.stream().filter(one -> evidence.contains(one.eventId())).count(),
        groups.size(),
        alerted(alerts, groups));
  }

  private List<Budget> budgets(List<Alert> alerts, String typology, List<Double> budgets) {
    Ranking ranking = Ranking.of(alerts, scores);
    List<Budget> lines = new ArrayList<>();
    for (double budget : budgets) {
      long allowed = Budget.allowed(budget, truth.accounts());
      Tally sum = tallies(ranking.top(alerts, allowed), typology).sum();
      lines.add(
          new Budget(
              budget,
              allowed,
              Math.min(allowed, ranking.size()),
              cases(sum),
              accounts(sum),
              transactions(sum)));
    }
    return lines;
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

  private static Double median(List<Double> sorted) {
    if (sorted.isEmpty()) {
      return null;
    }
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2.0;
  }

  private static Double p95(List<Double> sorted) {
    return sorted.isEmpty() ? null : sorted.get((int) Math.ceil(0.95 * sorted.size()) - 1);
  }
}
