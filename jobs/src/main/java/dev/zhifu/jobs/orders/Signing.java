package dev.zhifu.jobs.orders;

import dev.zhifu.jobs.orders.ControlState.AutomaticOrder;
import dev.zhifu.jobs.orders.SigningGuards.Verdict;
import dev.zhifu.rules.lives.order.OrderEvent;
import dev.zhifu.rules.lives.order.OrderFact;
import dev.zhifu.schemas.crypto.Envelopes;
import dev.zhifu.wire.OfficerAct;
import dev.zhifu.wire.OrderEnvelope;
import dev.zhifu.wire.StopPaymentOrder;
import dev.zhifu.wire.StopPaymentRequest;
import dev.zhifu.wire.UnsignedReason;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Signs drafts: by itself when every guard holds, for an officer when the legal ones do. */
final class Signing {

  private final SigningGuards guards;
  private final OrderKeys keys;

  Signing(SigningGuards guards, OrderKeys keys) {
    this.guards = guards;
    this.keys = keys;
  }

  /** What the engine finds against signing {@code life} by itself. */
  Verdict judge(OrderTurn turn, OrderLife life) {
    long basis = life.request().getBasisAt().toEpochMilli();
    return guards.judge(facts(turn, life, basis), turn.controls().authorisations());
  }

  /** Signs and sends under the authorisation of a verdict that covers the order. */
  void signAutomatically(OrderTurn turn, OrderLife life, Verdict verdict, String cause) {
    StopPaymentOrder order =
        OrderMaker.order(life.request(), verdict.authorisation(), turn.settings());
    OrderLife signed = life.with(sign(order));
    turn.controls()
        .signedAutomatically(entry(signed, verdict.authorisation().getAuthorisationId()));
    send(
        turn,
        signed,
        OrderEvent.AUTHORISATION_COVERED,
        EnumSet.of(OrderFact.AUTOMATIC_GUARDS_HOLD),
        cause);
  }

  private static AutomaticOrder entry(OrderLife life, String authorisationId) {
    StopPaymentOrder order = life.signed().order();
    return new AutomaticOrder(
        order.getOrderId(),
        authorisationId,
        order.getBank(),
        order.getApplicationTime().toEpochMilli(),
        Math.max(order.getTransferAmountFen(), life.request().getTracedFen()));
  }

  /** What hinders an officer's signature on {@code life}; empty: nothing does. */
  Set<UnsignedReason> hinder(OrderTurn turn, OrderLife life, OfficerAct act) {
    long basis = Math.max(life.request().getBasisAt().toEpochMilli(), act.getAt().toEpochMilli());
    return guards.hinderOfficer(facts(turn, life, basis));
  }

  /**
   * Signs and sends for an officer. Call only when nothing hinders it.
   *
   * @return false when the officer's own signature does not cover this order
   */
  boolean signFor(OrderTurn turn, OrderLife life, OfficerAct act) {
    StopPaymentOrder order = OrderMaker.order(life.request(), act, turn.settings());
    if (!keys.verifies(act, order)) {
      return false;
    }
    send(
        turn,
        life.with(sign(order)),
        OrderEvent.OFFICER_SIGNED,
        EnumSet.of(OrderFact.LEGAL_GUARDS_HOLD, OrderFact.OFFICER_VERIFIED),
        act.getActId());
    return true;
  }

  private SignedOrder sign(StopPaymentOrder order) {
    OrderEnvelope envelope = keys.sign(order);
    return new SignedOrder(order, envelope, Envelopes.payloadSha256(envelope), -1);
  }

  private static void send(
      OrderTurn turn, OrderLife life, OrderEvent by, Set<OrderFact> facts, String cause) {
    StopPaymentRequest shown =
        OrderMaker.copyOrder(
            StopPaymentRequest.newBuilder(life.request()).build(), life.signed().order());
    OrderLife signed =
        turn.apply(life.with(shown), by, facts, cause)
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "order "
                            + life.orderId()
                            + " is "
                            + life.state()
                            + "; only a DRAFT can be signed"));
    turn.apply(signed, OrderEvent.SENT_TO_BANK, Set.of(), cause);
  }

  private SigningFacts facts(OrderTurn turn, OrderLife life, long basisAtMs) {
    return new SigningFacts(
        life.proposal(), life.orderId(), turn.book(), turn.controls(), basisAtMs, keys, null);
  }

  /** The reasons in the order of the enum, as a request shows them. */
  static List<UnsignedReason> shown(Set<UnsignedReason> reasons) {
    return reasons.isEmpty() ? List.of() : List.copyOf(EnumSet.copyOf(reasons));
  }
}
