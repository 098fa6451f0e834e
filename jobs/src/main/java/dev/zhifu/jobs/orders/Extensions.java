package dev.zhifu.jobs.orders;

import dev.zhifu.jobs.flow.AddressedOrder;
import dev.zhifu.rules.lives.order.OrderEvent;
import dev.zhifu.rules.lives.order.OrderFact;
import dev.zhifu.schemas.crypto.Envelopes;
import dev.zhifu.schemas.events.EventIds;
import dev.zhifu.wire.AccountKind;
import dev.zhifu.wire.ListKind;
import dev.zhifu.wire.OfficerAct;
import dev.zhifu.wire.OrderEnvelope;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.StopPaymentOrder;
import dev.zhifu.wire.StopPaymentReceipt;
import dev.zhifu.wire.StopPaymentRequest;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * The second stop on an account while the first is in force (银发〔2016〕86号 第二条（一）2: two at most). It
 * is an order of its own to the bank, under an id made of the first one's, and belongs to the first
 * one's life: EXTENDED when the bank says that it took effect, until 48 h after the bank's new
 * start time. A person alone decides it; no authorisation covers one (ADR-0088).
 */
final class Extensions {
  private static final Set<OrderState> FIRST_STOP =
      EnumSet.of(OrderState.ACTIVE, OrderState.ACTIVE_ZERO);

  private final OrderKeys keys;

  Extensions(OrderKeys keys) {
    this.keys = keys;
  }

  /**
   * Signs and sends an extension.
   *
   * @return why not; empty when it was sent
   */
  Optional<String> ask(OrderTurn turn, OrderLife life, OfficerAct act) {
    Optional<String> hindrance = hindrance(turn, life);
    if (hindrance.isPresent()) {
      return hindrance;
    }
    StopPaymentOrder order = OrderMaker.extension(life, act, turn.settings());
    if (!keys.verifies(act, order)) {
      return Optional.of(
          "its signature does not cover the extension's order id "
              + order.getOrderId()
              + " and the four fields that were sent; look at the order and sign again");
    }
    OrderEnvelope envelope = keys.sign(order);
    SignedOrder signed = new SignedOrder(order, envelope, Envelopes.payloadSha256(envelope), -1);
    OrderLife asked = told(life, signed, turn);
    turn.apply(
            asked,
            OrderEvent.EXTENSION_SENT,
            EnumSet.of(OrderFact.OFFICER_VERIFIED, OrderFact.STOPS_LEFT),
            act.getActId())
        .orElseThrow(
            () -> new IllegalStateException("order " + life.orderId() + " is " + life.state()));
    turn.order(addressed(signed));
    return Optional.empty();
  }

  /** The life with an extension on its way; its request names it, for banks that read no orders. */
  private static OrderLife told(OrderLife life, SignedOrder signed, OrderTurn turn) {
    StopPaymentRequest shown = StopPaymentRequest.newBuilder(life.request()).build();
    shown.setExtensionId(signed.order().getApplicationId());
    return life.with(shown).with(Extension.sent(signed, turn.nowMs() + turn.settings().answerMs()));
  }

  /**
   * Adopts an extension that the record shows and the state does not know. It is told again, as
   * what was told before the failure may not have left.
   */
  static void adopt(OrderTurn turn, OrderLife life, SignedOrder found, String cause) {
    OrderLife known = told(life, found, turn);
    if (turn.apply(known, OrderEvent.FOUND_IN_RECORD, EnumSet.of(OrderFact.RECORD_VERIFIED), cause)
        .isEmpty()) {
      turn.book().put(known);
    }
  }

  private Optional<String> hindrance(OrderTurn turn, OrderLife life) {
    if (!FIRST_STOP.contains(life.state()) || life.signed() == null) {
      return Optional.of(
          "the order is "
              + life.state()
              + "; only a first stop in force can be extended, and once (STOP_LIMIT)");
    }
    if (life.extension() != null) {
      return Optional.of(
          "it was extended before: "
              + life.extension().outcome()
              + "; a second order may follow the end of the stop where it did not take effect");
    }
    if (turn.book().stopsPossible(turn.settings().stopLimitScope(), life.request().getCaseIds())
        >= OrderSettings.STOPS_MAX) {
      return Optional.of(
          "the account has had two stops, or one may still take effect (STOP_LIMIT)");
    }
    if (turn.book().otherOrderLive(life.orderId(), turn.nowMs())) {
      return Optional.of("another order on the account is live (STOP_LIMIT)");
    }
    if (life.clocks().expiresAtMs() <= turn.nowMs()) {
      return Optional.of("its term is over; sign a second order");
    }
    boolean pooled =
        turn.controls().listed(ListKind.POOLED, turn.accountToken())
            || life.request().getTarget().getKind() == AccountKind.POOLED;
    if (pooled) {
      return Optional.of("the account is a pooled one (POOLED_ACCOUNT)");
    }
    boolean keyFits =
        keys.engineEnvironment() == turn.settings().environment()
            && keys.engineKeyCountsAt(turn.nowMs());
    return keyFits
        ? Optional.empty()
        : Optional.of("the engine's key is of another environment (WRONG_ENVIRONMENT)");
  }

