package dev.zhifu.jobs.gate;

import dev.zhifu.wire.PublicationStatus;
import dev.zhifu.wire.RulePublication;

/**
 * What the gate keeps of one rule: enough to judge the next publication, whatever the number of
 * those before. Public for Flink's serializer.
 *
 * @param ruleId the rule
 * @param highestVersion highest version accepted, annulled ones included
 * @param highestSha256 SHA-256 of that version's text
 * @param version version of the newest publication that stands; 0 when none does
 * @param status what that publication gives
 * @param fromMs its effectiveFrom
 * @param beforeVersion version of the publication before it; 0 when there is none
 * @param beforeStatus what that one gives
 * @param beforeFromMs its effectiveFrom
 */
public record KnownRule(
    String ruleId,
    int highestVersion,
    String highestSha256,
    int version,
    PublicationStatus status,
    long fromMs,
    int beforeVersion,
    PublicationStatus beforeStatus,
    long beforeFromMs) {

  static KnownRule none(String ruleId) {
    PublicationStatus withdrawn = PublicationStatus.WITHDRAWN;
    return new KnownRule(ruleId, 0, "", 0, withdrawn, Long.MIN_VALUE, 0, withdrawn, Long.MIN_VALUE);
  }

  KnownRule next(RulePublication publication) {
    boolean higher = publication.getVersion() > highestVersion;
    return new KnownRule(
        ruleId,
        higher ? publication.getVersion() : highestVersion,
        higher ? publication.getDocumentSha256() : highestSha256,
        publication.getVersion(),
        publication.getStatus(),
        publication.getEffectiveFrom().toEpochMilli(),
        version,
        status,
        fromMs);
  }

  /** Without the newest publication; its version number stays used. */
  KnownRule annulled() {
    return new KnownRule(
        ruleId,
        highestVersion,
        highestSha256,
        beforeVersion,
        beforeStatus,
        beforeFromMs,
        0,
        PublicationStatus.WITHDRAWN,
        Long.MIN_VALUE);
  }

  boolean isInForce() {
    return version > 0 && status != PublicationStatus.WITHDRAWN;
  }
}
