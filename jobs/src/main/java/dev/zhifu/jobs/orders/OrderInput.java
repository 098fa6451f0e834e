package dev.zhifu.jobs.orders;

import dev.zhifu.jobs.flow.StopProposal;
import dev.zhifu.wire.OfficerAct;
import dev.zhifu.wire.OrderEnvelope;
import dev.zhifu.wire.StopPaymentOrder;
import dev.zhifu.wire.StopPaymentReceipt;
import dev.zhifu.wire.StopPaymentRequest;

/**
 * What stop-orders reads, keyed by {@code accountToken}. Use the factories.
 *
 * @param kind what it is
 * @param accountToken the account; empty for a receipt or act that names none
 * @param proposal the proposal of a PROPOSAL; null otherwise
 * @param act the act of an ACT; null otherwise
 * @param receipt the answer of a RECEIPT or TYPED; null otherwise
 * @param order the decoded payload of a RECORD; null otherwise
 * @param envelope the envelope of a RECORD as read; null otherwise
 * @param request the transition of a REQUEST; null otherwise
 * @param freeze the word of a FREEZE; null otherwise
 * @param wrong the word of a WRONG; null otherwise
 * @param topic topic of a RECORD, REQUEST, FREEZE, WRONG, TYPED or PASSED; empty otherwise
 * @param partition partition of it
 * @param offset offset of it
 */
public record OrderInput(
    Kind kind,
    String accountToken,
    StopProposal proposal,
    OfficerAct act,
    StopPaymentReceipt receipt,
    StopPaymentOrder order,
    OrderEnvelope envelope,
    StopPaymentRequest request,
    FreezeWord freeze,
    FoundWrong wrong,
    String topic,
    int partition,
    long offset) {

  /** Kinds of input. */
  public enum Kind {
    PROPOSAL,
    ACT,
    RECEIPT,
    RECORD,
    REQUEST,
    FREEZE,
    /** An upheld appeal against a stop or its freeze. */
    WRONG,
    /** An institution's answer that an officer typed in. */
    TYPED,
    /** A record that could not be used; tells how far its topic has been read. */
    PASSED
  }

  /** A proposal or its withdrawal. */
  public static OrderInput proposal(StopProposal proposal) {
    return new OrderInput(
        Kind.PROPOSAL,
        proposal.accountToken(),
        proposal,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        "",
        0,
        0);
  }

  /**
   * An officer's act about one account's order: SIGN_ORDER, REJECT_REQUEST, RELEASE, UPHOLD_APPEAL.
   */
  public static OrderInput act(OfficerAct act) {
    String account = act.getAccountToken() == null ? "" : act.getAccountToken();
    return new OrderInput(
        Kind.ACT, account, null, act, null, null, null, null, null, null, "", 0, 0);
  }

  /** A bank's answer. */
  public static OrderInput receipt(StopPaymentReceipt receipt) {
    return new OrderInput(
        Kind.RECEIPT,
        receipt.getAccountToken(),
        null,
        null,
        receipt,
        null,
        null,
        null,
        null,
        null,
        "",
        0,
        0);
  }

  /**
   * An order read back from {@code topic}; {@code order} is the decoded payload of {@code
   * envelope}.
   */
  public static OrderInput record(
      OrderEnvelope envelope, StopPaymentOrder order, String topic, int partition, long offset) {
    return new OrderInput(
        Kind.RECORD,
        order.getAccountToken(),
        null,
        null,
        null,
        order,
        envelope,
        null,
        null,
        null,
        topic,
        partition,
        offset);
  }

  /**
   * A transition read back from {@code stop.requests}: keeps the transition numbers of an older
   * state, or of none, above those that stand in the record.
   */
  public static OrderInput request(
      StopPaymentRequest request, String topic, int partition, long offset) {
    return new OrderInput(
        Kind.REQUEST,
        request.getTarget().getAccountToken(),
        null,
        null,
        null,
        null,
        null,
        request,
        null,
        null,
        topic,
        partition,
        offset);
  }

  /** What recovery says of a freeze on an account. */
  public static OrderInput freeze(FreezeWord freeze, String topic, int partition, long offset) {
    return new OrderInput(
        Kind.FREEZE,
        freeze.accountToken(),
        null,
        null,
        null,
        null,
        null,
        null,
        freeze,
        null,
        topic,
        partition,
        offset);
  }

  /** That an appeal against a stop, or against the freeze that replaced it, was upheld. */
  public static OrderInput wrong(FoundWrong wrong, String topic, int partition, long offset) {
    return new OrderInput(
        Kind.WRONG,
        wrong.accountToken(),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        wrong,
        topic,
        partition,
        offset);
  }

  /**
   * An answer to an order that went on paper, as an officer typed it in: it names the order and no
   * payload.
   */
  public static OrderInput typed(
      StopPaymentReceipt receipt, String topic, int partition, long offset) {
    return new OrderInput(
        Kind.TYPED,
        receipt.getAccountToken(),
        null,
        null,
        receipt,
        null,
        null,
        null,
        null,
        null,
        topic,
        partition,
        offset);
  }

  /** A record of a topic that is read back to its end, turned away: nobody must wait for it. */
  public static OrderInput passed(String topic, int partition, long offset) {
    return new OrderInput(
        Kind.PASSED, "", null, null, null, null, null, null, null, null, topic, partition, offset);
  }
}
