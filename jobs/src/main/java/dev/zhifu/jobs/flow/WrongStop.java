package dev.zhifu.jobs.flow;

/**
 * A stop that an officer found wrong, for one of the rule versions that it rested on.
 *
 * @param version rule id, a colon and the version
 * @param orderId the order
 * @param cause why it was wrong; the newest of an order counts
 * @param atMs event time of the officer's act, UTC milliseconds
 */
public record WrongStop(String version, String orderId, String cause, long atMs) {}
