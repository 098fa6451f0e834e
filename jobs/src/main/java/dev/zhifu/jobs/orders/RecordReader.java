package dev.zhifu.jobs.orders;

import dev.zhifu.jobs.orders.ControlState.AutomaticOrder;
import dev.zhifu.rules.lives.order.OrderEvent;
import dev.zhifu.rules.lives.order.OrderFact;
import dev.zhifu.rules.lives.order.OrderTable;
import dev.zhifu.schemas.crypto.Envelopes;
import dev.zhifu.schemas.events.EventIds;
import dev.zhifu.wire.Environment;
import dev.zhifu.wire.StandingReference;
import dev.zhifu.wire.StopPaymentOrder;
import dev.zhifu.wire.StopPaymentRequest;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Orders read back from the banks' order topics. The topic is the record: what stands there under a
 * good signature is adopted, the first offset wins, and the same id with another payload is kept
 * out.
 */
final class RecordReader {

  private final OrderKeys keys;
  private final Receipts receipts;

  RecordReader(OrderKeys keys, Receipts receipts) {
    this.keys = keys;
    this.receipts = receipts;
  }

  /** Takes an order as it was read; reading it again changes nothing. */
  void take(OrderTurn turn, OrderInput read) {
    StopPaymentOrder order = read.order();
    OptionalInt ordinal = ordinalOf(turn, order.getOrderId());
    boolean extending = ordinal.isEmpty() && extendedOrdinal(turn, order.getOrderId()).isPresent();
    if (extending) {
      ordinal = extendedOrdinal(turn, order.getOrderId());
    }
    String fault = fault(turn, read, ordinal);
    if (fault != null) {
      turn.alarm(
          OrderAlarm.Kind.FORGED_RECORD,
          order.getOrderId(),
          order.getBank(),
          place(read) + " is kept out: " + fault,
          place(read));
      return;
    }
    SignedOrder found =
        new SignedOrder(
            order, read.envelope(), Envelopes.payloadSha256(read.envelope()), read.offset());
    if (extending) {
      extension(turn, found, read);
      return;
    }
    Optional<OrderLife> life = turn.book().byOrderId(order.getOrderId());
    if (life.isPresent() && life.get().signed() != null) {
      compare(turn, life.get(), found, read);
    } else {
      adopt(turn, life, found, ordinal.getAsInt(), read);
    }
  }

  private String fault(OrderTurn turn, OrderInput read, OptionalInt ordinal) {
    Optional<Environment> environment = keys.environmentOf(read.envelope().getKeyId());
    if (environment.isEmpty() || environment.get() != keys.engineEnvironment()) {
      return "its key "
          + read.envelope().getKeyId()
          + " is not one of the engine key's environment";
    }
    if (!keys.verifies(read.envelope())) {
      return "its signature does not verify";
    }
    if (!Envelopes.payload(read.order()).equals(read.envelope().getPayload())) {
      return "the order decoded is not the one in its envelope";
    }
    if (!read.topic().equals("bank." + read.order().getBank() + ".orders")) {
      return "it is addressed to " + read.order().getBank();
    }
    if (!read.order().getAccountToken().equals(turn.accountToken()) || ordinal.isEmpty()) {
      return "its id is not one of its account's first "
          + turn.settings().ordersMax()
          + " order objects";
    }
    return null;
  }

  /** The ordinal behind an order id; empty when no object that the account may have gives it. */
  private static OptionalInt ordinalOf(OrderTurn turn, String orderId) {
    return IntStream.rangeClosed(1, turn.settings().ordersMax())
        .filter(ordinal -> EventIds.orderId(turn.accountToken(), ordinal).equals(orderId))
        .findFirst();
  }

  /**
   * The ordinal of the order that an order extends; empty when it extends none of the account's.
   */
  private static OptionalInt extendedOrdinal(OrderTurn turn, String orderId) {
    return IntStream.rangeClosed(1, turn.settings().ordersMax())
        .filter(
            ordinal ->
                EventIds.extensionId(EventIds.orderId(turn.accountToken(), ordinal))
                    .equals(orderId))
        .findFirst();
  }

