package dev.zhifu.stack.gateway;

import dev.zhifu.schemas.crypto.Envelopes;
import dev.zhifu.wire.OrderEnvelope;
import dev.zhifu.wire.StopPaymentOrder;

/** One order on its way to a bank. Safe for use by several threads. */
final class SentOrder {
  private final String id;
  private final int bank;
  private final String account;
  private final int ordinal;
  private final OrderEnvelope envelope;
  private final String payload;
  private volatile long planned;
  private volatile long arrived;

  /**
   * @param bank its number among the banks, from 0
   * @param ordinal of the account's orders, from 1
   */
  SentOrder(int bank, StopPaymentOrder order, int ordinal, OrderEnvelope envelope) {
    this.id = order.getOrderId();
    this.bank = bank;
    this.account = order.getAccountToken();
    this.ordinal = ordinal;
    this.envelope = envelope;
    this.payload = Envelopes.payloadSha256(envelope);
  }

  String id() {
    return id;
  }

  int bank() {
    return bank;
  }

  String account() {
    return account;
  }

  int ordinal() {
    return ordinal;
  }

  OrderEnvelope envelope() {
    return envelope;
  }

  /** Hash of the signed bytes. */
  String payload() {
    return payload;
  }

  /** Planned moment of its writing, by {@link System#nanoTime}. */
  long planned() {
    return planned;
  }

  void planned(long nanos) {
    planned = nanos;
  }

  boolean hasArrived() {
    return arrived != 0;
  }

  /** When its bank had it first, by {@link System#nanoTime}. */
  long arrived() {
    return arrived;
  }

  void arrived(long nanos) {
    arrived = nanos;
  }
}
