package dev.zhifu.jobs.recovery;

import dev.zhifu.wire.StopPaymentReceipt;
import dev.zhifu.wire.StopPaymentRequest;

/**
 * What the watch on stop-payment orders reads, keyed by order. Public for Flink's serializer.
 *
 * @param orderId the order
 * @param request a transition; null when this is an answer
 * @param receipt the bank's answer; null when this is a transition
 */
public record StopWatchInput(
    String orderId, StopPaymentRequest request, StopPaymentReceipt receipt) {

  static StopWatchInput of(StopPaymentRequest request) {
    return new StopWatchInput(request.getOrderId(), request, null);
  }

  static StopWatchInput of(StopPaymentReceipt receipt) {
    return new StopWatchInput(receipt.getOrderId(), null, receipt);
  }
}
