package dev.zhifu.bank;

import java.time.Instant;

/**
 * A verified stop to place: no debits until it ends, credits still go in.
 *
 * @param orderId the order
 * @param accountNumber the account
 * @param startTime when it takes effect
 * @param expireTime when it ends by law
 */
public record StopCommand(
    String orderId, String accountNumber, Instant startTime, Instant expireTime) {}
