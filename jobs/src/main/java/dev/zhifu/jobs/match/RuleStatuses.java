package dev.zhifu.jobs.match;

import dev.zhifu.rules.language.Rule;
import dev.zhifu.wire.RulePublication;
import dev.zhifu.wire.RuleStatus;
import dev.zhifu.wire.RuleStatusKind;
import java.time.Instant;
import java.util.List;

/** Makes one subtask's answers. */
final class RuleStatuses {
  private static final long LATEST_SHOWN_MS = 253_402_300_799_999L; // the end of the year 9999

  private final int subtask;
  private final int subtasks;

  RuleStatuses(int subtask, int subtasks) {
    this.subtask = subtask;
    this.subtasks = subtasks;
  }

  /** The answer to one publication. */
  RuleStatus of(
      RulePublication publication, String position, Publications.Answer answer, long watermarkMs) {
    RuleStatus status =
        of(
            publication.getRuleId(),
            publication.getVersion(),
            answer.kind(),
            answer.reason(),
            watermarkMs);
    status.setEffectiveFrom(publication.getEffectiveFrom());
    status.setPublicationStatus(publication.getStatus());
    status.setPosition(position);
    return status;
  }

  /** What befell a rule version at work. */
  RuleStatus of(Rule rule, RuleStatusKind kind, String reason, long watermarkMs) {
    return of(rule.id(), rule.version(), kind, reason, watermarkMs);
  }

  private RuleStatus of(
      String ruleId, int version, RuleStatusKind kind, String reason, long watermarkMs) {
    return RuleStatus.newBuilder()
        .setRuleId(ruleId)
        .setVersion(version)
        .setStatus(kind)
        .setSubtask(subtask)
        .setWatermark(Instant.ofEpochMilli(Math.min(Math.max(watermarkMs, 0), LATEST_SHOWN_MS)))
        .setReason(reason)
        .setFaults(List.of())
        .setSubtasks(subtasks)
        .build();
  }
}
