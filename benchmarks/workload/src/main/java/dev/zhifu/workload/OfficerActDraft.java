package dev.zhifu.workload;

import dev.zhifu.wire.ActKind;
import dev.zhifu.wire.VictimReport;
import java.time.Instant;

/**
 * A decision of a duty officer before it is signed.
 *
 * @param actId unique id
 * @param kind what was decided
 * @param officerId who, {@code officer-1} …
 * @param role {@code DUTY_OFFICER}
 * @param at city time of the act
 * @param objectId report or order
 * @param accountToken account it is about, or null
 * @param reason why, a sentence
 * @param report the report accepted; set exactly for ACCEPT_REPORT
 */
public record OfficerActDraft(
    String actId,
    ActKind kind,
    String officerId,
    String role,
    Instant at,
    String objectId,
    String accountToken,
    String reason,
    VictimReport report) {}
