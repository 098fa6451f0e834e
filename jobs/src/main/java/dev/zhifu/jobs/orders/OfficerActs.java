package dev.zhifu.jobs.orders;

import dev.zhifu.jobs.flow.WrongStop;
import dev.zhifu.rules.lives.order.OrderEvent;
import dev.zhifu.rules.lives.order.OrderFact;
import dev.zhifu.wire.ActKind;
import dev.zhifu.wire.Environment;
import dev.zhifu.wire.OfficerAct;
import dev.zhifu.wire.OfficerAuthorisation;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.ReasonCode;
import dev.zhifu.wire.StopPaymentRequest;
import dev.zhifu.wire.UnsignedReason;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Officers' decisions on one account's orders. An act whose signature does not verify, or of
 * another environment, is refused.
 */
final class OfficerActs {

  /** Causes that say the stop was wrong from the start. */
  private static final Set<String> WRONG_STOP =
      Set.of("WRONG_ACCOUNT", "NAME_COLLISION", "BONA_FIDE", "MODEL_FP", "STALE_HOP");

  /** Cause of a stop that was found wrong without one of them. */
  static final String UNSTATED = "UNSTATED";

  private static final Set<ActKind> OURS =
      EnumSet.of(
          ActKind.SIGN_ORDER,
          ActKind.REJECT_REQUEST,
          ActKind.RELEASE,
          ActKind.UPHOLD_APPEAL,
          ActKind.EXTEND);

  private final Signing signing;
  private final OrderKeys keys;
  private final Extensions extensions;

  OfficerActs(Signing signing, OrderKeys keys, Extensions extensions) {
    this.signing = signing;
    this.keys = keys;
    this.extensions = extensions;
  }

  /**
   * Takes an act; a copy of one already taken changes nothing. Acts about other things are passed
   * over.
   */
  void take(OrderTurn turn, OfficerAct act) {
    if (!OURS.contains(act.getKind())) {
      return;
    }
    Optional<OrderLife> life = turn.book().byOrderId(act.getObjectId());
    if (life.isEmpty()) {
      unknown(turn, act);
    } else if (alreadyTaken(life.get(), act)) {
      return;
    } else if (!genuine(act)) {
      refuse(
          turn,
          life.get(),
          act,
          "its signature does not verify in the environment of the engine's key");
    } else {
      carryOut(turn, life.get(), act);
    }
  }

  /**
   * An appeal may be about another restriction; only a signature or rejection must name an order of
   * ours.
   */
  private static void unknown(OrderTurn turn, OfficerAct act) {
    if (act.getKind() == ActKind.SIGN_ORDER || act.getKind() == ActKind.REJECT_REQUEST) {
      turn.alarm(
          OrderAlarm.Kind.ACT_REFUSED,
          act.getObjectId(),
          "",
          act.getKind()
              + " "
              + act.getActId()
              + " names no request of this account; look the request up again",
          act.getActId());
    }
  }

  private static boolean alreadyTaken(OrderLife life, OfficerAct act) {
    if (act.getActId().equals(life.request().getCause())) {
      return true;
    }
    if (life.extension() != null
        && life.extension().signed().order().getAuthorisation()
            instanceof OfficerAuthorisation given
        && given.getActId().equals(act.getActId())) {
      return true;
    }
    return life.signed() != null
        && life.signed().order().getAuthorisation() instanceof OfficerAuthorisation given
        && given.getActId().equals(act.getActId());
  }

  /** True when the act's signature verifies and its key is of the engine key's environment. */
  boolean genuine(OfficerAct act) {
    Optional<Environment> environment = keys.environmentOf(act.getKeyId());
    return environment.isPresent()
        && environment.get() == keys.engineEnvironment()
        && keys.verifies(act);
  }

  private void carryOut(OrderTurn turn, OrderLife life, OfficerAct act) {
    turn.carriesOut(act);
    decide(turn, life, act);
    turn.carriesOut(null);
  }

  private void decide(OrderTurn turn, OrderLife life, OfficerAct act) {
    switch (act.getKind()) {
      case SIGN_ORDER -> sign(turn, life, act);
      case REJECT_REQUEST -> reject(turn, life, act);
      case RELEASE ->
          release(turn, life, act, ReasonCode.NOT_INVOLVED, WRONG_STOP.contains(act.getReason()));
      case UPHOLD_APPEAL -> release(turn, life, act, ReasonCode.APPEAL_UPHELD, true);
      default -> sign(turn, life, act);
    }
  }

  private void sign(OrderTurn turn, OrderLife life, OfficerAct act) {
    boolean extending = act.getKind() == ActKind.EXTEND;
    if (!extending && life.state() != OrderState.DRAFT) {
      refuse(turn, life, act, "the order is " + life.state() + "; only a DRAFT can be signed");
    } else if (!turn.settings().signingRoles().contains(act.getRole())) {
      refuse(
          turn,
          life,
          act,
          "role "
              + act.getRole()
              + " may not sign; roles that may are "
              + turn.settings().signingRoles());
    } else if (turn.settings().twoPersons() && !secondPerson(act)) {
      refuse(turn, life, act, "a second officer is required and none, or the same one, is named");
    } else if (act.getOrderSignature() == null) {
      refuse(
          turn,
          life,
          act,
          extending
              ? "it carries no signature over the order that extends; sign that order's"
                  + " authorisation bytes"
              : "it carries no signature over the order; sign the request's authorisation bytes");
    } else if (turn.controls().readingBack() || turn.nowMs() == 0) {
      turn.book().put(life.waitingFor(act));
    } else {
      signNow(turn, life, act);
    }
  }

