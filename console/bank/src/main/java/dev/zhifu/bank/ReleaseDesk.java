package dev.zhifu.bank;

import dev.zhifu.bank.ReleaseAnswer.Result;
import dev.zhifu.schemas.crypto.SignatureCheck;
import dev.zhifu.schemas.crypto.Signatures;
import dev.zhifu.schemas.events.EventIds;
import dev.zhifu.wire.ActKind;
import dev.zhifu.wire.OfficerAct;
import dev.zhifu.wire.ReceiptResult;
import dev.zhifu.wire.StopPaymentReceipt;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Handles releases: verify, compare with the order executed, lift, write down, answer. */
final class ReleaseDesk {
  private static final Set<ActKind> RELEASES = EnumSet.of(ActKind.RELEASE, ActKind.UPHOLD_APPEAL);
  private static final Set<ReceiptResult> STOPPED =
      EnumSet.of(ReceiptResult.STOPPED, ReceiptResult.STOPPED_ZERO);

  private final BankCore core;
  private final Signatures signatures;
  private final BankLedger ledger;

  ReleaseDesk(BankSettings settings, BankCore core, BankLedger ledger) {
    this.core = core;
    this.signatures = new Signatures(settings.directory(), settings.environment());
    this.ledger = ledger;
  }

  ReleaseAnswer handle(StopRelease release) {
    OfficerAct act = release.act();
    Instant now = core.now();
    // By the signed bytes alone: a forged copy under the id of a good act is another thing.
    SignatureCheck check = signatures.verify(act, act.getAt());
    if (!check.holds()) {
      ReleaseAnswer refused = answer(release, Result.BAD_SIGNATURE, now, check.sentence());
      ledger.untrusted(refused);
      return refused;
    }
    Optional<ReleaseAnswer> before = ledger.releaseBy(act.getActId());
    if (before.isPresent()) {
      return before.get();
    }
    ReleaseAnswer answer = decide(release, now);
    ledger.release(answer);
    return answer;
  }

  private ReleaseAnswer decide(StopRelease release, Instant now) {
    OfficerAct act = release.act();
    if (!RELEASES.contains(act.getKind())) {
      return answer(release, Result.BAD_AUTHORISATION, now, "act " + act.getKind());
    }
    if (!act.getObjectId().equals(release.orderId())) {
      return answer(
          release, Result.BAD_AUTHORISATION, now, "the act is about " + act.getObjectId());
    }
    Optional<StopPaymentReceipt> receipt =
        ledger.receiptOf(release.orderId()).filter(one -> STOPPED.contains(one.getResult()));
    if (receipt.isEmpty()) {
      return answer(release, Result.NOT_STOPPED, now, "");
    }
    if (act.getAccountToken() != null
        && !Objects.equals(act.getAccountToken(), receipt.get().getAccountToken())) {
      return answer(release, Result.BAD_AUTHORISATION, now, "the act is about another account");
    }
    boolean lifted = core.liftStop(release.orderId());
    // An extension is an order of its own: whoever lifts the stop lifts both.
    lifted |= core.liftStop(EventIds.extensionId(release.orderId()));
    return answer(release, lifted ? Result.LIFTED : Result.ALREADY_ENDED, now, "");
  }

  private static ReleaseAnswer answer(
      StopRelease release, Result result, Instant at, String remark) {
    return new ReleaseAnswer(
        release.orderId(), release.applicationId(), release.act().getActId(), result, at, remark);
  }
}
