package dev.zhifu.bank;

import dev.zhifu.wire.OrderEnvelope;
import dev.zhifu.wire.RiskHold;
import dev.zhifu.wire.TransferDecision;

/** What reaches a bank. */
public sealed interface BankMessage {
  /** An answer to an awaiting transfer. */
  record Decision(TransferDecision decision) implements BankMessage {}

  /** A request for a risk hold, or to lift one. */
  record Hold(RiskHold hold) implements BankMessage {}

  /** A signed order. */
  record Order(OrderEnvelope envelope) implements BankMessage {}

  /** The lifting of a stop. */
  record Release(StopRelease release) implements BankMessage {}

  /**
   * A record that could not be read.
   *
   * @param order true when it came where orders come, so that it is answered
   * @param where topic, partition and offset
   * @param why what the codec said
   * @param valueSha256 SHA-256 of the bytes, hex
   */
  record Unreadable(boolean order, String where, String why, String valueSha256)
      implements BankMessage {}
}
