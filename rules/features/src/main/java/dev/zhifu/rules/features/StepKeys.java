package dev.zhifu.rules.features;

import dev.zhifu.wire.AccountKind;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.BankAccessEvent;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.TelecomEvent;
import dev.zhifu.wire.TransactionPhase;

/**
 * Under which key each step sees an event, and who else has to hear of it. An event that a step has
 * nothing to say about still needs a key to pass under: its own id, which leaves no state.
 */
public final class StepKeys {
  private StepKeys() {}

  /**
   * Key of the first step, which also dedupes: the account that receives; of a telecom signal its
   * own number; of an access its device, and the account where the bank names no device. Money,
   * numbers and devices so share one exchange: no event has two of them here (ADR-0040).
   */
  public static String payee(EnrichedEvent event) {
    Object body = event.getEvent();
    if (body instanceof BankTransaction transaction) {
      AccountRef side =
          transaction.getPayee() != null ? transaction.getPayee() : transaction.getPayer();
      return side == null ? event.getEventId() : side.getAccountToken();
    }
    if (body instanceof TelecomEvent telecom) {
      return telecom.getNumberToken();
    }
    BankAccessEvent access = (BankAccessEvent) body;
    return access.getDeviceToken() == null
        ? access.getAccount().getAccountToken()
        : access.getDeviceToken();
  }

  /** Key of the payer step: the account that pays; else the event's own id. */
  public static String payer(EnrichedEvent event) {
    return event.getEvent() instanceof BankTransaction transaction && transaction.getPayer() != null
        ? transaction.getPayer().getAccountToken()
        : event.getEventId();
  }

  /** Account that hears of this event as a credit; null when nobody has to. */
  public static String payerNote(EnrichedEvent event) {
    if (!(event.getEvent() instanceof BankTransaction transaction)
        || transaction.getPayee() == null) {
      return null;
    }
    TransactionPhase phase = transaction.getPhase();
    return phase == TransactionPhase.COMPLETED || phase == TransactionPhase.REVERSED
        ? transaction.getPayee().getAccountToken()
        : null;
  }

  /**
   * Key of the holder step: whose act it is; where the holder is unknown the account or number
   * stands for him.
   */
  public static String holder(EnrichedEvent event) {
    Object body = event.getEvent();
    if (body instanceof BankTransaction transaction) {
      return transaction.getPayer() == null ? event.getEventId() : holderOf(transaction.getPayer());
    }
    if (body instanceof TelecomEvent telecom) {
      return telecom.getHolderToken() == null ? telecom.getNumberToken() : telecom.getHolderToken();
    }
    return holderOf(((BankAccessEvent) body).getAccount());
  }

  /**
   * Holder that hears of this event as the one whose account is credited; null when nobody has to:
   * loans always, transfers, cash and broken deposits of persons.
   */
  public static String holderNote(EnrichedEvent event) {
    return event.getEvent() instanceof BankTransaction transaction
            && transaction.getPhase() == TransactionPhase.COMPLETED
            && transaction.getPayee() != null
            && concernsHolder(transaction)
        ? holderOf(transaction.getPayee())
        : null;
  }

  private static boolean concernsHolder(BankTransaction transaction) {
    AccountKind kind = transaction.getPayee().getKind();
    return switch (transaction.getKind()) {
      case LOAN_DISBURSAL -> true;
      case TRANSFER, CASH_DEPOSIT, DEPOSIT_BROKEN ->
          kind == AccountKind.PERSONAL || kind == AccountKind.UNKNOWN;
      case CASH_WITHDRAWAL, PURCHASE, QR_PAYMENT -> false;
    };
  }

  /** The holder's token; the account's where the bank gives no holder. */
  public static String holderOf(AccountRef account) {
    return account.getHolderToken() == null ? account.getAccountToken() : account.getHolderToken();
  }
}
