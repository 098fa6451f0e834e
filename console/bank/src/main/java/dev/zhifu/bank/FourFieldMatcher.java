package dev.zhifu.bank;

import dev.zhifu.ingress.ClearAccount;
import dev.zhifu.wire.ReceiptResult;
import dev.zhifu.wire.StopPaymentOrder;
import java.text.Normalizer;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Compares the four fields of an order with the bank's books: name exact after normalisation
 * (width, spaces, the middle dot), account exact, amount exact in fen, time within the same second
 * or the bank's tolerance. Nothing is stopped unless all four fit.
 */
final class FourFieldMatcher {
  private static final Pattern SPACES = Pattern.compile("[\\s\\u00A0\\u3000]+");
  private static final Pattern MIDDLE_DOTS =
      Pattern.compile("[\\u00B7\\u2022\\u2027\\u22C5\\u30FB\\uFF65.]");

  private final int toleranceSeconds;

  FourFieldMatcher(int toleranceSeconds) {
    this.toleranceSeconds = toleranceSeconds;
  }

  /**
   * @param named what the order's ciphertext names
   * @param account the account that the bank has under the named number
   * @param transfer the transfer that the bank booked under the quoted id; empty if there is none
   */
  Match match(
      StopPaymentOrder order,
      ClearAccount named,
      BankAccount account,
      Optional<BankTransfer> transfer) {
    if (!normalised(named.name()).equals(normalised(account.name()))) {
      return new Match(ReceiptResult.MISMATCH_NAME, "the account bears another name");
    }
    if (!named.number().equals(account.number())) {
      return new Match(ReceiptResult.MISMATCH_ACCOUNT, "the account has another number");
    }
    if (!order.getAccountType().equals(account.accountType())) {
      return new Match(
          ReceiptResult.MISMATCH_ACCOUNT,
          "the account is of type " + account.accountType() + ", not " + order.getAccountType());
    }
    if (transfer.isEmpty() || !transfer.get().accountNumber().equals(account.number())) {
      return new Match(
          ReceiptResult.MISMATCH_ACCOUNT,
          "transfer " + order.getBankTransactionId() + " is not booked on this account");
    }
    return matchTransfer(order, transfer.get());
  }

  private Match matchTransfer(StopPaymentOrder order, BankTransfer transfer) {
    if (order.getTransferAmountFen() != transfer.amountFen()) {
      return new Match(
          ReceiptResult.MISMATCH_AMOUNT,
          "the transfer is booked with another amount than "
              + order.getTransferAmountFen()
              + " fen");
    }
    long apart =
        Math.abs(order.getTransferTime().getEpochSecond() - transfer.bookedAt().getEpochSecond());
    if (apart > toleranceSeconds) {
      return new Match(
          ReceiptResult.MISMATCH_TIME,
          "the transfer is booked "
              + apart
              + " s off; the tolerance is "
              + toleranceSeconds
              + " s");
    }
    return Match.EXACT;
  }

  /** Full- and half-width forms are one; spaces go; every middle dot is the same dot. */
  static String normalised(String name) {
    String narrow = Normalizer.normalize(name, Normalizer.Form.NFKC);
    return MIDDLE_DOTS.matcher(SPACES.matcher(narrow).replaceAll("")).replaceAll("\u00B7");
  }
}
