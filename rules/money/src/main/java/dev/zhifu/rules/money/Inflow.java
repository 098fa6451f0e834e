package dev.zhifu.rules.money;

/**
 * Claimed money that arrives by one movement.
 *
 * @param claim whose loss it is
 * @param movementId id of the movement that brings it
 * @param share how much of it
 */
public record Inflow(String claim, String movementId, Share share) {}
