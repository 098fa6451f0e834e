package dev.zhifu.desk.acts;

import dev.zhifu.wire.ActKind;
import java.time.Instant;

/**
 * An act asked for at this desk.
 *
 * @param actId its id
 * @param groupId of acts asked for together; its own id when alone
 * @param kind what
 * @param objectId order or report it is about
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
    String objectId,
    String caseId,
    String officerId,
    String secondId,
    String reason,
    ActState state,
    Instant askedAt,
    Instant sentAt) {}
