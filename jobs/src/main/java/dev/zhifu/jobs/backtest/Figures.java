package dev.zhifu.jobs.backtest;

import java.util.List;

/**
 * One line of figures.
 *
 * @param alerts hits counted
 * @param transactions transactions in the hits' evidence
 * @param cases right: accounts alerted that lead to a case; found: cases that a hit leads to
 * @param accounts accounts alerted; nothing illicit when the data label no accounts
 * @param caseRecallInTime share of cases alerted before their last transaction; null without cases
 * @param caseRecallLow lower end of the 95 % interval (Wilson) of case recall; null without cases
 * @param caseRecallHigh upper end
 * @param moneyRecall share of illicit money alerted; null without any
 * @param alertsPer10kAccounts accounts alerted per 10,000 accounts
 * @param alertsPer10kTransactions hits per 10,000 transactions
 * @param medianMinutesToAlert from a case's first illicit transaction to its first alert; null when
 *     none was found
 * @param p95MinutesToAlert the same, 95th percentile (nearest rank)
 * @param decoys false alarms on benign look-alikes
 * @param budgets figures at 10 and at 50 accounts alerted per 10,000
 * @param intervals 95 % bootstrap intervals; null with fewer than two cases
 */
record Figures(
    long alerts,
    Level transactions,
    Level cases,
    Level accounts,
    Double caseRecallInTime,
    Double caseRecallLow,
    Double caseRecallHigh,
    Double moneyRecall,
    double alertsPer10kAccounts,
    double alertsPer10kTransactions,
    Double medianMinutesToAlert,
    Double p95MinutesToAlert,
    Decoys decoys,
    List<Budget> budgets,
    Intervals intervals) {}
