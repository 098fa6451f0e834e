package dev.zhifu.jobs.orders;

import dev.zhifu.rules.lives.freeze.FreezeState;
import dev.zhifu.wire.FreezeDetail;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import java.util.Optional;

/**
 * What stop-orders has to know of a freeze, whose life recovery owns. Public for Flink's
 * serializer.
 *
 * @param freezeId the freeze
 * @param accountToken the account
 * @param caseId the case that it belongs to
 * @param sequence number of the transition that says so; the highest counts
 * @param phase how far it is
 * @param filed true when the case stood filed at that transition
 * @param startMs when the bank's freeze began, bank's clock, UTC milliseconds; 0 before
 */
public record FreezeWord(
    String freezeId,
    String accountToken,
    String caseId,
    long sequence,
    Phase phase,
    boolean filed,
    long startMs) {

  /** How far a freeze is. */
  public enum Phase {
    /** On its way to the bank (100201). */
    SENT,
    /** Waits behind another authority's (轮候): it holds nothing yet, and may not for months. */
    QUEUED,
    /** In force at the bank. */
    FROZEN,
    /** Refused, released or ended. */
    OVER
  }

  /**
   * What a transition of a freeze says; empty for one that has not left the house, and for other
   * lives.
   */
  public static Optional<FreezeWord> of(LifeTransition life) {
    if (life.getKind() != LifeKind.FREEZE || !(life.getDetail() instanceof FreezeDetail detail)) {
      return Optional.empty();
    }
    FreezeState state = FreezeState.valueOf(life.getState());
    boolean began = detail.getStartAt() != null;
    Phase phase =
        switch (state) {
          case DRAFT, LEGAL_REVIEW, APPROVED -> null;
          case SENT -> Phase.SENT;
          case QUEUED -> Phase.QUEUED;
          case ACTIVE, VERIFY_DUE, RENEW_REVIEW, RENEWED, PARTIAL -> Phase.FROZEN;
          case RELEASE_DUE -> began ? Phase.FROZEN : Phase.SENT;
          case RELEASED, EXPIRED, REJECTED -> Phase.OVER;
        };
    // A freeze is sent for a filed case alone (FreezeTable); a case that was dropped since makes
    // its
    // release due.
    boolean filed = state != FreezeState.RELEASE_DUE;
    return Optional.ofNullable(phase)
        .map(
            far ->
                new FreezeWord(
                    life.getObjectId(),
                    detail.getTarget().getAccountToken(),
                    life.getCaseId(),
                    life.getSequence(),
                    far,
                    filed,
                    began ? detail.getStartAt().toEpochMilli() : 0));
  }

  /** Id of the transition, as a cause. */
  String cause() {
    return "freeze:" + freezeId + ":" + sequence;
  }
}
