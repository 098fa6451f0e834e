package dev.zhifu.jobs.backtest;

import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.Evidence;
import dev.zhifu.wire.KeyKind;
import dev.zhifu.wire.RuleHit;
import java.util.List;

/**
 * One final hit, or one case at the tier of an action, as the figures count it.
 *
 * @param hitId id of the hit, or of the case: alerts of one id count once
 * @param rule rule id; empty of a case
 * @param account account it judges: its key, or the payee of its last transaction, or the payer of
 *     cash or on a device; null when there is none
 * @param number number it judges: its key; null when it is keyed otherwise
 * @param eventIds events it stands on
 * @param atMs event time
 * @param transaction event id of the transaction that it links; null without one
 * @param amountFen its amount, fen; 0 without one
 */
record Alert(
    String hitId,
    String rule,
    String account,
    String number,
    List<String> eventIds,
    long atMs,
    String transaction,
    long amountFen) {

  /** A hit that links no transaction. */
  Alert(
      String hitId, String rule, String account, String number, List<String> eventIds, long atMs) {
    this(hitId, rule, account, number, eventIds, atMs, null, 0);
  }

  /**
   * A case.
   *
   * @param account which it judges; null for a holder's or number's case
   * @param number which it judges; null for another's case
   */
  static Alert ofCase(
      String caseId, String account, String number, List<String> eventIds, long atMs) {
    return new Alert(caseId, "", account, number, eventIds, atMs);
  }

  static Alert of(RuleHit hit) {
    return new Alert(
        hit.getHitId(),
        hit.getRuleId(),
        account(hit),
        hit.getKeyKind() == KeyKind.NUMBER ? hit.getKey() : null,
        hit.getEvidence().stream().map(Evidence::getEventId).toList(),
        hit.getOccurredAt().toEpochMilli(),
        hit.getTransaction() == null ? null : hit.getTransaction().getEventId(),
        hit.getTransaction() == null ? 0 : hit.getTransaction().getAmountFen());
  }

  private static String account(RuleHit hit) {
    if (hit.getKeyKind() == KeyKind.ACCOUNT) {
      return hit.getKey();
    }
    BankTransaction link = hit.getTransaction();
    if (link == null) {
      return null;
    }
    boolean payer = link.getPayee() == null || hit.getKeyKind() == KeyKind.DEVICE;
    AccountRef judged = payer ? link.getPayer() : link.getPayee();
    return judged == null ? null : judged.getAccountToken();
  }

  /**
   * Whom an investigator would look at: the account or number, or the hit itself when it names
   * none.
   */
  String subject() {
    if (account != null) {
      return account;
    }
    return number == null ? "hit " + hitId : "number " + number;
  }
}
