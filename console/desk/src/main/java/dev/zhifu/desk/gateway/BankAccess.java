package dev.zhifu.desk.gateway;

import dev.zhifu.desk.acts.TopicPen;
import dev.zhifu.desk.projection.TopicFeed;
import java.util.function.Supplier;

/**
 * What the gateway has of one bank: the bank's own broker credentials, so that the broker itself
 * keeps banks apart, and the secret of its requests.
 *
 * @param bank code
 * @param secret shared with the bank alone
 * @param feed opens the bank's topics decisions, holds and orders
 * @param pen writes the bank's inbound topic
 */
public record BankAccess(String bank, String secret, Supplier<TopicFeed> feed, TopicPen pen) {
  /** Least length of a secret. */
  public static final int SECRET_MIN = 24;

  /** Checks the secret. */
  public BankAccess {
    if (secret.length() < SECRET_MIN) {
      throw new IllegalArgumentException(
          "the secret of bank "
              + bank
              + " has "
              + secret.length()
              + " characters; at least "
              + SECRET_MIN);
    }
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "BankAccess[" + bank + "]";
  }
}
