package dev.zhifu.schemas.events;

import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.Booking;
import dev.zhifu.wire.Channel;
import dev.zhifu.wire.TransactionKind;
import dev.zhifu.wire.TransactionPhase;
import java.util.List;

/** Checks one transaction. */
final class TransactionCheck {

  private static final int MOST_REMARK_CLASSES = 16;

  private final BankTransaction transaction;
  private final Findings findings;

  TransactionCheck(BankTransaction transaction, Findings findings) {
    this.transaction = transaction;
    this.findings = findings;
  }

  void run() {
    identity();
    findings.time("receivedAt", transaction.getReceivedAt());
    findings.notAfter(
        "occurredAt", transaction.getOccurredAt(), "receivedAt", transaction.getReceivedAt());
    findings.amount("amountFen", transaction.getAmountFen());
    findings.currency("currency", transaction.getCurrency());
    parties();
    account("payer", transaction.getPayer());
    account("payee", transaction.getPayee());
    relations();
    details();
    booking("payerBooking", transaction.getPayerBooking(), "payer", transaction.getPayer());
    booking("payeeBooking", transaction.getPayeeBooking(), "payee", transaction.getPayee());
    answerBy();
  }

  private void identity() {
    findings.bank("source", transaction.getSource());
    findings.token("transactionId", transaction.getTransactionId());
    findings.eventId("eventId", transaction.getEventId());
    findings.require(
        isEventId(transaction.getEventId()),
        "eventId",
        transaction.getEventId(),
        "it must be source ':' transactionId ':' phase, as the fields of this record say them");
  }

  /** Compares in place: most ids are right, and none should be built only to be compared. */
  private boolean isEventId(String eventId) {
    String source = transaction.getSource();
    String id = transaction.getTransactionId();
    String phase = transaction.getPhase().name();
    int firstColon = source.length();
    int secondColon = firstColon + 1 + id.length();
    return eventId.length() == secondColon + 1 + phase.length()
        && eventId.startsWith(source)
        && eventId.charAt(firstColon) == ':'
        && eventId.startsWith(id, firstColon + 1)
        && eventId.charAt(secondColon) == ':'
        && eventId.endsWith(phase);
  }

  private void parties() {
    boolean payer = transaction.getPayer() != null;
    boolean payee = transaction.getPayee() != null;
    switch (transaction.getKind()) {
      case TRANSFER, QR_PAYMENT, LOAN_DISBURSAL -> {
        need(payer, "payer");
        need(payee, "payee");
      }
      case CASH_WITHDRAWAL -> {
        need(payer, "payer");
        refuse(payee, "payee", transaction.getPayee());
      }
      case CASH_DEPOSIT -> {
        need(payee, "payee");
        refuse(payer, "payer", transaction.getPayer());
      }
      case PURCHASE -> {
        need(payer, "payer");
        need(payee || transaction.getMerchantId() != null, "payee");
      }
      // A time deposit may be named by the account it stood on, by the one it goes to, or by both.
      case DEPOSIT_BROKEN -> need(payer || payee, "payer");
    }
  }

  private void need(boolean there, String party) {
    if (!there) {
      findings.missing(party, "a transaction of this kind names it");
    }
  }

  private void refuse(boolean there, String party, AccountRef account) {
    if (there) {
      findings.contradiction(
          party, account.getAccountToken(), "a transaction of this kind has none");
    }
  }

  private void account(String path, AccountRef account) {
    if (account != null) {
      AccountCheck.run(path, account, transaction.getOccurredAt(), findings);
    }
  }

  private void relations() {
    AccountRef payer = transaction.getPayer();
    AccountRef payee = transaction.getPayee();
    // A broken deposit may be a part of the very account it is paid out to.
    if (payer != null && payee != null && transaction.getKind() != TransactionKind.DEPOSIT_BROKEN) {
      findings.require(
          !payer.getAccountToken().equals(payee.getAccountToken()),
          "payee.accountToken",
          payee.getAccountToken(),
          "payer and payee are different accounts");
    }
    String source = transaction.getSource();
    findings.require(
        isAt(payer, source) || isAt(payee, source),
        "source",
        source,
        "the payer's or the payee's bank reports a transaction");
  }

  private static boolean isAt(AccountRef account, String bank) {
    return account != null && account.getBank().equals(bank);
  }

  private void details() {
    findings.optionalToken("deviceToken", transaction.getDeviceToken());
    findings.optionalToken("atmId", transaction.getAtmId());
    findings.optionalToken("merchantId", transaction.getMerchantId());
    TransactionKind kind = transaction.getKind();
    findings.onlyIf(
        transaction.getChannel() == Channel.ATM,
        "atmId",
        transaction.getAtmId(),
        "it is set only on channel ATM");
    findings.onlyIf(
        kind == TransactionKind.PURCHASE || kind == TransactionKind.QR_PAYMENT,
        "merchantId",
        transaction.getMerchantId(),
        "it is set only for PURCHASE and QR_PAYMENT");
    List<String> classes = transaction.getRemarkClasses();
    findings.oversized("remarkClasses", classes.size(), MOST_REMARK_CLASSES);
    for (int i = 0; i < classes.size() && findings.clean(); i++) {
      findings.words("remarkClasses[" + i + "]", classes.get(i));
    }
  }

  private void booking(String path, Booking booking, String party, AccountRef account) {
    if (booking == null) {
      return;
    }
    if (account == null) {
      findings.contradiction(
          path, booking.getBankTransactionId(), "there is no " + party + " to book for");
      return;
    }
    findings.inside(path);
    findings.bank("bank", booking.getBank());
    findings.token("bankTransactionId", booking.getBankTransactionId());
    findings.notAfter("bookedAt", booking.getBookedAt(), "receivedAt", transaction.getReceivedAt());
    findings.require(
        booking.getBank().equals(account.getBank()),
        "bank",
        booking.getBank(),
        "the bank that holds the account books that side");
    findings.inside("");
  }

  private void answerBy() {
    boolean awaiting = transaction.getPhase() == TransactionPhase.AWAITING;
    findings.exactlyIf(
        awaiting,
        "answerBy",
        transaction.getAnswerBy(),
        "it is set exactly when the phase is AWAITING");
    if (!findings.clean() || !awaiting) {
      return;
    }
    findings.notAfter(
        "answerBy", transaction.getAnswerBy(), "occurredAt", transaction.getOccurredAt());
    findings.require(
        transaction.getAnswerBy().isAfter(transaction.getOccurredAt()),
        "answerBy",
        transaction.getAnswerBy(),
        "it must be after occurredAt");
  }
}
