package dev.zhifu.rules.lives.desk;

import dev.zhifu.rules.lives.Findings;
import dev.zhifu.rules.lives.LifeTable;
import dev.zhifu.rules.lives.calendar.LegalTerms;
import dev.zhifu.rules.lives.holds.RiskHoldEffect;
import dev.zhifu.rules.lives.holds.RiskHoldEvent;
import dev.zhifu.rules.lives.holds.RiskHoldFact;
import dev.zhifu.rules.lives.holds.RiskHoldState;
import dev.zhifu.wire.ChannelAnswer;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.RiskHoldDetail;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * Risk holds. Detection asks the bank, gives the notice and asks to lift; here the hold's life is
 * played from those messages and the bank's answers, so that an appeal can reach it.
 */
final class RiskHoldDesk extends Desk<RiskHoldState, RiskHoldEvent, RiskHoldFact, RiskHoldEffect> {

  private static final Set<String> LIFT_DECIDED =
      Set.of(RiskHoldEvent.LIFT_ASKED.name(), RiskHoldEvent.APPEAL_UPHELD.name());

  RiskHoldDesk(LifeTable<RiskHoldState, RiskHoldEvent, RiskHoldFact, RiskHoldEffect> table) {
    super(LifeKind.RISK_HOLD, table, RiskHoldState.class, RiskHoldEvent.class, RiskHoldFact.class);
  }

  private static RiskHoldDetail of(LifeTransition life) {
    return (RiskHoldDetail) life.getDetail();
  }

  @Override
  Object opened(Turn turn, Happening happening) {
    if (!(happening.detail() instanceof RiskHoldDetail told)) {
      return null;
    }
    RiskHoldDetail fresh = RiskHoldDetail.newBuilder(told).build();
    fresh.setHeldFen(0L);
    fresh.setAppliedAt(null);
    fresh.setReleasedAt(null);
    return fresh;
  }

  @Override
  void absorb(Turn turn, LifeTransition draft, RiskHoldEvent event, Happening happening) {
    ChannelAnswer answer = happening.answer();
    if (answer == null) {
      return;
    }
    if (event == RiskHoldEvent.BANK_APPLIED) {
      of(draft).setHeldFen(answer.getAmountFen());
      of(draft).setAppliedAt(answer.getAt());
    }
    if (event == RiskHoldEvent.BANK_RELEASED) {
      of(draft).setReleasedAt(answer.getAt());
    }
  }

  @Override
  void find(
      Turn turn,
      LifeTransition draft,
      RiskHoldEvent event,
      Happening happening,
      Findings<RiskHoldFact> findings) {
    RiskHoldDetail held = of(draft);
    Duration term = Duration.between(held.getAskedAt(), held.getEndsAt());
    ChannelAnswer answer = happening.answer();
    findings
        .found(RiskHoldFact.ACT_VERIFIED, happening.verified(), "act " + happening.cause())
        .found(
            RiskHoldFact.ENDS_WITHIN_24H,
            !term.isNegative() && term.compareTo(LegalTerms.RISK_HOLD) <= 0,
            "from " + held.getAskedAt() + " to " + held.getEndsAt())
        .found(
            RiskHoldFact.FIRST_ON_PAYMENT,
            turn.file().get(draft.getObjectId()) == null,
            "hold " + draft.getObjectId())
        .found(
            RiskHoldFact.NOTICE_MADE,
            !held.getNoticeId().isBlank(),
            "notice '" + held.getNoticeId() + "'")
        .found(
            RiskHoldFact.OWN_HOLD,
            answer != null && answer.getBank().equals(held.getBank()),
            "asked of "
                + held.getBank()
                + ", answered by "
                + (answer == null ? "?" : answer.getBank()))
        .found(
            RiskHoldFact.TERM_OVER,
            !turn.now().isBefore(held.getEndsAt()),
            "ends " + held.getEndsAt() + ", now " + turn.now());
  }

  @Override
  void work(RiskHoldEffect effect, Turn turn, LifeTransition draft, Happening happening) {
    RiskHoldDetail held = of(draft);
    switch (effect) {
      case START_TERM -> Turn.start(draft, RiskHoldEvent.TERM_ENDED.name(), held.getEndsAt());
      case END_TERM -> {
        Turn.end(draft, RiskHoldEvent.TERM_ENDED.name());
        timeLift(turn, draft, happening);
      }
      case END_NOTICE -> endNotice(turn, draft, happening);
      case ASK_BANK, GIVE_NOTICE, ASK_TO_LIFT -> {
        // Detection's own messages; after an upheld appeal it lifts when it reads this transition.
      }
    }
  }

  /**
   * What the bank lets go by itself was decided by nobody here: only what was asked for is timed.
   */
  private static void timeLift(Turn turn, LifeTransition draft, Happening happening) {
    LifeTransition before = turn.file().get(draft.getObjectId());
    if (happening.event().equals(RiskHoldEvent.BANK_RELEASED.name())
        && before != null
        && LIFT_DECIDED.contains(before.getEvent())) {
      turn.lifted(before, happening.answer().getChannel(), happening.answer().getAt());
    }
  }

  /** Said once: detection says it with its own word to lift, and what was said is not repeated. */
  private static void endNotice(Turn turn, LifeTransition draft, Happening happening) {
    boolean said =
        RiskHoldState.LIFTING.name().equals(draft.getFromState())
            || RiskHoldEvent.LIFT_ASKED.name().equals(happening.event());
    if (said) {
      return;
    }
    RiskHoldDetail held = of(draft);
    Instant until = turn.now().isBefore(held.getEndsAt()) ? turn.now() : held.getEndsAt();
    turn.output().notice(Papers.noticeOfEnd(draft.getObjectId(), held, until));
  }
}
