package dev.zhifu.jobs.refund;

import dev.zhifu.rules.lives.desk.CaseFile;
import dev.zhifu.rules.lives.refund.RefundEvent;
import dev.zhifu.rules.money.refund.RatioMode;
import dev.zhifu.wire.FreezeDetail;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.RefundDetail;
import dev.zhifu.wire.RefundPlan;
import dev.zhifu.wire.RefundShare;
import dev.zhifu.wire.RefundVictim;
import dev.zhifu.wire.RefundWay;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Holds an officer's act about a refund against what the ledger of the trace says (返还规定 art. 8; the
 * formula and its rounding are our own derivation). Fails closed: without a plan nothing is
 * classified or prepared. The tables judge the rest.
 */
public final class RefundGuard {
  private static final Map<String, RefundWay> FOUND =
      Map.of(
          RefundEvent.FOUND_SINGLE.name(), RefundWay.SINGLE,
          RefundEvent.FOUND_BY_TIMESTAMP.name(), RefundWay.TIMESTAMP,
          RefundEvent.FOUND_PRORATA.name(), RefundWay.PRORATA);

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
    RefundPlan plan = plans.get(held.getFreezeId());
    Optional<String> fault = Optional.empty();
    if (event.equals(RefundEvent.OPENED.name())) {
      fault = RefundPlans.pooled(((FreezeDetail) freeze.getDetail()).getTarget());
    } else if (event.equals(RefundEvent.FLOW_TABLE_BUILT.name())) {
      fault = obstacle(held, plan);
    } else if (FOUND.containsKey(event)) {
      fault = obstacle(held, plan).or(() -> way(FOUND.get(event), plan));
    } else if (event.equals(RefundEvent.PREPARED.name())) {
      List<RefundShare> shares =
          told == null || told.getShares().isEmpty() ? held.getShares() : told.getShares();
      fault = obstacle(held, plan).or(() -> list(plan, shares)).or(() -> sums(file, plan, shares));
    }
    return fault.map(why -> "refund " + refundId + ", " + event + ", is refused: " + why);
  }

  private static Optional<String> obstacle(RefundDetail held, RefundPlan plan) {
    if (plan == null) {
      return Optional.of(
          "PLAN_KNOWN: the ledger of the account under freeze "
              + held.getFreezeId()
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

  private static Optional<String> sums(CaseFile file, RefundPlan plan, List<RefundShare> shares) {
    Map<String, Long> asked = new TreeMap<>();
    Map<String, Long> compensation = new HashMap<>();
    for (RefundShare share : shares) {
      asked.put(share.getVictim(), share.getRefundFen());
      compensation.put(share.getVictim(), share.getCompensationFen());
    }
    long frozen = RefundPlans.frozenFen(file.get(plan.getFreezeId()));
    long inCase =
        file.all(LifeKind.FREEZE).stream()
            .filter(Objects::nonNull)
            .mapToLong(RefundPlans::frozenFen)
            .sum();
    List<String> right = new ArrayList<>();
    for (RatioMode mode : RatioMode.values()) {
      Optional<Map<String, Long>> due = RefundPlans.due(plan, mode, compensation, frozen, inCase);
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
