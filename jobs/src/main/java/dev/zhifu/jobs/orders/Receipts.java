package dev.zhifu.jobs.orders;

import dev.zhifu.rules.lives.order.OrderEvent;
import dev.zhifu.rules.lives.order.OrderFact;
import dev.zhifu.rules.lives.paper.TypedAnswers;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.OwnStop;
import dev.zhifu.wire.ReceiptResult;
import dev.zhifu.wire.StopPaymentReceipt;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Banks' answers. Without one nothing is assumed; a late, doubled or misplaced one changes nothing
 * twice.
 */
final class Receipts {

  private final Extensions extensions;

  Receipts(Extensions extensions) {
    this.extensions = extensions;
  }

  /** Takes an answer; one to an order that has not been read back yet waits for it. */
  void take(OrderTurn turn, StopPaymentReceipt receipt) {
    Optional<OrderLife> extended =
        Extensions.extendedBy(turn, receipt.getOrderId())
            .filter(known -> known.extension() != null);
    if (extended.isPresent()) {
      OrderLife known = extended.get();
      if (ownPayload(known.extension().signed(), receipt)) {
        extensions.answer(turn, known, receipt, cause(receipt));
      } else {
        foreign(turn, known, known.extension().signed(), receipt);
      }
      return;
    }
    Optional<OrderLife> life =
        turn.book().byOrderId(receipt.getOrderId()).filter(known -> known.signed() != null);
    if (life.isEmpty()) {
      keep(turn, receipt);
    } else if (!ownPayload(life.get().signed(), receipt)) {
      foreign(turn, life.get(), life.get().signed(), receipt);
    } else {
      answer(turn, life.get(), receipt);
    }
  }

  /**
   * Takes an answer to an order that went on paper. The officer who typed it in had the paper
   * before him, which states the order: its payload is the order's own.
   */
  void typed(OrderTurn turn, StopPaymentReceipt receipt) {
    StopPaymentReceipt named = StopPaymentReceipt.newBuilder(receipt).build();
    onPaper(turn, receipt.getOrderId())
        .ifPresent(signed -> named.setPayloadSha256(signed.payloadSha256()));
    take(turn, named);
  }

  private static Optional<SignedOrder> onPaper(OrderTurn turn, String orderId) {
    return turn.book()
        .byOrderId(orderId)
        .map(OrderLife::signed)
        .or(
            () ->
                Extensions.extendedBy(turn, orderId)
                    .map(OrderLife::extension)
                    .map(Extension::signed));
  }

  private static void foreign(
      OrderTurn turn, OrderLife life, SignedOrder sent, StopPaymentReceipt receipt) {
    turn.alarm(
        OrderAlarm.Kind.FOREIGN_RECEIPT,
        life,
        "was answered "
            + receipt.getResult()
            + " by "
            + receipt.getBank()
            + " for payload "
            + receipt.getPayloadSha256()
            + "; the order went to "
            + sent.order().getBank()
            + " with payload "
            + sent.payloadSha256(),
        cause(receipt));
  }

  private static void keep(OrderTurn turn, StopPaymentReceipt receipt) {
    if (receipt.getOrderId().isEmpty()
        || !turn.book().keep(receipt, turn.settings().waitingReceiptsMax())
        || !turn.controls().readingBack()) {
      turn.alarm(
          OrderAlarm.Kind.RECEIPT_WITHOUT_ORDER,
          receipt.getOrderId(),
          receipt.getBank(),
          "answer "
              + receipt.getResult()
              + " to order "
              + receipt.getOrderId()
              + " that the record has not shown; ask the bank what it received",
          cause(receipt));
    }
  }

  /** Applies what waited for an order to be read back. */
  void takeUpWaiting(OrderTurn turn, String orderId) {
    turn.book()
        .takeWaiting(orderId)
        .forEach(
            receipt -> {
              if (TypedAnswers.claimed(receipt)) {
                typed(turn, receipt);
              } else {
                take(turn, receipt);
              }
            });
  }

  private static boolean ownPayload(SignedOrder signed, StopPaymentReceipt receipt) {
    return signed.payloadSha256().equals(receipt.getPayloadSha256())
        && signed.order().getBank().equals(receipt.getBank())
        && signed.order().getAccountToken().equals(receipt.getAccountToken());
  }

