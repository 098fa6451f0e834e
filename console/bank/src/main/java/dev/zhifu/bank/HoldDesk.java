package dev.zhifu.bank;

import dev.zhifu.ingress.AccountOpener;
import dev.zhifu.ingress.ClearAccount;
import dev.zhifu.schemas.crypto.CryptoException;
import dev.zhifu.wire.HoldAction;
import dev.zhifu.wire.HoldResult;
import dev.zhifu.wire.RiskHold;
import dev.zhifu.wire.RiskHoldOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Handles risk holds: the highest message of a hold counts, one that comes twice gets its answer
 * again, and an older one that comes late is answered with how the hold stands now.
 */
final class HoldDesk {
  private static final Duration LONGEST = Duration.ofHours(24);

  private final String bank;
  private final BankCore core;
  private final AccountOpener opener;
  private final BankLedger ledger;
  private final Map<String, Instant> inForce;

  HoldDesk(BankSettings settings, BankCore core, AccountOpener opener, BankLedger ledger) {
    this.bank = settings.bank();
    this.core = core;
    this.opener = opener;
    this.ledger = ledger;
    this.inForce = ledger.holdsInForce();
  }

  RiskHoldOutcome handle(RiskHold hold) {
    Optional<HoldRecord> before = ledger.holdOf(hold.getHoldId());
    if (before.isPresent() && before.get().sequence() >= hold.getSequence()) {
      return before.get().outcome();
    }
    RiskHoldOutcome outcome = hold.getAction() == HoldAction.PLACE ? place(hold) : lift(hold);
    writeDown(new HoldRecord(hold.getSequence(), hold.getEndsAt(), outcome));
    return outcome;
  }

  /**
   * Lifts the holds whose time is over and says so. They are written down by {@link #settle} once
   * the answers are safe; until then the next call says the same again.
   */
  List<RiskHoldOutcome> ended() {
    if (inForce.isEmpty()) {
      return List.of();
    }
    Instant now = core.now();
    List<RiskHoldOutcome> ended = new ArrayList<>();
    inForce.forEach(
        (holdId, endsAt) -> {
          if (!now.isBefore(endsAt)) {
            core.liftHold(holdId);
            ended.add(answer(holdId, HoldResult.EXPIRED, 0, "its time is over"));
          }
        });
    return ended;
  }

  /** Writes down that these ended and that it was answered. */
  void settle(List<RiskHoldOutcome> ended) {
    for (RiskHoldOutcome outcome : ended) {
      HoldRecord record = ledger.holdOf(outcome.getHoldId()).orElseThrow();
      writeDown(new HoldRecord(record.sequence(), record.endsAt(), outcome));
    }
  }

  private void writeDown(HoldRecord record) {
    String holdId = record.outcome().getHoldId();
    ledger.hold(record);
    if (record.inForce()) {
      inForce.put(holdId, record.endsAt());
    } else {
      inForce.remove(holdId);
    }
  }

  private RiskHoldOutcome place(RiskHold hold) {
    Optional<String> fault = faultOf(hold);
    if (fault.isPresent()) {
      return answer(hold.getHoldId(), HoldResult.DECLINED, 0, fault.get());
    }
    if (!core.now().isBefore(hold.getEndsAt())) {
      return answer(hold.getHoldId(), HoldResult.EXPIRED, 0, "it came after its end");
    }
    return open(hold)
        .map(named -> place(hold, named))
        .orElseGet(
            () ->
                answer(
                    hold.getHoldId(), HoldResult.DECLINED, 0, "the ciphertext does not open here"));
  }

  private RiskHoldOutcome place(RiskHold hold, ClearAccount named) {
    if (core.account(named.number()).isEmpty()) {
      return answer(hold.getHoldId(), HoldResult.DECLINED, 0, "this bank has no such account");
    }
    OptionalLong held =
        core.placeHold(
            new HoldCommand(
                hold.getHoldId(),
                named.number(),
                hold.getBankTransactionId(),
                hold.getAmountFen(),
                hold.getEndsAt()));
    return held.isPresent()
        ? answer(hold.getHoldId(), HoldResult.APPLIED, held.getAsLong(), "")
        : answer(hold.getHoldId(), HoldResult.DECLINED, 0, "the bank decided against it");
  }

  private RiskHoldOutcome lift(RiskHold hold) {
    boolean lifted = core.liftHold(hold.getHoldId());
    return answer(
        hold.getHoldId(), HoldResult.RELEASED, 0, lifted ? "" : "no such hold was in force");
  }

  private Optional<String> faultOf(RiskHold hold) {
    if (!hold.getBank().equals(bank)) {
      return Optional.of("addressed to bank " + hold.getBank());
    }
    Instant latest = hold.getOccurredAt().plus(LONGEST);
    if (hold.getEndsAt().isAfter(latest)) {
      return Optional.of("it would last longer than 24 h, until " + hold.getEndsAt());
    }
    return Optional.empty();
  }

  private Optional<ClearAccount> open(RiskHold hold) {
    if (hold.getAccount().getCipher() == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          opener.open(hold.getAccount().getCipher(), hold.getAccount().getAccountToken()));
    } catch (CryptoException e) {
      return Optional.empty();
    }
  }

  private RiskHoldOutcome answer(String holdId, HoldResult result, long heldFen, String remark) {
    return RiskHoldOutcome.newBuilder()
        .setHoldId(holdId)
        .setBank(bank)
        .setResult(result)
        .setHeldFen(heldFen)
        .setAt(core.now())
        .setRemark(remark)
        .build();
  }
}
