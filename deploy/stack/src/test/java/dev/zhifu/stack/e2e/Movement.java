package dev.zhifu.stack.e2e;

import dev.zhifu.stack.e2e.Cast.Person;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.Booking;
import dev.zhifu.wire.Channel;
import dev.zhifu.wire.TransactionKind;
import dev.zhifu.wire.TransactionPhase;
import java.time.Duration;
import java.time.Instant;

/**
 * One transfer of a story; says the message of each of its phases.
 *
 * @param id the paying bank's id of it
 * @param payer who pays
 * @param payee who receives
 * @param yuan how much
 */
record Movement(String id, Person payer, Person payee, long yuan) {
  private static final long PAYER_FEN = 30_000_000;
  private static final long PAYEE_FEN = 12_300;

  /** What the payee's bank calls it. */
  String payeeBankId() {
    return payee.bank() + "-" + id;
  }

  long fen() {
    return yuan * 100;
  }

  /** What is left of the payee's balance afterwards if nothing leaves, fen. */
  long payeeFenAfter() {
    return PAYEE_FEN + fen();
  }

  String eventId(TransactionPhase phase) {
    return payer.bank() + ":" + id + ":" + phase;
  }

  BankTransaction awaiting(Instant at, Duration budget) {
    return of(TransactionPhase.AWAITING, at).setAnswerBy(at.plus(budget)).build();
  }

  BankTransaction completed(Instant at) {
    return of(TransactionPhase.COMPLETED, at)
        .setPayerBooking(new Booking(payer.bank(), payer.bank() + "-" + id, at, null))
        .setPayeeBooking(new Booking(payee.bank(), payeeBankId(), at, null))
        .build();
  }

  private BankTransaction.Builder of(TransactionPhase phase, Instant at) {
    return BankTransaction.newBuilder()
        .setEventId(eventId(phase))
        .setSource(payer.bank())
        .setTransactionId(id)
        .setKind(TransactionKind.TRANSFER)
        .setPhase(phase)
        .setOccurredAt(at)
        .setReceivedAt(at)
        .setAmountFen(fen())
        .setCurrency("CNY")
        .setPayer(payer.with(PAYER_FEN))
        .setPayee(payee.with(PAYEE_FEN))
        .setChannel(Channel.MOBILE_APP);
  }
}
