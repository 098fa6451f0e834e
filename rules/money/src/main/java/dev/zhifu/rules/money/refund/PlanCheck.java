package dev.zhifu.rules.money.refund;

import dev.zhifu.wire.AccountKind;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.RefundPlan;
import dev.zhifu.wire.RefundShare;
import dev.zhifu.wire.RefundVictim;
import dev.zhifu.wire.RefundWay;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Holds an act about a refund against what the ledger of the trace says (返还规定 art. 8; the formula
 * and its rounding are our own derivation). One reading of it for the job, which decides, and the
 * desk, which offers. Fails closed: without a plan nothing is classified or prepared. The tables
 * judge the rest. Pure.
 */
public final class PlanCheck {
  private static final Map<String, RefundWay> FOUND =
      Map.of(
          "FOUND_SINGLE", RefundWay.SINGLE,
          "FOUND_BY_TIMESTAMP", RefundWay.TIMESTAMP,
          "FOUND_PRORATA", RefundWay.PRORATA);

  private PlanCheck() {}

  /**
   * Why an act is refused.
   *
   * @param event event of the refund's table
   * @param freezeId the freeze that it is paid out of
   * @param target the frozen account
   * @param plan newest plan of the freeze; null when there is none yet
   * @param shares the list that is prepared; not looked at for other events
   * @param frozenFen frozen on the account now, fen; 0 once the freeze has ended
   * @param frozenInCaseFen frozen in the whole case, fen
   * @return rule, values and way out; empty when it is not refused here
   */
  public static Optional<String> fault(
      String event,
      String freezeId,
      AccountRef target,
      RefundPlan plan,
      List<RefundShare> shares,
      long frozenFen,
      long frozenInCaseFen) {
    if (event.equals("OPENED")) {
      return pooled(target);
    }
    if (event.equals("FLOW_TABLE_BUILT")) {
      return obstacle(freezeId, plan);
    }
    if (FOUND.containsKey(event)) {
      return obstacle(freezeId, plan).or(() -> way(FOUND.get(event), plan));
    }
    if (event.equals("PREPARED")) {
      return obstacle(freezeId, plan)
          .or(() -> list(plan, shares))
          .or(() -> sums(plan, shares, frozenFen, frozenInCaseFen));
    }
    return Optional.empty();
  }

  /** Why money of this account can be no single victim's; empty when it can. */
  public static Optional<String> pooled(AccountRef account) {
    return account.getKind() == AccountKind.POOLED
        ? Optional.of(
            "NOT_POOLED: account "
                + account.getAccountToken()
                + " is a pooled settlement account; ask its institution for the account behind it")
        : Optional.empty();
  }

  private static Optional<String> obstacle(String freezeId, RefundPlan plan) {
    if (plan == null) {
      return Optional.of(
          "PLAN_KNOWN: the ledger of the account under freeze "
              + freezeId
              + " has not answered yet; wait for its record on refund.plans");
    }
    return plan.getObstacles().isEmpty()
        ? Optional.empty()
        : Optional.of(String.join("; ", plan.getObstacles()));
  }

  private static Optional<String> way(RefundWay found, RefundPlan plan) {
    return found == plan.getWay()
        ? Optional.empty()
        : Optional.of(
            "WAY_BY_LEDGER: the act finds "
                + found
                + ", the ledger "
                + plan.getWay()
                + " ("
                + plan.getExamined().getCredits()
                + " credits; "
                + String.join(
                    "; ",
                    plan.getVictims().stream()
                        .map(one -> one.getVictim() + " " + one.getWay() + " " + one.getWhy())
                        .toList())
                + "); classify as the ledger does");
  }

  /** Everybody whose money came, each once, with the figures of report and ledger. */
  private static Optional<String> list(RefundPlan plan, List<RefundShare> shares) {
    Map<String, RefundShare> listed = new HashMap<>();
    for (RefundShare share : shares) {
      if (listed.put(share.getVictim(), share) != null) {
        return Optional.of(
            "VICTIM_ONCE: " + share.getVictim() + " is listed twice; join the shares");
      }
    }
    for (RefundVictim victim : plan.getVictims()) {
      RefundShare share = listed.remove(victim.getVictim());
      if (share == null) {
        return Optional.of(
            "EVERY_VICTIM: "
                + victim.getTracedFen()
                + " fen of "
                + victim.getVictim()
                + " came into the account and the list leaves it out; list every victim of the plan");
      }
      if (share.getLossFen() != victim.getLossFen()
          || share.getTracedFen() != victim.getTracedFen()
          || share.getCompensationFen() < 0) {
        return Optional.of(
            "FIGURES_BY_LEDGER: "
                + victim.getVictim()
                + " is listed with a loss of "
                + share.getLossFen()
                + ", "
                + share.getTracedFen()
                + " traced and "
                + share.getCompensationFen()
                + " compensated; reports and ledger say "
                + victim.getLossFen()
                + " and "
                + victim.getTracedFen()
                + ", compensation is not below 0; correct the list");
      }
    }
    return listed.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "VICTIM_TRACED: no money of "
                + String.join(", ", listed.keySet())
                + " came into the account; refunds go to the victims of the plan alone");
  }

  private static Optional<String> sums(
      RefundPlan plan, List<RefundShare> shares, long frozenFen, long frozenInCaseFen) {
    Map<String, Long> asked = new TreeMap<>();
    Map<String, Long> compensation = new HashMap<>();
    for (RefundShare share : shares) {
      asked.put(share.getVictim(), share.getRefundFen());
      compensation.put(share.getVictim(), share.getCompensationFen());
    }
    List<String> right = new ArrayList<>();
    for (RatioMode mode : RatioMode.values()) {
      Optional<Map<String, Long>> due =
          PlanSums.due(plan, mode, compensation, frozenFen, frozenInCaseFen);
      if (due.isPresent() && due.get().equals(asked)) {
        return Optional.empty();
      }
      right.add(mode + " " + due.map(Map::toString).orElse("none: more than is frozen"));
    }
    return Optional.of(
        "SUMS_BY_LEDGER: the sums are "
            + asked
            + " fen, by the ledger they must be "
            + String.join(" or ", right)
            + "; correct them");
  }
}
