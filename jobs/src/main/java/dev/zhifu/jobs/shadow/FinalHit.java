package dev.zhifu.jobs.shadow;

import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.RuleHit;

/**
 * What shadow statistics need of a final hit, without its evidence and features, since every final
 * hit goes to its subject. Public for Flink's serializer.
 *
 * @param subject whom the hit is about, with its kind, such as {@code holder:…}
 * @param hitId of the hit
 * @param amountFen of the linking transaction, fen; 0 when there is none
 * @param remembered the hit as its subject remembers it
 */
public record FinalHit(String subject, String hitId, long amountFen, SubjectHit remembered) {

  /** Of a hit about that subject. */
  public static FinalHit of(String subject, RuleHit hit) {
    BankTransaction link = hit.getTransaction();
    return new FinalHit(
        subject,
        hit.getHitId(),
        link == null ? 0 : link.getAmountFen(),
        new SubjectHit(
            hit.getRuleId() + ":" + hit.getRuleVersion(),
            hit.getShadow(),
            false,
            link == null ? "" : link.getSource() + ":" + link.getTransactionId(),
            hit.getOccurredAt().toEpochMilli()));
  }
}
