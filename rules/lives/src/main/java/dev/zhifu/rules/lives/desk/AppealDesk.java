package dev.zhifu.rules.lives.desk;

import dev.zhifu.rules.lives.Findings;
import dev.zhifu.rules.lives.LifeTable;
import dev.zhifu.rules.lives.Role;
import dev.zhifu.rules.lives.appeal.AppealEffect;
import dev.zhifu.rules.lives.appeal.AppealEvent;
import dev.zhifu.rules.lives.appeal.AppealFact;
import dev.zhifu.rules.lives.appeal.AppealState;
import dev.zhifu.rules.lives.calendar.LegalTerms;
import dev.zhifu.wire.AppealDetail;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Set;

/** Appeals against holds, orders and freezes (anti-fraud law art. 32). */
final class AppealDesk extends Desk<AppealState, AppealEvent, AppealFact, AppealEffect> {

  /** Why a restriction was wrong; the codes that stop-orders counts as wrong stops. */
  static final Set<String> CAUSES =
      Set.of("WRONG_ACCOUNT", "NAME_COLLISION", "BONA_FIDE", "MODEL_FP", "STALE_HOP");

  private final LifeDesk lives;

  AppealDesk(LifeTable<AppealState, AppealEvent, AppealFact, AppealEffect> table, LifeDesk lives) {
    super(LifeKind.APPEAL, table, AppealState.class, AppealEvent.class, AppealFact.class);
    this.lives = lives;
  }

  private static AppealDetail of(LifeTransition life) {
    return (AppealDetail) life.getDetail();
  }

  @Override
  Object opened(Turn turn, Happening happening) {
    if (!(happening.detail() instanceof AppealDetail told)) {
      return null;
    }
    AppealDetail fresh = AppealDetail.newBuilder(told).build();
    fresh.setDecidedAt(null);
    fresh.setErrorCause("");
    fresh.setRemedy("");
    return fresh;
  }

  @Override
  void absorb(Turn turn, LifeTransition draft, AppealEvent event, Happening happening) {
    AppealDetail held = of(draft);
    if (event == AppealEvent.CHECK_BEGUN && happening.detail() instanceof AppealDetail told) {
      held.setDecidingOfficer(told.getDecidingOfficer());
      held.setEvidence(new ArrayList<>(told.getEvidence()));
      held.setHarm(told.getHarm());
    }
    if (event == AppealEvent.UPHELD) {
      held.setErrorCause(happening.reason());
      held.setDecidedAt(turn.now());
    }
    if (event == AppealEvent.REJECTED) {
      held.setRemedy(happening.reason());
      held.setDecidedAt(turn.now());
    }
  }

  @Override
  void find(
      Turn turn,
      LifeTransition draft,
      AppealEvent event,
      Happening happening,
      Findings<AppealFact> findings) {
    AppealDetail held = of(draft);
    findings
        .found(AppealFact.ACT_VERIFIED, happening.verified(), "act " + happening.cause())
        .found(
            AppealFact.RESTRICTION_KNOWN,
            turn.file().get(held.getRestrictionId()) != null,
            held.getRestriction() + " " + held.getRestrictionId())
        .found(
            AppealFact.EVIDENCE_AND_HARM_ATTACHED,
            !held.getEvidence().isEmpty() && !held.getHarm().isBlank(),
            "evidence " + held.getEvidence() + ", harm '" + held.getHarm() + "'")
        .found(
            AppealFact.DECIDING_OFFICER_NAMED,
            !held.getDecidingOfficer().isBlank(),
            "officer '" + held.getDecidingOfficer() + "'")
        .found(
            AppealFact.CAUSE_GIVEN,
            CAUSES.contains(happening.reason()),
            "cause '" + happening.reason() + "'")
        .found(
            AppealFact.REASONS_AND_REMEDY_GIVEN,
            !happening.reason().isBlank(),
            "reasons '" + happening.reason() + "'")
        .found(AppealFact.TERM_OVER, happening.role() == Role.CLOCK, happening.cause());
  }

  @Override
  void work(AppealEffect effect, Turn turn, LifeTransition draft, Happening happening) {
    AppealDetail held = of(draft);
    switch (effect) {
      case START_ACCEPTANCE -> startAcceptance(turn, draft);
      case END_ACCEPTANCE -> Turn.end(draft, AppealEvent.ACCEPTANCE_LATE.name());
      case START_CHECK ->
          Turn.start(
              draft,
              AppealEvent.CHECK_LATE.name(),
              held.getSubmittedAt().plus(LegalTerms.APPEAL_CHECK));
      case END_CHECK -> Turn.end(draft, AppealEvent.CHECK_LATE.name());
      case TO_DECIDING_OFFICER ->
          turn.alarm(
              "APPEAL",
              draft,
              "officer "
                  + held.getDecidingOfficer()
                  + ": appeal against "
                  + held.getRestriction()
                  + " "
                  + held.getRestrictionId()
                  + "; evidence "
                  + held.getEvidence()
                  + "; harm: "
                  + held.getHarm(),
              happening.cause());
      case ALARM_OVERDUE ->
          turn.alarm(
              "OVERDUE",
              draft,
              "appeal "
                  + draft.getObjectId()
                  + " in "
                  + draft.getState()
                  + ": "
                  + happening.event(),
              happening.cause());
      case LIFT_AT_ONCE ->
          turn.alarm(
              "LIFT_AT_ONCE",
              draft,
              held.getRestriction()
                  + " "
                  + held.getRestrictionId()
                  + " was wrong ("
                  + happening.reason()
                  + "), lift it at once; "
                  + Duration.between(held.getSubmittedAt(), turn.now()).toMinutes()
                  + " min since the appeal",
              happening.cause());
      case COUNT_WRONG_STOP, FEED_RULES, TELL_HOLDER -> {
        // Said by the transition itself: its cause, its reasons.
      }
    }
  }

  private static void startAcceptance(Turn turn, LifeTransition draft) {
    Instant submitted = of(draft).getSubmittedAt();
    String complaint = turn.terms().knows(submitted, LegalTerms.APPEAL_DAYS);
    if (complaint != null) {
      turn.alarm("CALENDAR", draft, complaint, draft.getCause());
    }
    Turn.start(
        draft,
        AppealEvent.ACCEPTANCE_LATE.name(),
        turn.terms().workingDaysEndOrEarlier(submitted, LegalTerms.APPEAL_DAYS));
  }

  @Override
  void follow(Turn turn, LifeTransition done, AppealEvent event, Happening happening) {
    if (event == AppealEvent.UPHELD) {
      lives.lift(turn, of(done).getRestrictionId(), happening);
    }
  }
}
