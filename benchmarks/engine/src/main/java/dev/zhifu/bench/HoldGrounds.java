package dev.zhifu.bench;

import dev.zhifu.schemas.events.EventIds;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.ActionCode;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.Evidence;
import dev.zhifu.wire.FraudCase;
import dev.zhifu.wire.KeyKind;
import dev.zhifu.wire.RiskHold;
import dev.zhifu.wire.RuleFamily;
import dev.zhifu.wire.RuleHit;
import dev.zhifu.wire.ScoreShare;
import dev.zhifu.wire.SubjectKind;
import dev.zhifu.wire.TransferDecision;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The case behind each hold. A payment is held on the case of who pays or on that of the account it
 * touches, and then often without any hit on itself; a hit on the same payment would not tell.
 */
final class HoldGrounds {
  private final CaughtFindings findings;
  private final Set<String> settled = new HashSet<>();
  private final Map<String, RuleHit> byHoldId = new HashMap<>();
  private final Map<String, String> askingHolders = new HashMap<>();

  /**
   * A ground.
   *
   * @param subject whom the case is about; empty when none is known
   * @param rules whose case it is, and its rules
   * @param lasted false when the case stood on a hit that was retracted before it was final
   */
  record Ground(String subject, String rules, boolean lasted) {
    static final Ground UNKNOWN = new Ground("", "no case", true);
  }

  HoldGrounds(CaughtFindings findings) {
    this.findings = findings;
    findings.hits().forEach(hit -> settled.add(hit.getHitId()));
    for (RuleHit hit : findings.raised()) {
      BankTransaction payment = hit.getTransaction();
      if (payment != null && hit.getActions().contains(ActionCode.A3)) {
        index(hit, payment, payment.getPayee());
        index(hit, payment, payment.getPayer());
      }
      String holder = holder(hit);
      if (holder != null && hit.getActions().contains(ActionCode.A3)) {
        for (Evidence evidence : hit.getEvidence()) {
          askingHolders.put(evidence.getEventId() + "|" + holder, holder);
        }
      }
    }
  }

  private void index(RuleHit hit, BankTransaction payment, AccountRef side) {
    if (side != null) {
      byHoldId.putIfAbsent(
          EventIds.holdId(
              payment.getSource() + ":" + payment.getTransactionId(), side.getAccountToken()),
          hit);
    }
  }

  /** Of a hold on an account. */
  Ground of(RiskHold hold) {
    RuleHit hit = byHoldId.get(hold.getHoldId());
    if (hit == null) {
      return Ground.UNKNOWN;
    }
    long at = hold.getOccurredAt().toEpochMilli();
    String holder = holder(hit);
    return holder == null
        ? ground("account's", SubjectKind.ACCOUNT, hold.getAccount().getAccountToken(), at)
        : ground("payer's", SubjectKind.HOLDER, holder, at);
  }

  /** Of an answer HOLD. */
  Ground of(TransferDecision held) {
    CaughtFindings.Asked asked = findings.asked(held.getEventId());
    long at = held.getOccurredAt().toEpochMilli();
    String holder = asked.payerHolder();
    if (askingHolders.containsKey(held.getEventId() + "|" + holder)) {
      return ground("payer's", SubjectKind.HOLDER, holder, at);
    }
    Ground payee = ground("payee's", SubjectKind.ACCOUNT, asked.payeeAccount(), at);
    return payee == Ground.UNKNOWN
        ? ground("paying account's", SubjectKind.ACCOUNT, asked.payerAccount(), at)
        : payee;
  }

  private Ground ground(String whose, SubjectKind kind, String token, long atMs) {
    FraudCase asIs = null;
    for (FraudCase change : findings.reachedHold(kind, token)) {
      asIs = change.getOccurredAt().toEpochMilli() <= atMs ? change : asIs;
    }
    if (asIs == null) {
      return Ground.UNKNOWN;
    }
    Set<String> rules = new TreeSet<>();
    boolean lasted = true;
    for (ScoreShare share : asIs.getShares()) {
      rules.add(share.getRuleId());
      lasted &= settled.contains(share.getHitId()) || share.getRuleId().length() > 3;
    }
    return new Ground(kind + ":" + token, whose + " " + String.join("+", rules), lasted);
  }

  private static String holder(RuleHit hit) {
    if (!List.of(RuleFamily.V, RuleFamily.T).contains(hit.getFamily())) {
      return null;
    }
    if (hit.getKeyKind() == KeyKind.HOLDER) {
      return hit.getKey();
    }
    BankTransaction link = hit.getTransaction();
    return link == null || link.getPayer() == null ? null : link.getPayer().getHolderToken();
  }
}
