package dev.zhifu.jobs.score;

/**
 * Hits of one limited rule at one event time that were let pass. Public for Flink's serializer.
 *
 * @param ruleId the rule
 * @param atMs event time
 * @param count how many
 */
public record PassedHits(String ruleId, long atMs, int count) {}
