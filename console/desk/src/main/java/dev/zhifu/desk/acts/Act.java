package dev.zhifu.desk.acts;

import dev.zhifu.wire.ActKind;
import dev.zhifu.wire.LifeKind;
import java.time.Instant;

/**
 * An act asked for at this desk.
 *
 * @param actId its id
 * @param groupId of acts asked for together; its own id when alone
 * @param kind what, for acts that detection hears; null for those that recovery alone hears
 * @param life whose life it is about, for acts that recovery hears; else null
 * @param event event of that life's table; null with {@code life}
 * @param objectId order, report or life it is about
 * @param caseId case it was asked for on; empty for a report
 * @param officerId who asked and signs
 * @param secondId second person; null while there is none
 * @param reason why
 * @param state where it stands
 * @param askedAt wall clock
 * @param sentAt wall clock; null before
 */
public record Act(
    String actId,
    String groupId,
    ActKind kind,
    LifeKind life,
    String event,
    String objectId,
    String caseId,
    String officerId,
    String secondId,
    String reason,
    ActState state,
    Instant askedAt,
    Instant sentAt) {

  /** True when recovery is to hear it. */
  public boolean aboutLife() {
    return life != null;
  }

  /** The same as it stands now. */
  Act in(ActState now) {
    return new Act(
        actId, groupId, kind, life, event, objectId, caseId, officerId, secondId, reason, now,
        askedAt, sentAt);
  }
}
