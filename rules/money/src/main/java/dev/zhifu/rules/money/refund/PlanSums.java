package dev.zhifu.rules.money.refund;

import dev.zhifu.rules.money.refund.RefundRound.Standing;
import dev.zhifu.wire.RefundPlan;
import dev.zhifu.wire.RefundVictim;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the victims of a plan are due. One reading of it for the job and for the desk. Pure. */
public final class PlanSums {
  private PlanSums() {}

  /** What each victim received otherwise as the plan has it, fen by victim. */
  public static Map<String, Long> compensations(RefundPlan plan) {
    Map<String, Long> received = new HashMap<>();
    plan.getVictims().forEach(one -> received.put(one.getVictim(), one.getCompensationFen()));
    return received;
  }

  /**
   * What each victim of a plan is due.
   *
   * @param compensationFen received otherwise, by victim
   * @param frozenFen frozen on the account now
   * @param inCaseFen frozen in the whole case
   * @return fen by victim; empty when the sums cannot be worked out so
   */
  public static Optional<Map<String, Long>> due(
      RefundPlan plan,
      RatioMode mode,
      Map<String, Long> compensationFen,
      long frozenFen,
      long inCaseFen) {
    try {
      Map<String, Long> due = new TreeMap<>();
      RefundRound.allocate(frozenFen, inCaseFen, standings(plan, compensationFen), mode)
          .refunds()
          .forEach(refund -> due.put(refund.claim(), refund.fen()));
      return Optional.of(due);
    } catch (RefundException e) {
      return Optional.empty();
    }
  }

  /** The plan's victims as a round takes them, in the plan's order. */
  static List<Standing> standings(RefundPlan plan, Map<String, Long> compensationFen) {
    List<Standing> standings = new ArrayList<>();
    for (RefundVictim victim : plan.getVictims()) {
      standings.add(
          new Standing(
              victim.getVictim(),
              RefundClass.valueOf(victim.getWay().name()),
              victim.getLossFen(),
              victim.getTracedFen(),
              victim.getThereFen(),
              compensationFen.getOrDefault(victim.getVictim(), 0L),
              victim.getRefundedHereFen(),
              victim.getRefundedFen()));
    }
    return standings;
  }
}