  private static boolean secondPerson(OfficerAct act) {
    return act.getSecondOfficerId() != null && !act.getSecondOfficerId().equals(act.getOfficerId());
  }

  /** Takes up an act that waited for the record to be read back. */
  void takeUpWaiting(OrderTurn turn, OrderLife life) {
    if (life.waitingAct() != null && !turn.controls().readingBack() && turn.nowMs() > 0) {
      OrderLife free = life.waitingFor(null);
      turn.book().put(free);
      turn.carriesOut(life.waitingAct());
      signNow(turn, free, life.waitingAct());
      turn.carriesOut(null);
    }
  }

  /** The act itself must be fresh: newer evidence does not refresh what a person decided. */
  private void signNow(OrderTurn turn, OrderLife life, OfficerAct act) {
    if (turn.nowMs() - act.getAt().toEpochMilli() > turn.settings().evidenceMaxAgeMs()) {
      turn.alarm(
          OrderAlarm.Kind.STALE_ACT,
          life,
          "was signed too long ago by act " + act.getActId() + "; sign again",
          act.getActId());
      return;
    }
    if (act.getKind() == ActKind.EXTEND) {
      extensions.ask(turn, life, act).ifPresent(why -> refuse(turn, life, act, why));
      return;
    }
    Set<UnsignedReason> reasons = signing.hinder(turn, life, act);
    if (!reasons.isEmpty()) {
      refuse(turn, life, act, "these guards bind an officer too and do not hold: " + reasons);
    } else if (!signing.signFor(turn, life, act)) {
      refuse(
          turn,
          life,
          act,
          "its signature covers other fields than the request now has; look at the request and sign"
              + " again");
    }
  }

  private static void reject(OrderTurn turn, OrderLife life, OfficerAct act) {
    if (turn.apply(
            life, OrderEvent.REQUEST_REJECTED, Set.of(OrderFact.OFFICER_VERIFIED), act.getActId())
        .isEmpty()) {
      refuse(
          turn,
          life,
          act,
          "the order is " + life.state() + "; only a DRAFT or an unanswered order can be rejected");
    }
  }

  private static void release(
      OrderTurn turn, OrderLife life, OfficerAct act, ReasonCode reason, boolean wrong) {
    StopPaymentRequest request = StopPaymentRequest.newBuilder(life.request()).build();
    request.setReasonCode(reason);
    Optional<OrderLife> released =
        turn.apply(
            life.with(request).releaseProposed(false),
            OrderEvent.RELEASE_DECIDED,
            EnumSet.of(OrderFact.OFFICER_VERIFIED),
            act.getActId());
    if (wrong && life.stopTookEffect()) {
      countWrong(turn, life, act.getReason(), act.getAt().toEpochMilli(), act.getActId());
    }
    if (released.isEmpty() && !life.stopTookEffect()) {
      refuse(
          turn,
          life,
          act,
          "the order is " + life.state() + "; only a stop in force can be released");
    }
  }

  /**
   * Counts the stops behind an upheld appeal: the act that releases a stop in force has counted it
   * already, one that a freeze replaced is counted here alone.
   */
  static void upheld(OrderTurn turn, FoundWrong wrong) {
    turn.book().lives().stream()
        .filter(life -> life.stopTookEffect() && wrong.concerns(life))
        .forEach(life -> countWrong(turn, life, wrong.cause(), wrong.atMs(), wrong.actId()));
  }

  /** A stop found wrong counts also when its term has already ended. */
  private static void countWrong(
      OrderTurn turn, OrderLife life, String reason, long atMs, String actId) {
    tellRules(turn, life, reason, atMs);
    if (turn.controls().foundWrong(life.orderId(), atMs)) {
      turn.alarm(
          OrderAlarm.Kind.AUTOMATIC_SIGNING_OFF,
          life,
          "is the last of too many stops found wrong within a day; the engine signs nothing by"
              + " itself until a new authorisation is given",
          actId);
    }
  }

  /**
   * Rule versions of the newest evidence: an order known from the record alone names none. Told
   * again it is the same word.
   */
  private static void tellRules(OrderTurn turn, OrderLife life, String reason, long atMs) {
    if (life.proposal() == null || life.proposal().ruleVersions() == null) {
      return;
    }
    String cause = WRONG_STOP.contains(reason) ? reason : UNSTATED;
    for (String version : life.proposal().ruleVersions()) {
      turn.wrong(new WrongStop(version, life.orderId(), cause, atMs));
    }
  }

  private static void refuse(OrderTurn turn, OrderLife life, OfficerAct act, String why) {
    turn.alarm(
        OrderAlarm.Kind.ACT_REFUSED,
        life,
        "is not changed by " + act.getKind() + " " + act.getActId() + ": " + why,
        act.getActId());
  }
}
