package dev.zhifu.jobs.features;

/**
 * State of one entity as a feature step keeps it.
 *
 * @param key key of the step: an account, holder or number
 * @param bytes the kept value
 * @param expiresAtMs event time at which its timer has to fire, UTC milliseconds
 */
public record EntityBytes(String key, byte[] bytes, long expiresAtMs) {}
