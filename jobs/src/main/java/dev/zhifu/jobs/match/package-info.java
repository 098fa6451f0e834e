/**
 * MATCH: the one operator that hosts all rules. {@link dev.zhifu.jobs.match.MatchOperator} is a
 * thin shell around {@code dev.zhifu.rules.matching}; start there.
 */
package dev.zhifu.jobs.match;
