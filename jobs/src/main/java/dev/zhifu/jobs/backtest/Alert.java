package dev.zhifu.jobs.backtest;

import dev.zhifu.wire.Evidence;
import dev.zhifu.wire.KeyKind;
import dev.zhifu.wire.RuleHit;
import java.util.List;

/**
 * One final hit as the figures count it.
 *
 * @param hitId id of the hit
 * @param rule rule id
 * @param account account it is about: its key, or the payee of its last transaction; null when it has none
 * @param eventIds events it stands on
 * @param atMs event time
 */
public record Alert(String hitId, String rule, String account, List<String> eventIds, long atMs) {

  static Alert of(RuleHit hit) {
    String account = null;
    if (hit.getKeyKind() == KeyKind.ACCOUNT) {
      account = hit.getKey();
    } else if (hit.getTransaction() != null && hit.getTransaction().getPayee() != null) {
      account = hit.getTransaction().getPayee().getAccountToken();
    }
    return new Alert(
        hit.getHitId(),
        hit.getRuleId(),
        account,
        hit.getEvidence().stream().map(Evidence::getEventId).toList(),
        hit.getOccurredAt().toEpochMilli());
  }
}
