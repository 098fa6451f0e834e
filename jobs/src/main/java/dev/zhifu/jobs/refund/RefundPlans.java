package dev.zhifu.jobs.refund;

import dev.zhifu.rules.lives.freeze.FreezeState;
import dev.zhifu.rules.lives.freeze.FreezeTable;
import dev.zhifu.rules.money.refund.PlanCheck;
import dev.zhifu.rules.money.refund.PlanSums;
import dev.zhifu.rules.money.refund.RatioMode;
import dev.zhifu.wire.AccountExamined;
import dev.zhifu.wire.FreezeDetail;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.RefundFinding;
import dev.zhifu.wire.RefundPlan;
import dev.zhifu.wire.RefundVictim;
import dev.zhifu.wire.RefundWay;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What may be returned out of a freeze. Pure. */
final class RefundPlans {
  private RefundPlans() {}

  /**
   * What stands about a victim beside the ledger.
   *
   * @param lossFen whole loss over all claims
   * @param compensationFen received otherwise
   * @param refundedHereFen returned out of this account
   * @param refundedFen returned out of all
   */
  record Known(long lossFen, long compensationFen, long refundedHereFen, long refundedFen) {}

  /**
   * A plan, its revision 0.
   *
   * @param freeze newest transition of the freeze
   * @param inCaseFen frozen in its case
   * @param losses by claim; a claim that is not here is an obstacle
   * @param known by victim; each victim of {@code losses} is here
   */
  static RefundPlan plan(
      LifeTransition freeze,
      AccountExamined examined,
      long inCaseFen,
      Map<String, Loss> losses,
      Map<String, Known> known) {
    FreezeDetail detail = (FreezeDetail) freeze.getDetail();
    List<String> obstacles = new ArrayList<>();
    if (ended(freeze) || detail.getStartAt() == null) {
      obstacles.add(
          "FREEZE_IN_FORCE: freeze "
              + freeze.getObjectId()
              + " is "
              + freeze.getState()
              + "; only frozen money is returned");
    }
    PlanCheck.pooled(detail.getTarget()).ifPresent(obstacles::add);
    if (examined.getOverflowed()) {
      obstacles.add(
          "LEDGER_WHOLE: the ledger of account "
              + examined.getAccountToken()
              + " could not keep every movement; take the bank's statement and decide by hand");
    }
    if (examined.getFindings().isEmpty()) {
      obstacles.add(
          "MONEY_TRACED: no reported loss leads to account "
              + examined.getAccountToken()
              + " by its ledger; accept the victims' reports, or release it");
    }
    List<RefundVictim> victims = victims(examined, losses, known, obstacles);
    RefundPlan plan =
        RefundPlan.newBuilder()
            .setFreezeId(freeze.getObjectId())
            .setCaseId(freeze.getCaseId())
            .setAccount(detail.getTarget())
            .setFrozenFen(frozenFen(freeze))
            .setFrozenInCaseFen(inCaseFen)
            .setWay(way(victims))
            .setVictims(victims)
            .setObstacles(obstacles)
            .setExamined(examined)
            .setRevision(0)
            .build();
    Map<String, Long> none = PlanSums.compensations(plan);
    PlanSums.due(plan, RatioMode.NORMALISED, none, plan.getFrozenFen(), inCaseFen)
        .ifPresent(due -> victims.forEach(v -> v.setNormalisedFen(due.get(v.getVictim()))));
    PlanSums.due(plan, RatioMode.LITERAL, none, plan.getFrozenFen(), inCaseFen)
        .ifPresent(due -> victims.forEach(v -> v.setLiteralFen(due.get(v.getVictim()))));
    return plan;
  }

  /** Frozen now, fen; nothing once the freeze has ended. */
  static long frozenFen(LifeTransition freeze) {
    return ended(freeze) ? 0 : ((FreezeDetail) freeze.getDetail()).getFrozenFen();
  }

  /** Kept by the bank, fen: what stays frozen, and what it is to lift and has not. */
  static long keptFen(LifeTransition freeze) {
    return ended(freeze)
        ? 0
        : Math.addExact(frozenFen(freeze), ((FreezeDetail) freeze.getDetail()).getRestFen());
  }

  static boolean ended(LifeTransition freeze) {
    return FreezeTable.law().terminal(FreezeState.valueOf(freeze.getState()));
  }

  private static List<RefundVictim> victims(
      AccountExamined examined,
      Map<String, Loss> losses,
      Map<String, Known> known,
      List<String> obstacles) {
    Map<String, RefundVictim> victims = new TreeMap<>();
    for (RefundFinding finding : examined.getFindings()) {
      Loss loss = losses.get(finding.getClaim());
      if (loss == null) {
        obstacles.add(
            "CLAIM_KNOWN: claim "
                + finding.getClaim()
                + " has money on the account and its acceptance was not read; wait for it");
      } else {
        victims.merge(loss.victim(), first(loss.victim(), finding, known), RefundPlans::join);
      }
    }
    return new ArrayList<>(victims.values());
  }

  private static RefundVictim first(
      String victim, RefundFinding finding, Map<String, Known> known) {
    Known of = known.get(victim);
    return RefundVictim.newBuilder()
        .setVictim(victim)
        .setClaims(List.of(finding.getClaim()))
        .setWay(finding.getWay())
        .setWhy(finding.getWhy())
        .setLossFen(of.lossFen())
        .setTracedFen(finding.getTracedFen())
        .setThereFen(finding.getThereFen())
        .setRefundedHereFen(of.refundedHereFen())
        .setRefundedFen(of.refundedFen())
        .setCompensationFen(of.compensationFen())
        .build();
  }

  private static RefundVictim join(RefundVictim one, RefundVictim other) {
    RefundVictim hardest = one.getWay().compareTo(other.getWay()) >= 0 ? one : other;
    List<String> claims = new ArrayList<>(one.getClaims());
    claims.addAll(other.getClaims());
    return RefundVictim.newBuilder(one)
        .setClaims(claims)
        .setWay(hardest.getWay())
        .setWhy(hardest.getWhy())
        .setTracedFen(Math.addExact(one.getTracedFen(), other.getTracedFen()))
        .setThereFen(Math.addExact(one.getThereFen(), other.getThereFen()))
        .build();
  }

  /** Ways stand in the order of their difficulty; the hardest of the victims is the case's. */
  private static RefundWay way(List<RefundVictim> victims) {
    return victims.stream()
        .map(RefundVictim::getWay)
        .max(Enum::compareTo)
        .orElse(RefundWay.PRORATA);
  }
}
