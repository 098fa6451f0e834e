package dev.zhifu.desk.rules;

import dev.zhifu.wire.PublicationStatus;
import java.time.Instant;

/**
 * A publication asked for here.
 *
 * @param status what it gives the version
 * @param askedBy who pressed
 * @param approverId who approved; null while nobody has, and where nobody need
 * @param state as it stands
 * @param effectiveFrom event time from which it counts; null before it is sent
 */
public record RuleAct(
    String actId,
    String ruleId,
    int version,
    PublicationStatus status,
    String document,
    String authorId,
    String askedBy,
    String approverId,
    String reason,
    State state,
    Instant askedAt,
    Instant effectiveFrom) {

  /** How far it has come. */
  public enum State {
    /** Waits for an approver. */
    ASKED,
    /** An approver refused it. */
    REFUSED,
    /** Signed and written to the topic; what came of it stands with the publication. */
    SENT,
    /** The topic or the key could not be reached. */
    NOT_SENT
  }
}
