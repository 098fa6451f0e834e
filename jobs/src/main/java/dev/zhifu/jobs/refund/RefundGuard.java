package dev.zhifu.jobs.refund;

import dev.zhifu.rules.lives.desk.CaseFile;
import dev.zhifu.rules.money.refund.PlanCheck;
import dev.zhifu.wire.FreezeDetail;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.RefundDetail;
import dev.zhifu.wire.RefundPlan;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Holds an officer's act about a refund against the plan of its freeze ({@link PlanCheck}). */
public final class RefundGuard {
  private RefundGuard() {}

  /**
   * Why an act is refused.
   *
   * @param file lives of the case
   * @param plans newest plan of each freeze of the case
   * @param refundId the refund case
   * @param event event of its table
   * @param told what the act says; null when it says nothing
   * @return rule, values and way out; empty when it is not refused here
   */
  public static Optional<String> fault(
      CaseFile file,
      Map<String, RefundPlan> plans,
      String refundId,
      String event,
      RefundDetail told) {
    LifeTransition life = file.get(refundId);
    RefundDetail held = life == null ? told : (RefundDetail) life.getDetail();
    LifeTransition freeze = held == null ? null : file.get(held.getFreezeId());
    if (freeze == null || freeze.getKind() != LifeKind.FREEZE) {
      // The tables refuse it: there is nothing that is frozen.
      return Optional.empty();
    }
    return PlanCheck.fault(
            event,
            held.getFreezeId(),
            ((FreezeDetail) freeze.getDetail()).getTarget(),
            plans.get(held.getFreezeId()),
            told == null || told.getShares().isEmpty() ? held.getShares() : told.getShares(),
            RefundPlans.frozenFen(freeze),
            file.all(LifeKind.FREEZE).stream()
                .filter(Objects::nonNull)
                .mapToLong(RefundPlans::frozenFen)
                .sum())
        .map(why -> "refund " + refundId + ", " + event + ", is refused: " + why);
  }
}
