package dev.zhifu.jobs.backtest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Figures of one back-test. Pure arithmetic over alerts and truth; ratios without a denominator are null and never 0 or 1.
 *
 * <p>A transaction is alerted when it is evidence of a hit; a case when one of its illicit transactions is, or when an account of
 * one is alerted between the case's first transaction and a day after its last; in time when that is before its last transaction.
 */
public final class BacktestScore {
  private static final long DAY_MS = 86_400_000L;

  private BacktestScore() {}

  /**
   * One line of figures.
   *
   * @param alerts hits counted
   * @param alertedTransactions distinct transactions in their evidence
   * @param precision illicit ones among those, decoys counted as false; null without alerts
   * @param precisionDecoysAside the same, decoys not counted at all; null without alerts
   * @param recall share of illicit transactions alerted; null without illicit ones
   * @param f1 of precision and recall; null when either is
   * @param cases illicit cases
   * @param caseRecall share of cases alerted; null without cases
   * @param caseRecallInTime share alerted before their last transaction; null without cases
   * @param moneyRecall share of illicit money alerted; null without any
   * @param decoysAlerted decoy transactions alerted
   * @param alertedAccounts distinct accounts alerted
   * @param alertsPer10kAccounts accounts alerted per 10,000
   * @param alertsPer10kTransactions hits per 10,000 transactions
   * @param medianMinutesToAlert from a case's first illicit transaction to its first alert; null without
   */
  public record Line(
      long alerts,
      long alertedTransactions,
      Double precision,
      Double precisionDecoysAside,
      Double recall,
      Double f1,
      long cases,
      Double caseRecall,
      Double caseRecallInTime,
      Double moneyRecall,
      long decoysAlerted,
      long alertedAccounts,
      double alertsPer10kAccounts,
      double alertsPer10kTransactions,
      Double medianMinutesToAlert) {}

  /**
   * All figures.
   *
   * @param all over all rules and typologies
   * @param byRule each rule alone, over all typologies
   * @param byTypology all rules, over one typology's cases; precision is not split, since an alert names no typology of the file
   */
  public record Report(Line all, Map<String, Line> byRule, Map<String, Line> byTypology) {}

  static Report of(List<Alert> alerts, Truth truth) {
    Map<String, Line> byRule = new TreeMap<>();
    Set<String> rules = new HashSet<>();
    alerts.forEach(alert -> rules.add(alert.rule()));
    for (String rule : rules) {
      byRule.put(rule, line(alerts.stream().filter(alert -> alert.rule().equals(rule)).toList(), truth, any -> true));
    }
    Map<String, Line> byTypology = new TreeMap<>();
    Set<String> typologies = new HashSet<>();
    truth.labelled().values().stream()
        .filter(one -> one.label().illicit())
        .forEach(one -> typologies.add(one.label().typology()));
    for (String typology : typologies) {
      byTypology.put(typology, line(alerts, truth, one -> one.equals(typology)));
    }
    return new Report(line(alerts, truth, any -> true), byRule, byTypology);
  }

  private static Line line(List<Alert> alerts, Truth truth, Predicate<String> typology) {
    Set<String> alerted = new HashSet<>();
    Set<String> accounts = new HashSet<>();
    for (Alert alert : alerts) {
      alerted.addAll(alert.eventIds());
      if (alert.account() != null) {
        accounts.add(alert.account());
      }
    }
    long right = 0;
    long decoys = 0;
    for (String id : alerted) {
      Truth.Labelled one = truth.labelled().get(id);
      right += one != null && one.label().illicit() ? 1 : 0;
      decoys += one != null && !one.label().illicit() ? 1 : 0;
    }
    long illicit = 0;
    long found = 0;
    long money = 0;
    long moneyFound = 0;
    for (Truth.Labelled one : truth.labelled().values()) {
      if (!one.label().illicit() || !typology.test(one.label().typology())) {
        continue;
      }
      illicit++;
      money += one.amountFen();
      if (alerted.contains(one.eventId())) {
        found++;
        moneyFound += one.amountFen();
      }
    }
    Cases cases = cases(alerts, truth, typology);
    Double precision = ratio(right, alerted.size());
    Double recall = ratio(found, illicit);
    return new Line(
        alerts.size(),
        alerted.size(),
        precision,
        ratio(right, alerted.size() - decoys),
        recall,
        f1(precision, recall),
        cases.all,
        ratio(cases.caught, cases.all),
        ratio(cases.inTime, cases.all),
        ratio(moneyFound, money),
        decoys,
        accounts.size(),
        truth.accounts() == 0 ? 0 : accounts.size() * 10_000.0 / truth.accounts(),
        truth.transactions() == 0 ? 0 : alerts.size() * 10_000.0 / truth.transactions(),
        median(cases.minutes));
  }

  private static final class Cases {
    private long all;
    private long caught;
    private long inTime;
    private final List<Double> minutes = new ArrayList<>();
  }

  private static Cases cases(List<Alert> alerts, Truth truth, Predicate<String> typology) {
    Map<String, List<Alert>> byEvent = new HashMap<>();
    Map<String, List<Alert>> byAccount = new HashMap<>();
    for (Alert alert : alerts) {
      alert.eventIds().forEach(id -> byEvent.computeIfAbsent(id, any -> new ArrayList<>()).add(alert));
      if (alert.account() != null) {
        byAccount.computeIfAbsent(alert.account(), any -> new ArrayList<>()).add(alert);
      }
    }
    Cases cases = new Cases();
    for (List<Truth.Labelled> one : truth.cases().values()) {
      if (!typology.test(one.get(0).label().typology())) {
        continue;
      }
      cases.all++;
      long first = one.get(0).atMs();
      long last = one.get(one.size() - 1).atMs();
      long at = firstAlert(one, byEvent, byAccount, first, last);
      if (at != Long.MAX_VALUE) {
        cases.caught++;
        cases.inTime += at < last ? 1 : 0;
        cases.minutes.add((at - first) / 60_000.0);
      }
    }
    return cases;
  }

  private static long firstAlert(
      List<Truth.Labelled> transactions,
      Map<String, List<Alert>> byEvent,
      Map<String, List<Alert>> byAccount,
      long first,
      long last) {
    long at = Long.MAX_VALUE;
    for (Truth.Labelled one : transactions) {
      for (Alert alert : byEvent.getOrDefault(one.eventId(), List.of())) {
        at = Math.min(at, alert.atMs());
      }
      for (String account : new String[] {one.payer(), one.payee()}) {
        for (Alert alert : byAccount.getOrDefault(account, List.of())) {
          if (alert.atMs() >= first && alert.atMs() <= last + DAY_MS) {
            at = Math.min(at, alert.atMs());
          }
        }
      }
    }
    return at;
  }

  private static Double ratio(long part, long whole) {
    return whole <= 0 ? null : (double) part / whole;
  }

  private static Double f1(Double precision, Double recall) {
    if (precision == null || recall == null) {
      return null;
    }
    return precision + recall == 0 ? 0.0 : 2 * precision * recall / (precision + recall);
  }

  private static Double median(List<Double> values) {
    if (values.isEmpty()) {
      return null;
    }
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
