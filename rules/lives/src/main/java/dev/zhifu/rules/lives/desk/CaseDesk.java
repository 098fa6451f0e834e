package dev.zhifu.rules.lives.desk;

import dev.zhifu.rules.lives.Findings;
import dev.zhifu.rules.lives.LifeTable;
import dev.zhifu.rules.lives.calendar.LegalTerms;
import dev.zhifu.rules.lives.cases.CaseEffect;
import dev.zhifu.rules.lives.cases.CaseEvent;
import dev.zhifu.rules.lives.cases.CaseFact;
import dev.zhifu.rules.lives.cases.CaseTable;
import dev.zhifu.rules.lives.freeze.FreezeEvent;
import dev.zhifu.wire.CaseDetail;
import dev.zhifu.wire.CaseState;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The case itself. Its object id is the case id. */
final class CaseDesk extends Desk<CaseState, CaseEvent, CaseFact, CaseEffect> {

  private static final int TRIES = 2;

  /** Further reports that a case names; more are accepted and stand in their transitions alone. */
  static final int FURTHER_MAX = 1_000;

  /** Reminder visits after a victim was convinced; our own. */
  private static final List<Duration> REMINDERS = List.of(Duration.ofDays(1), Duration.ofDays(7));

  private final LifeDesk lives;

  CaseDesk(LifeTable<CaseState, CaseEvent, CaseFact, CaseEffect> table, LifeDesk lives) {
    super(LifeKind.CASE, table, CaseState.class, CaseEvent.class, CaseFact.class);
    this.lives = lives;
  }

  private static CaseDetail of(LifeTransition life) {
    return (CaseDetail) life.getDetail();
  }

  @Override
  Object opened(Turn turn, Happening happening) {
    return happening.detail() instanceof CaseDetail detail
        ? CaseDetail.newBuilder(detail).build()
        : null;
  }

  @Override
  void absorb(Turn turn, LifeTransition draft, CaseEvent event, Happening happening) {
    CaseDetail held = of(draft);
    if (event == CaseEvent.TRANSFERRED) {
      held.setReceivingBody(happening.reason().strip());
      held.setReceivedAt(null);
    } else if (event == CaseEvent.HANDED_OVER) {
      if (held.getReceivedAt() == null) {
        held.setReceivedAt(turn.now());
      }
    } else if (event == CaseEvent.FURTHER_REPORT_ACCEPTED) {
      further(held, happening);
    } else if (happening.detail() instanceof CaseDetail told) {
      held.setScore(Math.max(held.getScore(), told.getScore()));
      held.setReportId(told.getReportId() != null ? told.getReportId() : held.getReportId());
      held.setVictim(told.getVictim() != null ? told.getVictim() : held.getVictim());
      held.setReportedAt(
          told.getReportedAt() != null ? told.getReportedAt() : held.getReportedAt());
      held.setFirstAccount(
          told.getFirstAccount() != null ? told.getFirstAccount() : held.getFirstAccount());
      held.setTries(Math.max(held.getTries(), told.getTries()));
    }
  }

  /** Its first report and victim stay those of the case. */
  private static void further(CaseDetail held, Happening happening) {
    if (happening.detail() instanceof CaseDetail told
        && told.getReportId() != null
        && !told.getReportId().equals(held.getReportId())
        && !held.getFurtherReports().contains(told.getReportId())
        && held.getFurtherReports().size() < FURTHER_MAX) {
      List<String> reports = new ArrayList<>(held.getFurtherReports());
      reports.add(told.getReportId());
      held.setFurtherReports(reports);
    }
  }

