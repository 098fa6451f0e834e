package dev.zhifu.rules.money;

import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.Booking;
import dev.zhifu.wire.TransactionPhase;
import java.util.ArrayList;
import java.util.List;

/** What a bank's message puts on which account's ledger. */
public final class LedgerFeed {
  /**
   * One side of a message.
   *
   * @param account token of the account
   * @param day day of the ledger it belongs to
   * @param movement what moved; null when a movement was undone
   * @param undone id of the transaction undone; null when something moved
   */
  public record Side(String account, long day, Movement movement, String undone) {
    /** Puts it where it belongs. */
    public LedgerDay.Verdict putOn(LedgerDay ledger) {
      return movement == null ? ledger.reverse(undone) : ledger.add(movement);
    }
  }

  private LedgerFeed() {}

  /**
   * The sides of a message: booked and undone movements only, none for a transfer from an account
   * to itself, which moves nothing.
   */
  public static List<Side> sides(BankTransaction transaction) {
    boolean booked = transaction.getPhase() == TransactionPhase.COMPLETED;
    boolean undone = transaction.getPhase() == TransactionPhase.REVERSED;
    AccountRef payer = transaction.getPayer();
    AccountRef payee = transaction.getPayee();
    boolean toItself =
        payer != null && payee != null && payer.getAccountToken().equals(payee.getAccountToken());
    List<Side> sides = new ArrayList<>(2);
    if ((booked || undone) && !toItself) {
      if (payer != null) {
        sides.add(side(transaction, payer, payee, false, undone));
      }
      if (payee != null) {
        sides.add(side(transaction, payee, payer, true, undone));
      }
    }
    return sides;
  }

  private static Side side(
      BankTransaction transaction,
      AccountRef account,
      AccountRef other,
      boolean credit,
      boolean undone) {
    String id = id(transaction.getSource(), transaction.getTransactionId());
    long at = transaction.getOccurredAt().toEpochMilli();
    long day = LedgerDay.dayOf(at);
    if (undone) {
      return new Side(account.getAccountToken(), day, null, id);
    }
    Booking booking = credit ? transaction.getPayeeBooking() : transaction.getPayerBooking();
    boolean serial = booking != null && booking.getSerial() != null;
    Movement movement =
        new Movement(
            id,
            at,
            serial ? booking.getSerial() : Movement.NO_SERIAL,
            credit,
            transaction.getAmountFen(),
            party(other),
            means(transaction),
            booking == null ? "" : booking.getBankTransactionId(),
            account.getBalanceBeforeFen() == null
                ? Movement.NO_BALANCE
                : account.getBalanceBeforeFen());
    return new Side(account.getAccountToken(), day, movement, null);
  }

  /** Id under which both sides know a transaction. */
  public static String id(String source, String transactionId) {
    return source + ':' + transactionId;
  }

  /** An account as movements name it. */
  public static Party party(AccountRef account) {
    return account == null
        ? Party.CASH
        : new Party(account.getAccountToken(), account.getBank(), account.getKind());
  }

  private static Means means(BankTransaction transaction) {
    return new Means(
        transaction.getKind(),
        transaction.getChannel(),
        transaction.getRemarkClasses().contains(Means.CLASS_VIRTUAL_CURRENCY),
        transaction.getRemarkClasses().contains(Means.CLASS_CROSS_BORDER),
        transaction.getAtmId() == null ? "" : transaction.getAtmId());
  }
}
