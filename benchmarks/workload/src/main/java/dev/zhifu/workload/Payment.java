package dev.zhifu.workload;

import dev.zhifu.wire.Channel;
import dev.zhifu.wire.TransactionKind;
import java.util.List;

/** One movement of money that somebody wants, from its entry to its end. */
final class Payment {
  /** Why a bank does not do it. */
  enum Refusal {
    FUNDS,
    BLOCKED,
    LIMIT
  }

  /** Where it stands. */
  enum State {
    NEW,
    ASKED,
    HELD,
    DONE,
    REFUSED,
    CANCELLED
  }

  /** What whoever pays does about the outcome. */
  interface Reaction {
    default void completed(Payment payment, long now) {}

    /** The bank keeps it back after an answer HOLD; confirm it or cancel it. */
    void held(Payment payment, long now);

    default void refused(Payment payment, Refusal why, long now) {}
  }

  final Account payer;
  final Account payee;
  final long amountFen;
  final TransactionKind kind;
  Channel channel = Channel.MOBILE_APP;
  String deviceToken;
  String atmId;
  String merchantId;
  List<String> remarks = List.of();
  Story story;
  String role = "";

  /** A victim pays: the money becomes the story's. */
  boolean loss;

  Reaction reaction;
  State state = State.NEW;
  String transactionId;
  boolean told;
  boolean answeredHold;
  boolean answered;
  long askedAt;
  long answerBy;
  long doneAt;
  long payeeBookedAt;
  String payeeBankTransactionId;

  private Payment(TransactionKind kind, Account payer, Account payee, long amountFen) {
    this.kind = kind;
    this.payer = payer;
    this.payee = payee;
    this.amountFen = amountFen;
  }

  static Payment transfer(Account payer, Account payee, long amountFen) {
    return new Payment(TransactionKind.TRANSFER, payer, payee, amountFen);
  }

  static Payment cash(Account payer, long amountFen, String atmId) {
    Payment payment = new Payment(TransactionKind.CASH_WITHDRAWAL, payer, null, amountFen);
    payment.atmId = atmId;
    return payment.by(Channel.ATM, null);
  }

  static Payment deposit(Account payee, long amountFen, Channel channel) {
    return new Payment(TransactionKind.CASH_DEPOSIT, null, payee, amountFen).by(channel, null);
  }

  static Payment purchase(Account payer, Account merchant, long amountFen) {
    Payment payment = new Payment(TransactionKind.PURCHASE, payer, merchant, amountFen);
    payment.merchantId = merchantId(merchant);
    return payment.by(Channel.POS, null);
  }

  static Payment qr(Account payer, Account merchant, long amountFen, String deviceToken) {
    Payment payment = new Payment(TransactionKind.QR_PAYMENT, payer, merchant, amountFen);
    payment.merchantId = merchantId(merchant);
    return payment.by(Channel.QR, deviceToken);
  }

  static Payment loan(Account desk, Account payee, long amountFen, Channel channel) {
    return new Payment(TransactionKind.LOAN_DISBURSAL, desk, payee, amountFen).by(channel, null);
  }

  static Payment depositBroken(Account term, Account payee, long amountFen, Channel channel) {
    return new Payment(TransactionKind.DEPOSIT_BROKEN, term, payee, amountFen).by(channel, null);
  }

  private static String merchantId(Account merchant) {
    return String.format("M%08d", merchant.index);
  }

  Payment by(Channel channel, String deviceToken) {
    this.channel = channel;
    this.deviceToken = deviceToken;
    return this;
  }

  Payment of(Story story, String role) {
    this.story = story;
    this.role = role;
    return this;
  }

  Payment reaction(Reaction reaction) {
    this.reaction = reaction;
    return this;
  }

  Payment remark(String remarkClass) {
    this.remarks = List.of(remarkClass);
    return this;
  }

  /** Bank that reports it: the payer's, or the payee's for cash paid in. */
  int source() {
    return payer != null ? payer.bank : payee.bank;
  }
}
