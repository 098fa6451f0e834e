package dev.zhifu.jobs.orders;

import dev.zhifu.rules.lives.appeal.AppealEvent;
import dev.zhifu.wire.AppealDetail;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import java.util.Optional;

/**
 * An upheld appeal against a stop or against the freeze that replaced one, as recovery records it.
 * A stop that was converted has no life left here to release, yet it was wrong and counts as such
 * (art. 32). Public for Flink's serializer.
 *
 * @param restrictionId the order, or the freeze
 * @param frozen true when it is a freeze
 * @param accountToken the account
 * @param cause why it was wrong, as the deciding officer gave it
 * @param actId the act that upheld the appeal
 * @param atMs when that was, ticks, UTC milliseconds
 */
public record FoundWrong(
    String restrictionId,
    boolean frozen,
    String accountToken,
    String cause,
    String actId,
    long atMs) {

  /** What a transition says; empty for all but an upheld appeal against a stop or a freeze. */
  public static Optional<FoundWrong> of(LifeTransition life) {
    if (life.getKind() != LifeKind.APPEAL
        || !life.getEvent().equals(AppealEvent.UPHELD.name())
        || !(life.getDetail() instanceof AppealDetail detail)) {
      return Optional.empty();
    }
    boolean frozen = detail.getRestriction() == LifeKind.FREEZE;
    if (!frozen && detail.getRestriction() != LifeKind.STOP_ORDER) {
      return Optional.empty();
    }
    return Optional.of(
        new FoundWrong(
            detail.getRestrictionId(),
            frozen,
            detail.getAccountToken(),
            detail.getErrorCause(),
            life.getCause(),
            life.getTickAt().toEpochMilli()));
  }

  /** True when this is about the order, or about the freeze that last moved it. */
  boolean concerns(OrderLife life) {
    return frozen
        ? life.request().getCause().startsWith("freeze:" + restrictionId + ":")
        : life.orderId().equals(restrictionId);
  }
}
