package dev.zhifu.rules.features;

import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.TransactionPhase;

/** What feature steps ask of a transaction. */
final class Movements {
  private Movements() {}

  /** Only a booked movement moves state. */
  static boolean booked(BankTransaction transaction) {
    return transaction.getPhase() == TransactionPhase.COMPLETED;
  }

  /**
   * True when the event's own amount counts in its own sums: an awaiting or held one counts as if
   * it were about to be booked; a reversed one was counted when it was booked.
   */
  static boolean countsItself(BankTransaction transaction) {
    return transaction.getPhase() != TransactionPhase.REVERSED;
  }

  /** Account token of a side; null when there is none. */
  static String account(AccountRef side) {
    return side == null ? null : side.getAccountToken();
  }

  /**
   * True when both accounts have the same holder. Where a bank gives no holder the account stands
   * for it, so that an unknown holder is another holder; null when one side is missing.
   */
  static Boolean ownTransfer(BankTransaction transaction) {
    AccountRef payer = transaction.getPayer();
    AccountRef payee = transaction.getPayee();
    return payer == null || payee == null
        ? null
        : StepKeys.holderOf(payer).equals(StepKeys.holderOf(payee));
  }

  /**
   * Days from opening to {@code at} on the bank's calendar; null when the opening day is unknown.
   */
  static Long accountAgeDays(AccountRef account, long at) {
    return account.getOpenedOn() == null
        ? null
        : Windows.chinaDay(at) - account.getOpenedOn().toEpochDay();
  }
}
