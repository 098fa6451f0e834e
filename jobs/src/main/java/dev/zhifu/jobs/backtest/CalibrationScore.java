package dev.zhifu.jobs.backtest;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How well a set of alerts does on one half of a labelled set, 0 to 1: F1 at the finest level that
 * the labels give (accounts, else cases, else transactions), cut down in proportion where more
 * accounts are alerted than the budget allows.
 *
 * <p>Cases are halved by the hash of their id, so that thresholds chosen on one half can be judged
 * on the other. What belongs to the other half is then neither right nor wrong.
 */
final class CalibrationScore {
  /** Accounts that analysts can look at, per 10,000. */
  static final double BUDGET = 50;

  /** Which illicit cases count. */
  enum Half {
    /** Thresholds are chosen on these. */
    TUNED,
    /** And judged on these. */
    JUDGED
  }

  private final Truth truth;
  private final Set<String> otherEvents = new HashSet<>();
  private final Set<String> otherAccounts = new HashSet<>();
  private final double budget;

  CalibrationScore(Truth whole, Half half) {
    Map<String, Truth.Labelled> labelled = new HashMap<>();
    whole
        .labelled()
        .forEach(
            (id, one) -> {
              if (!one.label().illicit() || half(key(one)) == half) {
                labelled.put(id, one);
              } else {
                otherEvents.add(id);
              }
            });
    Map<String, Labels.Account> accounts = accounts(whole, half, labelled);
    this.truth = new Truth(whole.transactions(), whole.accounts(), labelled, accounts);
    this.budget = Math.max(BUDGET, illicit(accounts) * 10_000.0 / Math.max(1, whole.accounts()));
  }

  /** Accounts that are rightly alerted: labelled ones, else those that illicit money reached. */
  private long illicit(Map<String, Labels.Account> accounts) {
    long labelled = accounts.values().stream().filter(Labels.Account::illicit).count();
    return labelled > 0
        ? labelled
        : truth.labelled().values().stream()
            .filter(one -> one.label().illicit())
            .map(Truth.Labelled::payee)
            .distinct()
            .count();
  }

  /** An account counts with the half in which its transactions lie. */
  private Map<String, Labels.Account> accounts(
      Truth whole, Half half, Map<String, Truth.Labelled> kept) {
    Set<String> ofKept = new HashSet<>();
    kept.values().stream()
        .filter(one -> one.label().illicit())
        .forEach(
            one -> {
              ofKept.add(one.payer());
              ofKept.add(one.payee());
            });
    Set<String> ofOthers = new HashSet<>();
    otherEvents.forEach(
        id -> {
          ofOthers.add(whole.labelled().get(id).payer());
          ofOthers.add(whole.labelled().get(id).payee());
        });
    Map<String, Labels.Account> accounts = new HashMap<>();
    whole
        .accountLabels()
        .forEach(
            (account, label) -> {
              boolean named = ofKept.contains(account) || ofOthers.contains(account);
              boolean ours = named ? ofKept.contains(account) : half(account) == half;
              if (!label.illicit() || ours) {
                accounts.put(account, label);
              } else {
                otherAccounts.add(account);
              }
            });
    return accounts;
  }

  private static String key(Truth.Labelled one) {
    return one.label().caseId() == null ? one.eventId() : one.label().caseId();
  }

  static Half half(String key) {
    BigInteger hash = new BigInteger(BacktestResult.sha256(List.of(key)), 16);
    return hash.testBit(0) ? Half.JUDGED : Half.TUNED;
  }

  /** The value; NaN when this half holds nothing illicit. */
  double of(List<Alert> alerts) {
    List<Alert> counted =
        alerts.stream()
            .filter(alert -> !otherAccounts.contains(alert.account()))
            .filter(alert -> alert.eventIds().stream().noneMatch(otherEvents::contains))
            .toList();
    Figures figures = BacktestScore.of(counted, List.of(), truth, Map.of()).all();
    Level level =
        figures.accounts().illicit() > 0
            ? figures.accounts()
            : figures.cases().illicit() > 0 ? figures.cases() : figures.transactions();
    if (level.illicit() == 0) {
      return Double.NaN;
    }
    double f1 = level.f1() == null ? 0 : level.f1();
    double over = figures.alertsPer10kAccounts() / budget;
    return over > 1 ? f1 / over : f1;
  }
}
