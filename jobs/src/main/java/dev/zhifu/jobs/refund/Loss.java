package dev.zhifu.jobs.refund;

/**
 * What is known of a claim. Public for Flink's serializer.
 *
 * @param victim holder token of who reported
 * @param lossFen whole loss, by the report
 */
public record Loss(String victim, long lossFen) {}
