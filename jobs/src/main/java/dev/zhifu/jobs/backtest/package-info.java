/**
 * What the rules would have done on stored history: the same operators, bounded, reading files and
 * without any order sink. Start at {@link dev.zhifu.jobs.backtest.BacktestMain}.
 */
package dev.zhifu.jobs.backtest;
