package dev.zhifu.jobs.orders;

import dev.zhifu.wire.OrderEnvelope;
import dev.zhifu.wire.StopPaymentOrder;

/**
 * An order as it was signed. Public for Flink's serializer.
 *
 * @param order its content
 * @param envelope the signed bytes that travel
 * @param payloadSha256 SHA-256 of the payload, hex
 * @param recordOffset first offset at which the bank's order topic shows it; -1 until it has been
 *     read back
 */
public record SignedOrder(
    StopPaymentOrder order, OrderEnvelope envelope, String payloadSha256, long recordOffset) {

  /** True while the bank may still execute it. */
  boolean executableAt(long atMs) {
    return atMs <= order.getNotAfter().toEpochMilli();
  }

  SignedOrder readBackAt(long offset) {
    return new SignedOrder(order, envelope, payloadSha256, offset);
  }
}