  /** An extension read back: adopted where the state does not know it, and its answer with it. */
  private void extension(OrderTurn turn, SignedOrder found, OrderInput read) {
    Optional<OrderLife> life = Extensions.extendedBy(turn, found.order().getOrderId());
    if (life.isEmpty()) {
      turn.alarm(
          OrderAlarm.Kind.FORGED_RECORD,
          found.order().getOrderId(),
          found.order().getBank(),
          place(read) + " is kept out: it extends an order that does not stand before it",
          place(read));
      return;
    }
    Extension known = life.get().extension();
    if (known != null && !known.signed().payloadSha256().equals(found.payloadSha256())) {
      turn.alarm(
          OrderAlarm.Kind.CONFLICTING_RECORD,
          life.get(),
          "is extended twice with different payloads, "
              + known.signed().payloadSha256()
              + " and "
              + found.payloadSha256()
              + "; ask the bank which one holds",
          place(read));
      return;
    }
    if (known == null) {
      Extensions.adopt(turn, life.get(), found, place(read));
    } else if (known.signed().recordOffset() < 0) {
      turn.book().put(life.get().with(known.with(found)));
    }
    receipts.takeUpWaiting(turn, found.order().getOrderId());
  }

  private void compare(OrderTurn turn, OrderLife life, SignedOrder found, OrderInput read) {
    SignedOrder own = life.signed();
    boolean earlier = own.recordOffset() < 0 || found.recordOffset() < own.recordOffset();
    if (own.payloadSha256().equals(found.payloadSha256())) {
      if (earlier) {
        turn.book().put(life.with(own.readBackAt(found.recordOffset())));
      }
      return;
    }
    if (earlier) {
      turn.book().put(life.with(found));
      count(turn, found);
    }
    turn.alarm(
        OrderAlarm.Kind.CONFLICTING_RECORD,
        life,
        "stands twice with different payloads, "
            + own.payloadSha256()
            + " and "
            + found.payloadSha256()
            + "; the first in the record holds, at "
            + (earlier ? place(read) : "offset " + own.recordOffset()),
        place(read));
    receipts.takeUpWaiting(turn, life.orderId());
  }

  private void adopt(
      OrderTurn turn, Optional<OrderLife> known, SignedOrder found, int ordinal, OrderInput read) {
    Set<OrderFact> facts = EnumSet.of(OrderFact.RECORD_VERIFIED);
    count(turn, found);
    if (known.isPresent() && !known.get().isIn(OrderTable.OPEN)) {
      turn.alarm(
          OrderAlarm.Kind.ADOPTED_OVER_DECISION,
          known.get(),
          "is "
              + known.get().state()
              + " here but stands signed in the record; it is adopted, an officer must look at it",
          place(read));
    }
    StopPaymentRequest shown =
        known
            .map(
                life ->
                    OrderMaker.copyOrder(
                        StopPaymentRequest.newBuilder(life.request()).build(), found.order()))
            .orElseGet(() -> fromRecord(turn, found.order(), ordinal));
    Optional<OrderLife> adopted =
        known.isPresent()
            ? turn.apply(
                known.get().with(shown).with(found), OrderEvent.FOUND_IN_RECORD, facts, place(read))
            : turn.begin(
                OrderLife.of(shown, null).with(found),
                OrderEvent.FOUND_IN_RECORD,
                facts,
                place(read));
    adopted.ifPresent(life -> receipts.takeUpWaiting(turn, life.orderId()));
  }

  private static StopPaymentRequest fromRecord(
      OrderTurn turn, StopPaymentOrder order, int ordinal) {
    StopPaymentRequest alone = OrderMaker.request(order, ordinal);
    return turn.book().told(ordinal).map(told -> OrderMaker.copyBasis(alone, told)).orElse(alone);
  }

  /** The limits of a standing authorisation are rebuilt from what it signed. */
  private static void count(OrderTurn turn, SignedOrder found) {
    StopPaymentOrder order = found.order();
    if (order.getAuthorisation() instanceof StandingReference given) {
      turn.controls()
          .signedAutomatically(
              new AutomaticOrder(
                  order.getOrderId(),
                  given.getAuthorisationId(),
                  order.getBank(),
                  order.getApplicationTime().toEpochMilli(),
                  order.getTransferAmountFen()));
    }
  }

  private static String place(OrderInput read) {
    return read.topic() + ":" + read.partition() + ":" + read.offset();
  }
}
