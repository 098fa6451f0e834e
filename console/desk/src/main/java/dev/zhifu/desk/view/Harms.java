package dev.zhifu.desk.view;

import dev.zhifu.desk.store.Store;
import dev.zhifu.desk.view.CaseView.Harm;
import dev.zhifu.wire.AccountKind;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.FreezeDetail;
import dev.zhifu.wire.GoodFaithSign;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.StopPaymentReceipt;
import dev.zhifu.wire.StopPaymentRequest;
import dev.zhifu.wire.TraceGround;
import dev.zhifu.wire.VictimHoldDetail;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What restrictions do to their holders and to others. That an account pays wages, or that wages
 * come in, the streams say; which wages are due when, none of them does: it is asked of the bank or
 * the holder, and an appeal's own statement says it.
 */
public final class Harms {
  private final Store store;

  /** Reads appeals from {@code store}. */
  public Harms(Store store) {
    this.store = store;
  }

  /** Harm as appeals against these restrictions state it, the oldest first, by restriction. */
  public Map<String, List<String>> stated(Collection<String> restrictionIds) {
    Map<String, List<String>> stated = new HashMap<>();
    if (!restrictionIds.isEmpty()) {
      store
          .rows(
              (row, context) -> Map.entry(row.getString("restriction_id"), row.getString("harm")),
              "select restriction_id, harm from own.appeal where restriction_id = any(?) order by"
                  + " lodged_at, appeal_id limit 500",
              (Object) restrictionIds.toArray(String[]::new))
          .forEach(
              one ->
                  stated
                      .computeIfAbsent(one.getKey(), unseen -> new ArrayList<>())
                      .add(one.getValue()));
    }
    return stated;
  }

  /**
   * Of a stop: the balance is the bank's answer, before it what the trace found on the account.
   * What the payee's bank said of the payment is the balance before the victim's money came, and so
   * no word on what is kept.
   */
  static Harm of(StopPaymentRequest order, StopPaymentReceipt receipt, List<String> stated) {
    Long balance =
        receipt != null && receipt.getBalanceBeforeFen() != null
            ? receipt.getBalanceBeforeFen()
            : found(order);
    boolean wages =
        order.getGrounds().stream()
            .anyMatch(ground -> ground.getGoodFaithSigns().contains(GoodFaithSign.WAGES));
    return new Harm(balance, order.getTracedFen(), payroll(order.getTarget(), wages), stated);
  }

  private static Long found(StopPaymentRequest order) {
    return order.getGrounds().stream()
        .filter(ground -> ground.getBalanceFen() != null)
        .max(Comparator.comparing(TraceGround::getArrivedAt))
        .map(TraceGround::getBalanceFen)
        .orElse(null);
  }

  /** Of the freezes and victim holds among these lives, by object. */
  public Map<String, Harm> of(List<LifeTransition> lives) {
    Map<String, List<String>> stated =
        stated(lives.stream().map(LifeTransition::getObjectId).toList());
    Map<String, Harm> harms = new HashMap<>();
    for (LifeTransition life : lives) {
      List<String> said = stated.getOrDefault(life.getObjectId(), List.of());
      if (life.getDetail() instanceof FreezeDetail freeze) {
        Long kept = freeze.getFrozenFen() > 0 ? freeze.getFrozenFen() : null;
        long traced =
            freeze.getVerifiedFen() == null ? freeze.getTracedFen() : freeze.getVerifiedFen();
        harms.put(
            life.getObjectId(), new Harm(kept, traced, payroll(freeze.getTarget(), false), said));
      } else if (life.getDetail() instanceof VictimHoldDetail hold) {
        harms.put(
            life.getObjectId(),
            new Harm(
                hold.getTarget().getBalanceBeforeFen(), 0, payroll(hold.getTarget(), false), said));
      }
    }
    return harms;
  }

  private static String payroll(AccountRef target, boolean wages) {
    return target.getKind() == AccountKind.PAYROLL ? "PAYROLL" : wages ? "WAGES" : "UNKNOWN";
  }
}
