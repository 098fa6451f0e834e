package dev.zhifu.jobs.orders;

import dev.zhifu.jobs.flow.StopProposal;
import dev.zhifu.jobs.orders.SigningGuards.Verdict;
import dev.zhifu.rules.lives.order.OrderEvent;
import dev.zhifu.rules.lives.order.OrderFact;
import dev.zhifu.schemas.events.EventIds;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.ReasonCode;
import dev.zhifu.wire.StopPaymentRequest;
import dev.zhifu.wire.UnsignedReason;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What scoring proposes and withdraws, and drafts judged again. */
final class Proposals {

  private static final Set<OrderState> DATA_WERE_WRONG =
      EnumSet.of(
          OrderState.MISMATCH,
          OrderState.NOT_FOUND,
          OrderState.REJECTED_FORMAT,
          OrderState.TIMEOUT);

  /** Reasons that neither time nor controls take away: they go with a newer proposal. */
  private static final Set<UnsignedReason> BY_EVIDENCE_ALONE =
      EnumSet.of(
          UnsignedReason.NO_ACCEPTED_REPORT,
          UnsignedReason.NO_TRANSFER,
          UnsignedReason.NO_CIPHERTEXT,
          UnsignedReason.BALANCE_UNKNOWN,
          UnsignedReason.OUT_OF_PROPORTION,
          UnsignedReason.UNSETTLED_HIT,
          UnsignedReason.IDLE_SOURCE);

  private final Signing signing;

  Proposals(Signing signing) {
    this.signing = signing;
  }

  /** Takes a proposal: an upsert by account. A copy of one already taken changes nothing. */
  void take(OrderTurn turn, StopProposal proposal) {
    Optional<OrderLife> open = turn.book().open().or(() -> unanswered(turn));
    if (!proposal.holds()) {
      open.ifPresent(life -> withdraw(turn, life, proposal));
    } else if (open.isEmpty()
        || open.get().state() == OrderState.TIMEOUT && corrected(open.get(), proposal)) {
      open(turn, proposal);
    } else if (open.get().state() == OrderState.DRAFT) {
      revise(turn, open.get().with(proposal), proposal.cause());
    } else {
      restore(turn, open.get().with(proposal), proposal.cause());
    }
  }

  private static Optional<OrderLife> unanswered(OrderTurn turn) {
    return turn.book().newest().filter(life -> life.state() == OrderState.TIMEOUT);
  }

  private void withdraw(OrderTurn turn, OrderLife life, StopProposal proposal) {
    if (life.releaseProposed()) {
      return;
    }
    StopPaymentRequest request = StopPaymentRequest.newBuilder(life.request()).build();
    request.setReasonCode(ReasonCode.SCORE_DROPPED);
    turn.apply(life.with(request), OrderEvent.EVIDENCE_WITHDRAWN, Set.of(), proposal.cause());
  }

  private static void restore(OrderTurn turn, OrderLife life, String cause) {
    if (!life.releaseProposed()) {
      turn.book().put(life);
      return;
    }
    StopPaymentRequest request = StopPaymentRequest.newBuilder(life.request()).build();
    request.setReasonCode(life.proposal().reasonCode());
    turn.apply(
        life.with(request).releaseProposed(false), OrderEvent.EVIDENCE_RESTORED, Set.of(), cause);
  }

  private void open(OrderTurn turn, StopProposal proposal) {
    OrderBook book = turn.book();
    Optional<OrderLife> last = book.newest();
    if (last.isPresent() && !mayFollow(last.get(), proposal)) {
      return;
    }
    boolean again = last.isPresent() && last.get().state() == OrderState.WITHDRAWN;
    int ordinal = again ? last.get().ordinal() : book.nextOrdinal();
    if (ordinal > turn.settings().ordersMax()) {
      refuse(
          turn,
          proposal,
          OrderAlarm.Kind.ORDER_OBJECTS_LIMIT,
          "has "
              + (ordinal - 1)
              + " order objects, the most that ordersMax allows; a person must look at it");
      return;
    }
    OrderLife life = again ? last.get().with(proposal) : fresh(turn, ordinal, proposal);
    draft(turn, life, again, proposal);
  }

  private static OrderLife fresh(OrderTurn turn, int ordinal, StopProposal proposal) {
    String orderId = EventIds.orderId(turn.accountToken(), ordinal);
    return OrderLife.of(OrderMaker.request(orderId, ordinal, proposal), proposal);
  }

