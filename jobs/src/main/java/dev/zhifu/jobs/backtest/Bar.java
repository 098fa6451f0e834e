package dev.zhifu.jobs.backtest;

/**
 * One bar of a chart of shares.
 *
 * @param name beside it
 * @param value 0 to 1; null when the data do not tell
 * @param interval its interval; null without
 * @param look class of the bar
 */
record Bar(String name, Double value, Interval interval, String look) {}
