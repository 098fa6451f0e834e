package dev.zhifu.jobs.backtest;

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

  private static final int KINDS = Count.values().length;

  private final long[] counts = new long[KINDS];
  private double minutes = Double.NaN;

  Tally add(Count what, long number) {
    counts[what.ordinal()] += number;
    return this;
  }

  void add(Tally other) {
    for (int i = 0; i < KINDS; i++) {
      counts[i] += other.counts[i];
    }
  }

  long get(Count what) {
    return counts[what.ordinal()];
  }

  /** Minutes from the case's first transaction to its first alert; NaN when it was not found. */
  double minutes() {
    return minutes;
  }

  void minutes(double value) {
    minutes = value;
  }
}