  private void draft(OrderTurn turn, OrderLife life, boolean again, StopProposal proposal) {
    OrderBook book = turn.book();
    if (book.otherOrderLive(life.orderId(), turn.nowMs())) {
      // An order given up may still be executed; the alarm about it has gone out already.
      return;
    }
    Set<OrderFact> facts = EnumSet.of(OrderFact.NEWER_EVIDENCE, OrderFact.NO_OTHER_ORDER_LIVE);
    if (book.stopsPossible(turn.settings().stopLimitScope(), proposal.caseIds())
        < OrderSettings.STOPS_MAX) {
      facts.add(OrderFact.STOPS_LEFT);
    }
    OrderLife judged = withEvidence(turn, life);
    Optional<OrderLife> drafted =
        again
            ? turn.apply(judged, OrderEvent.PROPOSED, facts, proposal.cause())
            : turn.begin(judged, OrderEvent.PROPOSED, facts, proposal.cause());
    if (drafted.isEmpty()) {
      refuse(
          turn,
          proposal,
          OrderAlarm.Kind.STOP_LIMIT,
          "has had two stops, or one of them may still take effect; a third is refused (STOP_LIMIT,"
              + " 银发〔2016〕86号)");
      return;
    }
    signIfCovered(turn, drafted.get(), proposal.cause());
  }

  private static void refuse(
      OrderTurn turn, StopProposal proposal, OrderAlarm.Kind kind, String words) {
    if (turn.book().refused(proposal.cause())) {
      turn.alarm(
          kind,
          "",
          proposal.target().getBank(),
          "account " + proposal.accountToken() + " " + words,
          proposal.cause());
    }
  }

  /**
   * After an end, only newer evidence or corrected data may open another object: the same ones
   * would only repeat it.
   */
  private static boolean mayFollow(OrderLife last, StopProposal proposal) {
    OrderState state = last.state();
    if (state == OrderState.WITHDRAWN) {
      return true;
    }
    if (DATA_WERE_WRONG.contains(state)) {
      return corrected(last, proposal);
    }
    if (state == OrderState.CONVERTED) {
      return false;
    }
    Instant ended =
        state == OrderState.EXPIRED ? last.request().getBasisAt() : last.request().getTickAt();
    return proposal.basisAtMs() > ended.toEpochMilli();
  }

  private static boolean corrected(OrderLife last, StopProposal proposal) {
    StopPaymentRequest sent = last.request();
    return sent.getTransferAmountFen() != proposal.transferAmountFen()
        || sent.getTransferTime().toEpochMilli() != proposal.transferTimeMs()
        || !Objects.equals(sent.getBankTransactionId(), proposal.bankTransactionId())
        || !Objects.equals(sent.getTarget().getCipher(), proposal.target().getCipher());
  }

  /** Judges a draft again, with the evidence it now has; emits only what changed. */
  void revise(OrderTurn turn, OrderLife life, String cause) {
    OrderLife judged = withEvidence(turn, life);
    turn.book().put(judged);
    OrderLife now = judged;
    if (!sameButForBasis(judged.request(), life.request())) {
      now = turn.apply(judged, OrderEvent.JUDGED_AGAIN, Set.of(), cause).orElseThrow();
    }
    signIfCovered(turn, now, cause);
  }

  /**
   * True when a draft whose evidence has not changed would be signed now, or would show other
   * reasons against it. Asked of every draft at every tick, so it copies nothing.
   */
  boolean standsOtherwise(OrderTurn turn, OrderLife life) {
    Verdict verdict = signing.judge(turn, life);
    return verdict.covers()
        || !Signing.shown(verdict.reasons()).equals(life.request().getUnsigned());
  }

  private OrderLife withEvidence(OrderTurn turn, OrderLife life) {
    StopPaymentRequest request = StopPaymentRequest.newBuilder(life.request()).build();
    OrderLife fresh = life.with(OrderMaker.copyEvidence(request, life.proposal()));
    Verdict verdict = signing.judge(turn, fresh);
    request.setUnsigned(Signing.shown(verdict.reasons()));
    return fresh;
  }

  /** Newer evidence alone is no news to the desk; it is kept, and shown with the next change. */
  private static boolean sameButForBasis(StopPaymentRequest a, StopPaymentRequest b) {
    StopPaymentRequest like = StopPaymentRequest.newBuilder(a).build();
    like.setBasisAt(b.getBasisAt());
    like.setGrounds(b.getGrounds());
    return like.equals(b);
  }

  private void signIfCovered(OrderTurn turn, OrderLife life, String cause) {
    Verdict verdict = signing.judge(turn, life);
    if (verdict.covers()) {
      signing.signAutomatically(turn, life, verdict, cause);
    }
  }

  /**
   * True while time or controls alone can still lead to a signature on this draft, or change what
   * it says against one: reasons found while the record was read back are found anew afterwards.
   */
  static boolean mayStillBeSigned(OrderLife life, OrderTurn turn) {
    long oldest = turn.nowMs() - turn.settings().evidenceMaxAgeMs();
    List<UnsignedReason> against = life.request().getUnsigned();
    return life.state() == OrderState.DRAFT
        && (life.waitingAct() != null
            || life.request().getBasisAt().toEpochMilli() >= oldest
            || !against.contains(UnsignedReason.STALE_EVIDENCE)
            || against.contains(UnsignedReason.READING_BACK));
  }

  /** True when only newer evidence about its account can lead to a signature on this draft. */
  static boolean lacksEvidence(OrderLife life) {
    List<UnsignedReason> against = life.request().getUnsigned();
    return !against.contains(UnsignedReason.READING_BACK)
        && against.stream().anyMatch(BY_EVIDENCE_ALONE::contains);
  }
}
