package dev.zhifu.schemas.crypto;

import dev.zhifu.wire.ReceiptResult;
import dev.zhifu.wire.StopPaymentOrder;

/**
 * What a bank may do with an envelope.
 *
 * @param refusal null when the order may be executed; {@link ReceiptResult#DUPLICATE} when this
 *     very order was answered before: answer it the same again and do nothing; else why it is
 *     refused
 * @param sentence why, for the receipt's remark
 * @param order the order; null when its bytes could not be read or are not to be trusted
 * @param payloadSha256 SHA-256 of the payload, hex
 */
public record OrderVerdict(
    ReceiptResult refusal, String sentence, StopPaymentOrder order, String payloadSha256) {

  /** True when the order may be executed, after the four fields are checked. */
  public boolean accepted() {
    return refusal == null;
  }
}
