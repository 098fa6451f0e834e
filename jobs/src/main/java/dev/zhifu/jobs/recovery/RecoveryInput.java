package dev.zhifu.jobs.recovery;

import dev.zhifu.wire.ChannelAnswer;
import dev.zhifu.wire.FraudCase;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.OfficerAct;
import dev.zhifu.wire.RecoveryAct;
import dev.zhifu.wire.RefundPlan;
import dev.zhifu.wire.RiskHold;
import dev.zhifu.wire.RiskHoldOutcome;
import dev.zhifu.wire.StopPaymentRequest;

/**
 * What recovery reads, keyed by case; a risk hold, which has none, by itself. Public for Flink's
 * serializer. Use the factories.
 *
 * @param kind what it is
 * @param caseId the case
 * @param life the transition read back of a RECORD; null otherwise
 * @param act the act of an ACT; null otherwise
 * @param answer the answer of an ANSWER; null otherwise
 * @param fraudCase detection's word of a CASE; null otherwise
 * @param officerAct the act of an ACCEPTANCE or a DISMISSAL; null otherwise
 * @param stop the order's transition of a STOP; null otherwise
 * @param plan what may be returned out of a freeze, of a PLAN; null otherwise
 * @param hold detection's message of a HOLD; null otherwise
 * @param outcome the bank's answer of an OUTCOME; null otherwise
 */
public record RecoveryInput(
    Kind kind,
    String caseId,
    LifeTransition life,
    RecoveryAct act,
    ChannelAnswer answer,
    FraudCase fraudCase,
    OfficerAct officerAct,
    StopPaymentRequest stop,
    RefundPlan plan,
    RiskHold hold,
    RiskHoldOutcome outcome) {

  /** Kinds of input. */
  public enum Kind {
    RECORD,
    ACT,
    ANSWER,
    CASE,
    ACCEPTANCE,
    DISMISSAL,
    STOP,
    PLAN,
    HOLD,
    OUTCOME
  }

  /** A transition read back from {@code recovery.lives}. */
  public static RecoveryInput record(LifeTransition life) {
    return new RecoveryInput(
        Kind.RECORD, life.getCaseId(), life, null, null, null, null, null, null, null, null);
  }

  /** A person's act about a life of recovery. */
  public static RecoveryInput act(RecoveryAct act) {
    return new RecoveryInput(
        Kind.ACT, act.getCaseId(), null, act, null, null, null, null, null, null, null);
  }

  /** An answer of an institution. */
  public static RecoveryInput answer(ChannelAnswer answer) {
    return new RecoveryInput(
        Kind.ANSWER, answer.getCaseId(), null, null, answer, null, null, null, null, null, null);
  }

  /** An opening or a change of score. */
  public static RecoveryInput fraudCase(FraudCase fraudCase) {
    return new RecoveryInput(
        Kind.CASE,
        fraudCase.getCaseId(),
        null,
        null,
        null,
        fraudCase,
        null,
        null,
        null,
        null,
        null);
  }

  /** A report accepted, for a case that stands on it. */
  public static RecoveryInput acceptance(String caseId, OfficerAct act) {
    return new RecoveryInput(
        Kind.ACCEPTANCE, caseId, null, null, null, null, act, null, null, null, null);
  }

  /** A case found to be no fraud. */
  public static RecoveryInput dismissal(OfficerAct act) {
    return new RecoveryInput(
        Kind.DISMISSAL, act.getObjectId(), null, null, null, null, act, null, null, null, null);
  }

  /** A transition of a stop-payment order, for one of its cases. */
  public static RecoveryInput stop(String caseId, StopPaymentRequest stop) {
    return new RecoveryInput(
        Kind.STOP, caseId, null, null, null, null, null, stop, null, null, null);
  }

  /** What may be returned out of a freeze. */
  public static RecoveryInput plan(RefundPlan plan) {
    return new RecoveryInput(
        Kind.PLAN, plan.getCaseId(), null, null, null, null, null, null, plan, null, null);
  }

  /** A risk hold asked for or to be lifted. */
  public static RecoveryInput hold(RiskHold hold) {
    return new RecoveryInput(
        Kind.HOLD, hold.getHoldId(), null, null, null, null, null, null, null, hold, null);
  }

  /** A bank's answer to a risk hold. */
  public static RecoveryInput outcome(RiskHoldOutcome outcome) {
    return new RecoveryInput(
        Kind.OUTCOME, outcome.getHoldId(), null, null, null, null, null, null, null, null, outcome);
  }
}
