package dev.zhifu.bench.path;

import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.DecisionKind;
import dev.zhifu.wire.OrderOrigin;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.ReasonCode;
import dev.zhifu.wire.StopPaymentRequest;
import dev.zhifu.wire.TransferDecision;
import java.time.Instant;
import java.util.List;

/**
 * What becomes of one event in the no-op.
 *
 * @param eventId id of the event
 * @param transactionId its transaction
 * @param bank bank that asks
 * @param holder payer's holder, or the event id where none is known
 * @param account account that a request is about
 * @param accountBank its bank
 * @param amountFen amount
 * @param occurredAtMs event time
 * @param answerByMs latest time for an answer; 0 when none is asked
 * @param asks true when a decision goes out
 * @param requests true when a request goes out
 */
public record NoopAnswer(
    String eventId,
    String transactionId,
    String bank,
    String holder,
    String account,
    String accountBank,
    long amountFen,
    long occurredAtMs,
    long answerByMs,
    boolean asks,
    boolean requests) {

  /** What an answer is keyed by at one step. */
  interface KeyOf extends java.io.Serializable {
    String of(NoopAnswer answer);
  }

  static NoopAnswer of(BankTransaction event, boolean asks, boolean requests) {
    AccountRef payer = event.getPayer();
    AccountRef payee = event.getPayee();
    AccountRef account = payee == null ? payer : payee;
    String holder = payer == null ? null : payer.getHolderToken();
    return new NoopAnswer(
        event.getEventId(),
        event.getTransactionId(),
        event.getSource(),
        holder == null ? event.getEventId() : holder,
        account.getAccountToken(),
        account.getBank(),
        event.getAmountFen(),
        event.getOccurredAt().toEpochMilli(),
        event.getAnswerBy() == null ? 0 : event.getAnswerBy().toEpochMilli(),
        asks,
        requests);
  }

  TransferDecision decision() {
    return TransferDecision.newBuilder()
        .setEventId(eventId)
        .setTransactionId(transactionId)
        .setBank(bank)
        .setDecision(DecisionKind.PASS)
        .setOccurredAt(Instant.ofEpochMilli(occurredAtMs))
        .setAnswerBy(Instant.ofEpochMilli(answerByMs))
        .build();
  }

  StopPaymentRequest request() {
    Instant at = Instant.ofEpochMilli(occurredAtMs);
    return StopPaymentRequest.newBuilder()
        .setOrderId("noop:" + eventId)
        .setApplicationId("")
        .setOrdinal(1)
        .setSequence(1)
        .setState(OrderState.DRAFT)
        .setOrigin(OrderOrigin.HITS)
        .setCaseIds(List.of("noop"))
        .setTarget(AccountRef.newBuilder().setAccountToken(account).setBank(accountBank).build())
        .setTransferAmountFen(amountFen)
        .setTransferTime(at)
        .setTracedFen(0)
        .setScore(0)
        .setFamilies(List.of())
        .setHitIds(List.of())
        .setReasonCode(ReasonCode.values()[0])
        .setBasisAt(at)
        .setCause(eventId)
        .setTickAt(at)
        .build();
  }
}
