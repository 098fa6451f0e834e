package dev.zhifu.bank;

import java.time.Instant;

/**
 * A verified stop to place: no debits until it ends, credits still go in.
 *
 * @param orderId the order
 * @param accountNumber the account
 * @param startTime when it takes effect
 * @param expireTime when it ends by law
 * @param latePaperwork true when the order follows a stop that the bank has made itself
 *     (applicationType 04, 05): that stop goes over to the order, with its own start, 48 h from
 *     there and the balance before it; where the bank has none in force any more, the account is
 *     stopped at startTime like any other
 */
public record StopCommand(
    String orderId,
    String accountNumber,
    Instant startTime,
    Instant expireTime,
    boolean latePaperwork) {

  /** A first stop, or one that extends another. */
  public StopCommand(String orderId, String accountNumber, Instant startTime, Instant expireTime) {
    this(orderId, accountNumber, startTime, expireTime, false);
  }
}
