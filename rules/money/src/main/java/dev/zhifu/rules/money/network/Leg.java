package dev.zhifu.rules.money.network;

/**
 * One transfer of a trail.
 *
 * @param id of the transfer
 * @param at event time
 */
public record Leg(String id, long at) {}
