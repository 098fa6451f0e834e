/**
 * Scoring: hits of one subject combine into one case score, first by holder (V and T), then by
 * target account (M and G, what holders forward, and victims' statements). Pure arithmetic stands
 * in {@link dev.zhifu.jobs.score.CaseScore}; the two functions are shells around it.
 */
package dev.zhifu.jobs.score;
