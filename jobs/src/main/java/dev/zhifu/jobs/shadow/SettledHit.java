package dev.zhifu.jobs.shadow;

import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.RuleHit;

/**
 * What shadow statistics need of a final hit, without its evidence and features, since every final
 * hit goes to its subject. Public for Flink's serializer.
 *
 * @param subject whom the hit is about, with its kind, such as {@code holder:…}
 * @param hitId of the hit
 * @param version rule id, a colon and the version
 * @param shadow true when the version was in shadow
 * @param transaction source and id of the linking transaction; empty when there is none
 * @param amountFen of that transaction, fen; 0 when there is none
 * @param atMs event time
 */
public record SettledHit(
    String subject,
    String hitId,
    String version,
    boolean shadow,
    String transaction,
    long amountFen,
    long atMs) {

  /** Of a hit about that subject. */
  public static SettledHit of(String subject, RuleHit hit) {
    BankTransaction link = hit.getTransaction();
    return new SettledHit(
        subject,
        hit.getHitId(),
        hit.getRuleId() + ":" + hit.getRuleVersion(),
        hit.getShadow(),
        link == null ? "" : link.getSource() + ":" + link.getTransactionId(),
        link == null ? 0 : link.getAmountFen(),
        hit.getOccurredAt().toEpochMilli());
  }

  /** As the subject remembers it. */
  SubjectHit remembered() {
    return new SubjectHit(version, shadow, false, transaction, atMs);
  }
}
