package dev.zhifu.jobs.network;

import dev.zhifu.rules.money.network.TrailMessage;

/**
 * What travels to one account. Public for Flink's serializer.
 *
 * @param account token of the account
 * @param told true when another account says that it has paid this one; false when this one pays
 * @param body the transfer with the trails that lead to it, none when this account pays, as bytes
 */
public record NetworkStep(String account, boolean told, byte[] body) {
  /** The account pays. */
  public static NetworkStep pays(TrailMessage payment) {
    return new NetworkStep(payment.payer(), false, payment.toBytes());
  }

  /** The account is told of a payment to it. */
  static NetworkStep told(TrailMessage message) {
    return new NetworkStep(message.payee(), true, message.toBytes());
  }

  TrailMessage message() {
    return TrailMessage.of(body);
  }
}