  /** The life that an order extends. */
  static Optional<OrderLife> extendedBy(OrderTurn turn, String orderId) {
    return turn.book().lives().stream()
        .filter(life -> EventIds.extensionId(life.orderId()).equals(orderId))
        .findFirst();
  }

  /** Takes the bank's answer to an extension; its payload has been compared. */
  void answer(OrderTurn turn, OrderLife life, StopPaymentReceipt receipt, String cause) {
    Extension extension = life.extension();
    OrderEvent event = Receipts.eventOf(receipt.getResult());
    switch (event) {
      case BANK_STOPPED, BANK_STOPPED_ZERO -> tookEffect(turn, life, receipt, cause);
      case BANK_HAS_IT -> {
        // No answer in substance; the next try asks again.
      }
      default -> {
        if (extension.outcome() == Extension.Outcome.AWAITED
            || extension.outcome() == Extension.Outcome.UNANSWERED) {
          turn.book().put(life.with(extension.ended(Extension.Outcome.REFUSED)));
          turn.alarm(
              OrderAlarm.Kind.TURNED_AWAY,
              life,
              "was not extended: the bank answered "
                  + receipt.getResult()
                  + "; the first stop runs to its own end",
              cause);
        }
      }
    }
  }

  private static void tookEffect(
      OrderTurn turn, OrderLife life, StopPaymentReceipt receipt, String cause) {
    if (receipt.getStartTime() == null) {
      turn.alarm(
          OrderAlarm.Kind.RECEIPT_WITHOUT_START,
          life,
          "is said to be extended but the bank gives no start time; no extension is assumed, ask"
              + " the bank",
          cause);
      return;
    }
    if (life.extension().outcome() == Extension.Outcome.TOOK_EFFECT) {
      return;
    }
    EnumSet<OrderFact> facts = EnumSet.of(OrderFact.START_TIME_GIVEN);
    if (turn.book().stopsUsed(turn.settings().stopLimitScope(), life.request().getCaseIds())
        < OrderSettings.STOPS_MAX) {
      facts.add(OrderFact.STOPS_LEFT);
    }
    OrderLife took = life.with(life.extension().ended(Extension.Outcome.TOOK_EFFECT));
    OrderLife told = took.with(took.clocks().started(receipt.getStartTime().toEpochMilli()));
    if (turn.apply(told, OrderEvent.STOP_EXTENDED, facts, cause).isEmpty()) {
      // The stop exists at the bank whatever we think of it: it counts.
      turn.book().put(took);
      turn.alarm(
          OrderAlarm.Kind.LATE_STOP,
          life,
          "is "
              + life.state()
              + ", and the bank stopped the account a second time from "
              + receipt.getStartTime()
              + "; it counts as a stop, phone the bank",
          cause);
    }
  }

  /**
   * Sends an unanswered extension again under the same id, or gives it up and says so: for a bank
   * behind the platform recovery then makes a paper of it (ADR-0155).
   */
  static void ring(OrderTurn turn, OrderLife life, String cause) {
    Extension extension = life.extension();
    if (extension == null || !extension.dueAt(turn.nowMs())) {
      return;
    }
    long next = turn.nowMs() + turn.settings().answerMs();
    if (turn.controls().readingBack()) {
      turn.book().put(life.with(extension.askedAgainAt(next)));
    } else if (extension.signed().executableAt(turn.nowMs())
        && extension.tries() < turn.settings().tries()) {
      turn.book().put(life.with(extension.tried(next)));
      turn.order(addressed(extension.signed()));
    } else {
      OrderLife given = life.with(extension.ended(Extension.Outcome.UNANSWERED));
      if (turn.apply(
              given, OrderEvent.EXTENSION_UNANSWERED, EnumSet.of(OrderFact.NO_TRIES_LEFT), cause)
          .isEmpty()) {
        // The stop is going over into a freeze: nothing follows from the silence.
        turn.book().put(given);
      }
      turn.alarm(
          OrderAlarm.Kind.NO_ANSWER,
          life,
          "was to be extended and has no answer after "
              + extension.tries()
              + " tries; phone the bank's duty desk: the first stop ends on its own time",
          cause);
    }
  }

  private static AddressedOrder addressed(SignedOrder signed) {
    return new AddressedOrder(
        signed.order().getBank(), signed.order().getAccountToken(), signed.envelope());
  }
}