  private static void answer(OrderTurn turn, OrderLife life, StopPaymentReceipt receipt) {
    OrderEvent event = eventOf(receipt.getResult());
    if (stopped(event) && receipt.getStartTime() == null) {
      turn.alarm(
          OrderAlarm.Kind.RECEIPT_WITHOUT_START,
          life,
          "is said to be in force but the bank gives no start time; no stop is assumed, ask the"
              + " bank",
          cause(receipt));
      return;
    }
    Set<OrderFact> facts = EnumSet.of(OrderFact.OWN_PAYLOAD);
    OrderLife told = life;
    if (stopped(event)) {
      facts.add(OrderFact.START_TIME_GIVEN);
      told = life.with(life.clocks().started(receipt.getStartTime().toEpochMilli()));
    }
    if (event == OrderEvent.BANK_HAS_IT) {
      noAnswerInSubstance(turn, life, receipt);
      return;
    }
    Optional<OrderLife> moved = turn.apply(told, event, facts, cause(receipt));
    if (moved.isEmpty()) {
      outOfPlace(turn, life, event, receipt);
    } else if (stopped(event)) {
      compareWithOwnStop(turn, moved.get(), receipt);
    }
  }

  /**
   * The order that follows a bank's own stop is answered with that stop's own start: 48 h count
   * from there. What the answer says counts; a difference from the bank's report is for a person.
   */
  private static void compareWithOwnStop(
      OrderTurn turn, OrderLife life, StopPaymentReceipt receipt) {
    OwnStop own = life.request().getOwnStop();
    if (own != null
        && own.getStartTime().getEpochSecond() != receipt.getStartTime().getEpochSecond()) {
      turn.alarm(
          OrderAlarm.Kind.OWN_STOP_DIFFERS,
          life,
          "is late paperwork for the bank's own stop from "
              + own.getStartTime()
              + " by its report, and is answered with a start at "
              + receipt.getStartTime()
              + "; 48 h count from the answer: ask the bank which one holds",
          cause(receipt));
    }
  }

  /**
   * The bank will answer in substance, or the next try asks again: no transition, so that a burst
   * of these is silent.
   */
  private static void noAnswerInSubstance(
      OrderTurn turn, OrderLife life, StopPaymentReceipt receipt) {
    if (receipt.getResult() == ReceiptResult.REPLAYED) {
      turn.alarm(
          OrderAlarm.Kind.RECEIPT_OUT_OF_PLACE,
          life,
          "met another payload under the same id at the bank; phone its duty desk and compare both",
          cause(receipt));
    }
  }

  private static void outOfPlace(
      OrderTurn turn, OrderLife life, OrderEvent event, StopPaymentReceipt receipt) {
    if (!repeats(life, event, receipt)) {
      turn.alarm(
          OrderAlarm.Kind.RECEIPT_OUT_OF_PLACE,
          life,
          "is "
              + life.state()
              + " and was answered "
              + receipt.getResult()
              + "; the answer changes nothing, ask the bank which one holds",
          cause(receipt));
    }
  }

  /**
   * True when the answer says again what an earlier one said, or refuses a repeated try of an order
   * already carried out.
   */
  private static boolean repeats(OrderLife life, OrderEvent event, StopPaymentReceipt receipt) {
    if (stopped(event)) {
      return life.clocks().startMs() == receipt.getStartTime().toEpochMilli();
    }
    if (event == OrderEvent.BANK_TURNED_AWAY) {
      return life.stopTookEffect() || life.state() == OrderState.REJECTED_FORMAT;
    }
    return switch (life.state()) {
      case MISMATCH -> event == OrderEvent.BANK_MISMATCH;
      case NOT_FOUND -> event == OrderEvent.BANK_NOT_FOUND;
      case REJECTED -> event == OrderEvent.BANK_ALREADY_FROZEN;
      default -> false;
    };
  }

  private static boolean stopped(OrderEvent event) {
    return event == OrderEvent.BANK_STOPPED || event == OrderEvent.BANK_STOPPED_ZERO;
  }

  /** What each result means in the table. */
  static OrderEvent eventOf(ReceiptResult result) {
    return switch (result) {
      case STOPPED -> OrderEvent.BANK_STOPPED;
      case STOPPED_ZERO -> OrderEvent.BANK_STOPPED_ZERO;
      case MISMATCH_NAME, MISMATCH_ACCOUNT, MISMATCH_AMOUNT, MISMATCH_TIME ->
          OrderEvent.BANK_MISMATCH;
      case ACCOUNT_NOT_FOUND -> OrderEvent.BANK_NOT_FOUND;
      case ALREADY_FROZEN -> OrderEvent.BANK_ALREADY_FROZEN;
      case DUPLICATE, REPLAYED, TECHNICAL_FAILURE -> OrderEvent.BANK_HAS_IT;
      case FORMAT_ERROR,
          BAD_SIGNATURE,
          BAD_AUTHORISATION,
          OUTSIDE_AUTHORISATION,
          EXPIRED_ORDER,
          WRONG_BANK,
          WRONG_ENVIRONMENT ->
          OrderEvent.BANK_TURNED_AWAY;
    };
  }

  /** Id of an answer: the order, the result and the bank's time of it. */
  private static String cause(StopPaymentReceipt receipt) {
    return "receipt:"
        + receipt.getOrderId()
        + ":"
        + receipt.getResult()
        + ":"
        + receipt.getAt().toEpochMilli();
  }
}
