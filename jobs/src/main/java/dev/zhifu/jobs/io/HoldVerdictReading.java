package dev.zhifu.jobs.io;

import dev.zhifu.jobs.score.AccountInput;
import dev.zhifu.jobs.score.LiftClock;
import dev.zhifu.jobs.score.Verdict;
import dev.zhifu.rules.lives.holds.RiskHoldEvent;
import dev.zhifu.schemas.wire.RegistrySettings;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.ReasonCode;
import dev.zhifu.wire.RiskHoldDetail;

/**
 * An upheld appeal against a risk hold, as recovery records it: a verdict for the account, which
 * lifts our holds on it and takes out of the score what stood against it until then (ADR-0076).
 */
public final class HoldVerdictReading extends RecordReading<LifeTransition, AccountInput> {
  private static final long serialVersionUID = 1L;

  /**
   * Reads the record of lives.
   *
   * @param registry where writers' schemas are looked up
   */
  public HoldVerdictReading(RegistrySettings registry) {
    super(registry, LifeTransition.class, HoldVerdictReading::verdict);
  }

  HoldVerdictReading(CodecSource codecs) {
    super(codecs, LifeTransition.class, HoldVerdictReading::verdict);
  }

  /** The verdict; null for every other transition. */
  static AccountInput verdict(LifeTransition life) {
    if (life.getKind() != LifeKind.RISK_HOLD
        || !life.getEvent().equals(RiskHoldEvent.APPEAL_UPHELD.name())
        || !(life.getDetail() instanceof RiskHoldDetail held)) {
      return null;
    }
    return AccountInput.of(
        new Verdict(
            held.getAccountToken(),
            life.getTickAt().toEpochMilli(),
            life.getAuthorisation(),
            ReasonCode.APPEAL_UPHELD),
        LiftClock.now());
  }
}
