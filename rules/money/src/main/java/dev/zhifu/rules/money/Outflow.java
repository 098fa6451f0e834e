package dev.zhifu.rules.money;

import java.util.Map;

/**
 * One debit that carries claimed money away.
 *
 * @param debit the movement
 * @param shares how much of it, by claim
 * @param arrivedAt event time of the newest arrival of the claim's money before it, by claim
 */
public record Outflow(Movement debit, Map<String, Share> shares, Map<String, Long> arrivedAt) {}
