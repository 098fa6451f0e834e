package dev.zhifu.stack.demo;

import dev.zhifu.schemas.events.EventIds;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.HoldAction;
import dev.zhifu.wire.RiskHold;
import dev.zhifu.wire.RuleHit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Risk holds that were taken back: how many, why, and the time from the retraction that took the
 * ground away to the lift, both by the broker's time stamps (ADR-0076). Topics are read in no order
 * among each other, so that all is put together at the end.
 */
final class HoldLifts {
  private final Map<String, List<String>> holdsOfHit = new HashMap<>();
  private final Map<String, Long> retractedMs = new HashMap<>();
  private final Map<String, Lift> lifted = new HashMap<>();

  private record Lift(String reason, long appendedMs) {}

  /** A revision of a hit. */
  void hit(RuleHit hit, long appendedMs) {
    if (hit.getTransaction() != null) {
      holdsOfHit.putIfAbsent(hit.getHitId(), holds(hit.getTransaction()));
    }
    if (!hit.getHolds()) {
      retractedMs.merge(hit.getHitId(), appendedMs, Math::min);
    }
  }

  /** The holds that a hit on a transaction can be the ground of: one on either account. */
  private static List<String> holds(BankTransaction transaction) {
    List<String> holds = new ArrayList<>();
    String payment = transaction.getSource() + ":" + transaction.getTransactionId();
    for (AccountRef account : new AccountRef[] {transaction.getPayer(), transaction.getPayee()}) {
      if (account != null) {
        holds.add(EventIds.holdId(payment, account.getAccountToken()));
      }
    }
    return holds;
  }

  /** A hold message. */
  void hold(RiskHold hold, long appendedMs) {
    if (hold.getAction() == HoldAction.LIFT) {
      lifted.putIfAbsent(
          hold.getHoldId(), new Lift(String.valueOf(hold.getReasonCode()), appendedMs));
    }
  }

  /** {@code byReason}, and {@code afterRetractionMs} of those that followed a retraction. */
  Map<String, Object> json() {
    Map<String, Long> newest = new HashMap<>();
    retractedMs.forEach(
        (hit, at) ->
            holdsOfHit
                .getOrDefault(hit, List.of())
                .forEach(hold -> newest.merge(hold, at, Math::max)));
    Map<String, Integer> byReason = new TreeMap<>();
    Latencies after = new Latencies();
    lifted.forEach(
        (hold, lift) -> {
          byReason.merge(lift.reason(), 1, Integer::sum);
          Long retracted = newest.get(hold);
          if (retracted != null) {
            after.add(lift.appendedMs() - retracted);
          }
        });
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("byReason", byReason);
    json.put("afterRetractionMs", after.quantiles());
    return json;
  }
}
