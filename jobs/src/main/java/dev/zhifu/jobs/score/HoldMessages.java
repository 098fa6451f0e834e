package dev.zhifu.jobs.score;

import dev.zhifu.schemas.events.EventIds;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.Booking;
import dev.zhifu.wire.HoldAction;
import dev.zhifu.wire.ReasonCode;
import dev.zhifu.wire.RestrictionNotice;
import dev.zhifu.wire.RiskHold;
import dev.zhifu.wire.TransactionPhase;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * Risk hold messages and their notices. A hold lasts 24 h at most and is renewed never; every
 * restriction tells its holder reason, relief and documents (anti-fraud law art. 18(3) and 32(3)).
 */
final class HoldMessages {
  static final String RELIEF =
      "Ask the account-holding bank or the city anti-fraud centre; a restriction without ground is lifted at once.";
  static final List<String> DOCUMENTS =
      List.of("identity document of the account holder", "proof of where the money comes from");

  private HoldMessages() {}

  /**
   * What the id of a hold is made of.
   *
   * @param account token of the account whose money is kept in place
   * @param source who told of the payment
   * @param transactionId the payment, in that source's words
   */
  record Payment(String account, String source, String transactionId) {
    static Payment of(AccountRef account, BankTransaction transaction) {
      return new Payment(
          account.getAccountToken(), transaction.getSource(), transaction.getTransactionId());
    }

    String holdId() {
      return EventIds.holdId(source + ":" + transactionId, account);
    }
  }

  /**
   * Asks the bank that holds {@code account} to keep the payment's money in place.
   *
   * @param account the account, payer or payee of {@code transaction}
   * @param occurredAtMs event time of the evidence
   */
  static RiskHold place(
      AccountRef account,
      BankTransaction transaction,
      ReasonCode reason,
      long occurredAtMs,
      ScoreSettings settings) {
    String holdId = Payment.of(account, transaction).holdId();
    return RiskHold.newBuilder()
        .setHoldId(holdId)
        .setSequence(1)
        .setAction(HoldAction.PLACE)
        .setBank(account.getBank())
        .setAccount(account)
        .setBankTransactionId(ownTransactionId(account, transaction))
        .setAmountFen(transaction.getAmountFen())
        .setReasonCode(reason)
        .setOccurredAt(Instant.ofEpochMilli(occurredAtMs))
        .setEndsAt(Instant.ofEpochMilli(occurredAtMs + settings.holdTermMs()))
        .setNoticeId(EventIds.noticeId(holdId))
        .build();
  }

  /**
   * True when a payment is booked and goes to somebody else: only then is there money to keep in
   * place at its payee.
   */
  static boolean holdable(BankTransaction transaction) {
    AccountRef payee = transaction.getPayee();
    return transaction.getPhase() == TransactionPhase.COMPLETED
        && payee != null
        && !Objects.equals(
            payee.getHolderToken(),
            transaction.getPayer() == null ? null : transaction.getPayer().getHolderToken());
  }

  /** Takes back a hold of ours, with the reason. */
  static RiskHold lift(RiskHold placed, ReasonCode reason, long occurredAtMs) {
    return RiskHold.newBuilder(placed)
        .setSequence(placed.getSequence() + 1)
        .setAction(HoldAction.LIFT)
        .setReasonCode(reason)
        .setOccurredAt(
            Instant.ofEpochMilli(Math.max(occurredAtMs, placed.getOccurredAt().toEpochMilli())))
        .build();
  }

  /** The notice of a hold message. */
  static RestrictionNotice notice(RiskHold hold) {
    return RestrictionNotice.newBuilder()
        .setNoticeId(hold.getNoticeId())
        .setRestrictionId(hold.getHoldId())
        .setRestriction("RISK_HOLD")
        .setAccountToken(hold.getAccount().getAccountToken())
        .setBank(hold.getBank())
        .setReasonCode(hold.getReasonCode())
        .setFrom(hold.getOccurredAt())
        .setUntil(hold.getEndsAt())
        .setRelief(RELIEF)
        .setDocuments(DOCUMENTS)
        .setInForce(hold.getAction() == HoldAction.PLACE)
        .build();
  }

  /** The account-holding bank's own id of the payment, or null. */
  static String ownTransactionId(AccountRef account, BankTransaction transaction) {
    Booking booking = booking(account, transaction);
    return booking == null ? null : booking.getBankTransactionId();
  }

  /** How the account-holding bank booked its side, or null. */
  static Booking booking(AccountRef account, BankTransaction transaction) {
    boolean payee =
        transaction.getPayee() != null
            && transaction.getPayee().getAccountToken().equals(account.getAccountToken());
    return payee ? transaction.getPayeeBooking() : transaction.getPayerBooking();
  }
}
