package dev.zhifu.jobs.backtest;

import dev.zhifu.jobs.backtest.Tally.Count;
import java.util.ArrayList;
import java.util.Collection;
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
   * Computes.
   *
   * @param rules ids of the rules that ran, also those without a hit
   * @param scores greatest case score by subject; decides who is looked at first under a budget
   */
  static Report of(
      List<Alert> alerts, Collection<String> rules, Truth truth, Map<String, Double> scores) {
    BacktestScore score = new BacktestScore(truth, scores);
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
    List<TrueCase> decoys = score.cases.stream().filter(one -> !one.illicit()).toList();
    return new Report(
        score.figures(alerts, null),
        byRule,
        byTypology,
        truth.labelled().values().stream().filter(one -> !one.label().illicit()).count(),
        decoys.size(),
        score.alerted(alerts, decoys),
        score.budgets(alerts, null, CURVE),
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
   */
  private Figures figures(List<Alert> alerts, String typology) {
    Tallies tallies = tallies(alerts, typology);
    Tally sum = tallies.sum();
    long found = sum.get(Count.CASES_FOUND);
    long wanted = sum.get(Count.CASES);
    Level accounts = accounts(sum);
    List<Double> minutes = tallies.minutes();
    return new Figures(
        alerts.size(),
        transactions(sum),
        cases(sum),
        accounts,
        Level.ratio(sum.get(Count.CASES_IN_TIME), wanted),
        wilson(found, wanted, -1),
        wilson(found, wanted, 1),
        Level.ratio(sum.get(Count.MONEY_FOUND), sum.get(Count.MONEY)),
        per10k(alertedAccounts(alerts), truth.accounts()),
        per10k(alerts.size(), truth.transactions()),
        median(minutes),
        p95(minutes),
        decoys(alerts, tallies),
        budgets(alerts, typology, BUDGETS),
        Bootstrap.of(
            List.copyOf(tallies.illicit()), List.copyOf(tallies.decoys()), tallies.rest()));
  }

  private static long alertedAccounts(List<Alert> alerts) {
    return alerts.stream().map(Alert::account).filter(one -> one != null).distinct().count();
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
