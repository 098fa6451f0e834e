package dev.zhifu.desk.gateway;

import java.time.Duration;

/**
 * How long the gateway's store keeps messages to banks (ADR-0130). The topics stay the record.
 *
 * @param decisions answers to awaiting transfers, from their coming
 * @param messages orders and risk holds, from their coming; what a bank's webhook has not taken
 *     stays
 */
public record Keep(Duration decisions, Duration messages) {
  /** The shortest for orders and holds: a stop and its extension run 96 hours, and a weekend. */
  public static final Duration MESSAGES_MIN = Duration.ofDays(7);

  /**
   * As the topic of decisions keeps them; and a year with a month over, so that a bank can
   * reconcile the day a year ago. Engineering defaults.
   */
  public static final Keep STANDARD = new Keep(Duration.ofDays(1), Duration.ofDays(400));

  /** Checks both. */
  public Keep {
    if (decisions.compareTo(Duration.ofHours(1)) < 0) {
      throw new IllegalArgumentException(
          "decisions are kept for " + decisions + "; it must be an hour or more");
    }
    if (messages.compareTo(MESSAGES_MIN) < 0) {
      throw new IllegalArgumentException(
          "orders and holds are kept for "
              + messages.toDays()
              + " days; it must be "
              + MESSAGES_MIN.toDays()
              + " or more: a bank may answer an order as long as its stop runs");
    }
  }
}
