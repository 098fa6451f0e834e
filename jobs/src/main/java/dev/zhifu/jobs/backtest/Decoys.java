package dev.zhifu.jobs.backtest;

/**
 * False alarms on benign look-alikes, apart from all others. A rate without decoys is null.
 *
 * @param transactions decoy transactions there are
 * @param transactionsAlerted those in a hit's evidence
 * @param transactionRate share
 * @param cases decoy cases there are
 * @param casesAlerted those that a hit leads to
 * @param caseRate share
 */
record Decoys(
    long transactions,
    long transactionsAlerted,
    Double transactionRate,
    long cases,
    long casesAlerted,
    Double caseRate) {

  static Decoys of(long transactions, long transactionsAlerted, long cases, long casesAlerted) {
    return new Decoys(
        transactions,
        transactionsAlerted,
        Level.ratio(transactionsAlerted, transactions),
        cases,
        casesAlerted,
        Level.ratio(casesAlerted, cases));
  }
}
