package dev.zhifu.jobs.orders;

import dev.zhifu.jobs.flow.StopProposal;
import dev.zhifu.wire.OfficerAct;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.StopPaymentRequest;
import java.util.Set;

/**
 * One order object. Public for Flink's serializer.
 *
 * @param request its last transition, as emitted
 * @param proposal newest evidence; null when the order is known from the record alone
 * @param signed the signed order; null while it is a request
 * @param clocks its clocks
 * @param releaseProposed true while a release proposal stands
 * @param waitingAct officer's act that waits for the record to be read back; null when none does
 * @param extension the second stop on its way; null when nobody asked for one
 * @param before state before a freeze was sent in its place; null while none is
 */
public record OrderLife(
    StopPaymentRequest request,
    StopProposal proposal,
    SignedOrder signed,
    OrderClocks clocks,
    boolean releaseProposed,
    OfficerAct waitingAct,
    Extension extension,
    OrderState before) {

  static OrderLife of(StopPaymentRequest request, StopProposal proposal) {
    return new OrderLife(request, proposal, null, OrderClocks.NONE, false, null, null, null);
  }

  OrderState state() {
    return request.getState();
  }

  String orderId() {
    return request.getOrderId();
  }

  int ordinal() {
    return request.getOrdinal();
  }

  boolean stopTookEffect() {
    return clocks.startMs() > 0;
  }

  /** Stops of it that took effect: the first, and the second. */
  int stopsTaken() {
    boolean second = extension != null && extension.outcome() == Extension.Outcome.TOOK_EFFECT;
    return (stopTookEffect() ? 1 : 0) + (second ? 1 : 0);
  }

  boolean isIn(Set<OrderState> states) {
    return states.contains(state());
  }

  OrderLife with(StopPaymentRequest next) {
    return new OrderLife(
        next, proposal, signed, clocks, releaseProposed, waitingAct, extension, before);
  }

  OrderLife with(StopProposal next) {
    return new OrderLife(
        request, next, signed, clocks, releaseProposed, waitingAct, extension, before);
  }

  OrderLife with(SignedOrder next) {
    return new OrderLife(request, proposal, next, clocks, releaseProposed, null, extension, before);
  }

  OrderLife with(OrderClocks next) {
    return new OrderLife(
        request, proposal, signed, next, releaseProposed, waitingAct, extension, before);
  }

  OrderLife releaseProposed(boolean now) {
    return new OrderLife(request, proposal, signed, clocks, now, waitingAct, extension, before);
  }

  OrderLife waitingFor(OfficerAct act) {
    return new OrderLife(
        request, proposal, signed, clocks, releaseProposed, act, extension, before);
  }

  OrderLife with(Extension next) {
    return new OrderLife(
        request, proposal, signed, clocks, releaseProposed, waitingAct, next, before);
  }

  /** Remembers what it was before a freeze was sent in its place. */
  OrderLife before(OrderState was) {
    return new OrderLife(
        request, proposal, signed, clocks, releaseProposed, waitingAct, extension, was);
  }
}
