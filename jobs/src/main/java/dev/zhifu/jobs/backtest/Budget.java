package dev.zhifu.jobs.backtest;

/**
 * What the accounts of the highest case scores give, when no more of them can be looked at.
 *
 * @param perTenThousand budget: accounts alerted per 10,000 accounts
 * @param allowed accounts that are; at least 1
 * @param looked accounts alerted that fit, the highest case score first, the earlier alert first
 *     among equals
 * @param cases as in the line of all alerts, over these accounts alone
 * @param accounts as there
 * @param transactions as there
 */
record Budget(
    double perTenThousand,
    long allowed,
    long looked,
    Level cases,
    Level accounts,
    Level transactions) {

  static long allowed(double perTenThousand, long accounts) {
    return Math.max(1, (long) (perTenThousand * accounts / 10_000));
  }
}
