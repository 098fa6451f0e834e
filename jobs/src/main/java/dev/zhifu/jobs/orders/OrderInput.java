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
    Making made = new Making(Kind.PROPOSAL, proposal.accountToken());
    made.proposal = proposal;
    return made.input();
  }

  /**
   * An officer's act about one account's order: SIGN_ORDER, REJECT_REQUEST, RELEASE, UPHOLD_APPEAL.
   */
  public static OrderInput act(OfficerAct act) {
    Making made = new Making(Kind.ACT, act.getAccountToken() == null ? "" : act.getAccountToken());
    made.act = act;
    return made.input();
  }

  /** A bank's answer. */
  public static OrderInput receipt(StopPaymentReceipt receipt) {
    Making made = new Making(Kind.RECEIPT, receipt.getAccountToken());
    made.receipt = receipt;
    return made.input();
  }

  /**
   * An order read back from {@code topic}; {@code order} is the decoded payload of {@code
   * envelope}.
   */
  public static OrderInput record(
      OrderEnvelope envelope, StopPaymentOrder order, String topic, int partition, long offset) {
    Making made = new Making(Kind.RECORD, order.getAccountToken());
    made.order = order;
    made.envelope = envelope;
    return made.at(topic, partition, offset);
  }

  /**
   * A transition read back from {@code stop.requests}: keeps the transition numbers of an older
   * state, or of none, above those that stand in the record.
   */
  public static OrderInput request(
      StopPaymentRequest request, String topic, int partition, long offset) {
    Making made = new Making(Kind.REQUEST, request.getTarget().getAccountToken());
    made.request = request;
    return made.at(topic, partition, offset);
  }

  /** What recovery says of a freeze on an account. */
  public static OrderInput freeze(FreezeWord freeze, String topic, int partition, long offset) {
    Making made = new Making(Kind.FREEZE, freeze.accountToken());
    made.freeze = freeze;
    return made.at(topic, partition, offset);
  }

  /** That an appeal against a stop, or against the freeze that replaced it, was upheld. */
  public static OrderInput wrong(FoundWrong wrong, String topic, int partition, long offset) {
    Making made = new Making(Kind.WRONG, wrong.accountToken());
    made.wrong = wrong;
    return made.at(topic, partition, offset);
  }

  /**
   * An answer to an order that went on paper, as an officer typed it in: it names the order and no
   * payload.
   */
  public static OrderInput typed(
      StopPaymentReceipt receipt, String topic, int partition, long offset) {
    Making made = new Making(Kind.TYPED, receipt.getAccountToken());
    made.receipt = receipt;
    return made.at(topic, partition, offset);
  }

  /** A record of a topic that is read back to its end, turned away: nobody must wait for it. */
  public static OrderInput passed(String topic, int partition, long offset) {
    return new Making(Kind.PASSED, "").at(topic, partition, offset);
  }

  /** An input of which a factory says only what its kind has. */
  private static final class Making {
    private final Kind kind;
    private final String accountToken;
    private StopProposal proposal;
    private OfficerAct act;
    private StopPaymentReceipt receipt;
    private StopPaymentOrder order;
    private OrderEnvelope envelope;
    private StopPaymentRequest request;
    private FreezeWord freeze;
    private FoundWrong wrong;

    Making(Kind kind, String accountToken) {
      this.kind = kind;
      this.accountToken = accountToken;
    }

    OrderInput input() {
      return at("", 0, 0);
    }

    OrderInput at(String topic, int partition, long offset) {
      return new OrderInput(
          kind,
          accountToken,
          proposal,
          act,
          receipt,
          order,
          envelope,
          request,
          freeze,
          wrong,
          topic,
          partition,
          offset);
    }
  }
}
