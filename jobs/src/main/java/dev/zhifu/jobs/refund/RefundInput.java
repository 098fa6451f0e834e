package dev.zhifu.jobs.refund;

import dev.zhifu.jobs.trace.TraceClaim;
import dev.zhifu.wire.AccountExamined;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.RiskHoldOutcome;
import dev.zhifu.wire.StopPaymentRequest;

/**
 * What the books hear; one field is set. Public for Flink's serializer. Use the factories.
 *
 * @param life a transition of a freeze or a refund, read back from the record
 * @param stop a transition of a stop-payment order
 * @param hold a bank's answer to a risk hold
 * @param examined what a frozen account's ledger says
 * @param claim an accepted report
 */
public record RefundInput(
    LifeTransition life,
    StopPaymentRequest stop,
    RiskHoldOutcome hold,
    AccountExamined examined,
    TraceClaim claim) {

  /** A transition of a freeze or a refund. */
  public static RefundInput life(LifeTransition life) {
    return new RefundInput(life, null, null, null, null);
  }

  /** A transition of a stop-payment order. */
  public static RefundInput stop(StopPaymentRequest stop) {
    return new RefundInput(null, stop, null, null, null);
  }

  /** A bank's answer to a risk hold. */
  public static RefundInput hold(RiskHoldOutcome hold) {
    return new RefundInput(null, null, hold, null, null);
  }

  /** What a frozen account's ledger says. */
  public static RefundInput examined(AccountExamined examined) {
    return new RefundInput(null, null, null, examined, null);
  }

  /** An accepted report. */
  public static RefundInput claim(TraceClaim claim) {
    return new RefundInput(null, null, null, null, claim);
  }
}
