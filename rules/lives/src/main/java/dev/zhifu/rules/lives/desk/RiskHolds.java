package dev.zhifu.rules.lives.desk;

import dev.zhifu.rules.lives.Role;
import dev.zhifu.rules.lives.appeal.AppealState;
import dev.zhifu.rules.lives.appeal.AppealTable;
import dev.zhifu.rules.lives.holds.RiskHoldEvent;
import dev.zhifu.rules.lives.holds.RiskHoldState;
import dev.zhifu.rules.lives.holds.RiskHoldTable;
import dev.zhifu.wire.AppealDetail;
import dev.zhifu.wire.ChannelAnswer;
import dev.zhifu.wire.HoldAction;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.OrderChannel;
import dev.zhifu.wire.RiskHold;
import dev.zhifu.wire.RiskHoldDetail;
import dev.zhifu.wire.RiskHoldOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Plays the lives of risk holds from detection's messages and the banks' answers. A hold belongs to
 * no case: it has a file of its own under its own id, in which the appeals against it lie, and
 * which is forgotten when all is over (ADR-0145).
 */
public final class RiskHolds {

  /**
   * How long the file of a hold outlives its end and its newest transition: longer than what was
   * written takes to be read back.
   */
  public static final Duration KEPT = Duration.ofHours(1);

  private RiskHolds() {}

  /**
   * Takes a message of detection. A request whose end is past by {@link #KEPT} is old news, and so
   * is a lift of a hold that is over.
   */
  public static void asked(
      LifeDesk lives, CaseFile file, RiskHold hold, Instant now, DeskOutput output) {
    LifeTransition known = file.get(hold.getHoldId());
    String cause = "hold:" + hold.getHoldId() + ":" + hold.getSequence();
    if (hold.getAction() == HoldAction.LIFT) {
      if (live(known)) {
        lives.take(
            file,
            LifeKind.RISK_HOLD,
            hold.getHoldId(),
            Happening.message(
                    RiskHoldEvent.LIFT_ASKED.name(), Role.ENGINE, hold.getOccurredAt(), cause, null)
                .with(hold.getReasonCode().name(), null),
            now,
            output);
      }
    } else if (known == null && now.isBefore(hold.getEndsAt().plus(KEPT))) {
      lives.take(
          file,
          LifeKind.RISK_HOLD,
          hold.getHoldId(),
          Happening.message(
                  RiskHoldEvent.ASKED.name(),
                  Role.ENGINE,
                  hold.getOccurredAt(),
                  cause,
                  detail(hold))
              .with(hold.getReasonCode().name(), null),
          now,
          output);
    }
  }

  /**
   * Takes a bank's answer; one to a hold that is over changes nothing.
   *
   * @return false when the hold is not known: its request may be read later
   */
  public static boolean answered(
      LifeDesk lives, CaseFile file, RiskHoldOutcome outcome, Instant now, DeskOutput output) {
    LifeTransition known = file.get(outcome.getHoldId());
    if (live(known)) {
      lives.take(
          file,
          LifeKind.RISK_HOLD,
          outcome.getHoldId(),
          Happening.of(answer(file, outcome)),
          now,
          output);
    }
    return known != null;
  }

  /**
   * When the file of a hold may be forgotten; empty for the file of a case, for one with a hold in
   * force or an open appeal, and for an empty one.
   */
  public static Optional<Instant> forgottenAt(CaseFile file) {
    if (file.size() == 0 || !file.all().stream().allMatch(RiskHolds::ofHold)) {
      return Optional.empty();
    }
    boolean open =
        file.all().stream()
            .anyMatch(
                life ->
                    life.getKind() == LifeKind.RISK_HOLD
                        ? live(life)
                        : AppealTable.OPEN.contains(AppealState.valueOf(life.getState())));
    return open
        ? Optional.empty()
        : file.all().stream().map(life -> newest(life).plus(KEPT)).max(Instant::compareTo);
  }

  private static Instant newest(LifeTransition life) {
    return life.getDetail() instanceof RiskHoldDetail held
            && held.getEndsAt().isAfter(life.getTickAt())
        ? held.getEndsAt()
        : life.getTickAt();
  }

  private static boolean ofHold(LifeTransition life) {
    return life.getKind() == LifeKind.RISK_HOLD
        || life.getDetail() instanceof AppealDetail appeal
            && appeal.getRestriction() == LifeKind.RISK_HOLD;
  }

  private static boolean live(LifeTransition life) {
    return life != null
        && life.getKind() == LifeKind.RISK_HOLD
        && RiskHoldTable.LIVE.contains(RiskHoldState.valueOf(life.getState()));
  }

  private static RiskHoldDetail detail(RiskHold hold) {
    String holder = hold.getAccount().getHolderToken();
    return RiskHoldDetail.newBuilder()
        .setAccountToken(hold.getAccount().getAccountToken())
        .setHolder(holder == null ? "" : holder)
        .setBank(hold.getBank())
        .setAmountFen(hold.getAmountFen())
        .setReasonCode(hold.getReasonCode())
        .setAskedAt(hold.getOccurredAt())
        .setEndsAt(hold.getEndsAt())
        .setNoticeId(hold.getNoticeId())
        .build();
  }

  /** The bank's answer as the table hears it; the same answer twice is one. */
  private static ChannelAnswer answer(CaseFile file, RiskHoldOutcome outcome) {
    RiskHoldEvent event =
        switch (outcome.getResult()) {
          case APPLIED -> RiskHoldEvent.BANK_APPLIED;
          case DECLINED -> RiskHoldEvent.BANK_DECLINED;
          case RELEASED -> RiskHoldEvent.BANK_RELEASED;
          case EXPIRED -> RiskHoldEvent.BANK_ENDED;
        };
    return ChannelAnswer.newBuilder()
        .setAnswerId("outcome:" + outcome.getHoldId() + ":" + outcome.getResult())
        .setCode("")
        .setChannel(OrderChannel.DIRECT)
        .setKind(LifeKind.RISK_HOLD)
        .setObjectId(outcome.getHoldId())
        .setCaseId(file.caseId())
        .setApplicationId("")
        .setBank(outcome.getBank())
        .setEvent(event.name())
        .setAmountFen(outcome.getHeldFen())
        .setStartTime(event == RiskHoldEvent.BANK_APPLIED ? outcome.getAt() : null)
        .setAt(outcome.getAt())
        .setRemark(outcome.getRemark())
        .build();
  }
}
