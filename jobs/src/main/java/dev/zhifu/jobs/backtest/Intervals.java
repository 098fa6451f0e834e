package dev.zhifu.jobs.backtest;

/**
 * 95 % bootstrap intervals of one line of figures; one is null when it cannot be told.
 *
 * @param transactionPrecision decoys counted as false
 * @param transactionPrecisionDecoysAside decoys set aside
 * @param transactionRecall of transactions
 * @param transactionF1 of transactions
 * @param casePrecision of accounts alerted, decoys counted as false
 * @param casePrecisionDecoysAside the same, decoys set aside
 * @param caseRecall of cases
 * @param caseF1 of cases
 * @param accountPrecision of labelled accounts, decoys counted as false
 * @param accountRecall of labelled accounts
 * @param accountF1 of labelled accounts
 * @param caseRecallInTime of cases alerted before their last transaction
 * @param moneyRecall of illicit money
 * @param medianMinutesToAlert minutes
 */
record Intervals(
    Interval transactionPrecision,
    Interval transactionPrecisionDecoysAside,
    Interval transactionRecall,
    Interval transactionF1,
    Interval casePrecision,
    Interval casePrecisionDecoysAside,
    Interval caseRecall,
    Interval caseF1,
    Interval accountPrecision,
    Interval accountRecall,
    Interval accountF1,
    Interval caseRecallInTime,
    Interval moneyRecall,
    Interval medianMinutesToAlert) {}