  @Override
  void find(
      Turn turn,
      LifeTransition draft,
      CaseEvent event,
      Happening happening,
      Findings<CaseFact> findings) {
    CaseDetail held = of(draft);
    boolean said = !happening.reason().isBlank();
    findings
        .found(CaseFact.ACT_VERIFIED, happening.verified(), "act " + happening.cause())
        .found(CaseFact.VICTIM_KNOWN, held.getVictim() != null, held.getVictim())
        .found(CaseFact.OFFICER_NAMED, said, "named: " + happening.reason())
        .found(CaseFact.NOTE_WRITTEN, said, "note: " + happening.reason())
        .found(CaseFact.TRIED_TWICE, held.getTries() >= TRIES, held.getTries() + " tries")
        .found(CaseFact.FOLLOW_UP_SET, said, "follow-up: " + happening.reason())
        .found(
            CaseFact.FORM_AND_ID_COMPLETE,
            held.getReportId() != null
                && happening.names(CaseTable.FORM)
                && happening.names(CaseTable.IDENTITY),
            "report " + held.getReportId() + ", documents " + happening.documents())
        .found(CaseFact.FIRST_ACCOUNT_KNOWN, held.getFirstAccount() != null, held.getFirstAccount())
        .found(CaseFact.COUNTY_HEAD_APPROVED, happening.verified(), happening.role())
        .found(CaseFact.RECEIVING_BODY_NAMED, said, "receiving body: " + happening.reason());
    List<String> live = lives.liveObjects(turn.file());
    findings.found(CaseFact.NOTHING_LIVE, live.isEmpty(), "still live: " + live);
  }

  @Override
  void work(CaseEffect effect, Turn turn, LifeTransition draft, Happening happening) {
    switch (effect) {
      case START_ENTRY_CLOCK -> startEntryClock(turn, draft);
      case END_ENTRY_CLOCK -> Turn.end(draft, CaseEvent.ENTRY_OVERDUE.name());
      case START_TRANSFER_CLOCK ->
          Turn.start(
              draft, CaseEvent.TRANSFER_OVERDUE.name(), turn.now().plus(LegalTerms.TRANSFER));
      case END_TRANSFER_CLOCK -> Turn.end(draft, CaseEvent.TRANSFER_OVERDUE.name());
      case START_REMINDERS ->
          REMINDERS.forEach(
              after -> Turn.start(draft, CaseEvent.REMINDER_DUE.name(), turn.now().plus(after)));
      case CREATE_TASK ->
          turn.alarm("TASK", draft, "visit or call the likely victim", happening.cause());
      case ALARM_OVERDUE ->
          turn.alarm(
              "OVERDUE",
              draft,
              "case "
                  + draft.getCaseId()
                  + " in "
                  + draft.getState()
                  + ": "
                  + happening.event()
                  + (of(draft).getReceivingBody().isEmpty()
                      ? ""
                      : "; ask " + of(draft).getReceivingBody() + " for its receipt"),
              happening.cause());
      case HAND_OVER_ORDERS ->
          turn.alarm(
              "TASK",
              draft,
              "case "
                  + draft.getCaseId()
                  + " is handed to "
                  + of(draft).getReceivingBody()
                  + ": print the hand-over paper and have it confirmed; until then this office"
                  + " answers for what runs: "
                  + HandOver.inForce(turn.file()),
              happening.cause());
      case ESCALATE_VISIT ->
          turn.alarm(
              "TASK",
              draft,
              "not reached after " + of(draft).getTries() + " tries: visit with the grid worker",
              happening.cause());
      case LIFT_RISK_HOLDS ->
          turn.alarm(
              "LIFT_RISK_HOLDS",
              draft,
              "no fraud: lift every risk hold of case " + draft.getCaseId() + " at once",
              happening.cause());
      case TELL_REPORTER ->
          turn.alarm("TASK", draft, "tell the reporter: " + draft.getState(), happening.cause());
      case WARN_VICTIM, FEED_RULES, GIVE_RECEIPT, ALLOW_FREEZES, RELEASE_ALL_DUE, ARCHIVE -> {
        // Said by the transition itself; what follows on other lives stands in follow.
      }
    }
  }

  private static void startEntryClock(Turn turn, LifeTransition draft) {
    Instant reported = of(draft).getReportedAt() == null ? turn.now() : of(draft).getReportedAt();
    Turn.start(draft, CaseEvent.ENTRY_OVERDUE.name(), reported.plus(LegalTerms.ENTRY));
  }

  @Override
  void follow(Turn turn, LifeTransition done, CaseEvent event, Happening happening) {
    if (event == CaseEvent.NOT_FILED || event == CaseEvent.WITHDRAWN) {
      lives.everyFreeze(turn, FreezeEvent.CASE_DROPPED, happening, done.getState());
      lives.stopsFallDue(turn, happening, "the case is " + done.getState());
    }
  }
}
