package dev.zhifu.jobs.backtest;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One case of the truth, illicit or decoy, with everything that leads to it.
 *
 * @param illicit false for a decoy
 * @param typology what it is
 * @param firstMs event time of its first transaction
 * @param lastMs event time of its last
 * @param transactions by time
 * @param accounts on either side
 */
record TrueCase(
    boolean illicit,
    String typology,
    long firstMs,
    long lastMs,
    List<Truth.Labelled> transactions,
    Set<String> accounts) {
  private static final long DAY_MS = 86_400_000L;

  static TrueCase of(List<Truth.Labelled> transactions) {
    Set<String> accounts = new HashSet<>();
    for (Truth.Labelled one : transactions) {
      accounts.add(one.payer());
      accounts.add(one.payee());
    }
    accounts.remove(null);
    Truth.Labelled first = transactions.get(0);
    return new TrueCase(
        first.label().illicit(),
        first.label().typology(),
        first.atMs(),
        transactions.get(transactions.size() - 1).atMs(),
        transactions,
        accounts);
  }

  /**
   * A hit that judges an account of the case leads to it until a day after its last transaction.
   */
  boolean isRunningAt(long atMs) {
    return atMs >= firstMs && atMs <= lastMs + DAY_MS;
  }
}
