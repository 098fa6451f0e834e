package dev.zhifu.bank;

import dev.zhifu.wire.TransferDecision;

/** Where a bank's payment system hears the answers to its awaiting transfers. */
@FunctionalInterface
public interface DecisionListener {
  /**
   * Called once per awaiting event; a second time only if the process died before it was written
   * down.
   *
   * @param late true when the answer came after its {@code answerBy}: the transfer has passed by
   *     then
   */
  void decided(TransferDecision decision, boolean late);
}
