package dev.zhifu.jobs.backtest;

import java.util.EnumMap;
import java.util.Map;

/** Counts of one case, or of what belongs to no case; sums of them give every ratio. */
final class Tally {

  /** What is counted. */
  enum Count {
    TRANSACTIONS_RIGHT,
    TRANSACTIONS_DECOY,
    TRANSACTIONS_FALSE,
    TRANSACTIONS_ILLICIT,
    SUBJECTS_RIGHT,
    SUBJECTS_DECOY,
    SUBJECTS_FALSE,
    CASES,
    CASES_FOUND,
    CASES_IN_TIME,
    ACCOUNTS_RIGHT,
    ACCOUNTS_DECOY,
    ACCOUNTS_FALSE,
    ACCOUNTS_ILLICIT,
    MONEY_FOUND,
    MONEY
  }

  private final Map<Count, Long> counts = new EnumMap<>(Count.class);
  private double minutes = Double.NaN;

  Tally add(Count what, long number) {
    counts.merge(what, number, Long::sum);
    return this;
  }

  void add(Tally other) {
    other.counts.forEach(this::add);
  }

  long get(Count what) {
    return counts.getOrDefault(what, 0L);
  }

  /** Minutes from the case's first transaction to its first alert; NaN when it was not found. */
  double minutes() {
    return minutes;
  }

  void minutes(double value) {
    minutes = value;
  }
}
