package dev.zhifu.jobs.recovery;

import dev.zhifu.jobs.refund.RefundGuard;
import dev.zhifu.jobs.settings.BankChannels;
import dev.zhifu.rules.lives.Role;
import dev.zhifu.rules.lives.calendar.LegalTerms;
import dev.zhifu.rules.lives.calendar.WorkCalendar;
import dev.zhifu.rules.lives.cases.CaseTable;
import dev.zhifu.rules.lives.desk.CaseFile;
import dev.zhifu.rules.lives.desk.DeskOutput;
import dev.zhifu.rules.lives.desk.HandOver;
import dev.zhifu.rules.lives.desk.Happening;
import dev.zhifu.rules.lives.desk.LifeDesk;
import dev.zhifu.rules.lives.desk.RiskHolds;
import dev.zhifu.schemas.crypto.Sha256;
import dev.zhifu.wire.CaseDetail;
import dev.zhifu.wire.CaseState;
import dev.zhifu.wire.FraudCase;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.OfficerAct;
import dev.zhifu.wire.RecoveryAct;
import dev.zhifu.wire.RecoveryAlarm;
import dev.zhifu.wire.RefundDetail;
import dev.zhifu.wire.RefundPlan;
import dev.zhifu.wire.ReportedTransfer;
import dev.zhifu.wire.SubjectKind;
import dev.zhifu.wire.VictimReport;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns what recovery reads into happenings of the lives. Without Flink. */
final class RecoveryDesk {

  private final LifeDesk lives = new LifeDesk(new LegalTerms(WorkCalendar.official()));
  private final RecoveryKeys keys;
  private final BankChannels banks;

  /**
   * @param banks how orders reach each
   */
  RecoveryDesk(RecoveryKeys keys, BankChannels banks) {
    this.keys = keys;
    this.banks = banks;
  }

  void take(CaseFile file, RecoveryInput input, Instant now, DeskOutput output) {
    take(file, Map.of(), input, now, output);
  }

  /**
   * @param plans newest plan of each freeze of the case
   */
  void take(
      CaseFile file,
      Map<String, RefundPlan> plans,
      RecoveryInput input,
      Instant now,
      DeskOutput output) {
    switch (input.kind()) {
      case RECORD -> lives.adopt(file, input.life(), now, output);
      case ACT -> act(file, plans, input.act(), now, output);
      case ANSWER ->
          lives.take(
              file,
              input.answer().getKind(),
              input.answer().getObjectId(),
              Happening.of(input.answer()),
              now,
              output);
      case CASE -> fraudCase(file, input.fraudCase(), now, output);
      case ACCEPTANCE -> accepted(file, input.officerAct(), now, output);
      case DISMISSAL -> caseAct(file, "NO_FRAUD_FOUND", input.officerAct(), null, "", now, output);
      case STOP ->
          lives
              .adopt(file, input.stop(), banks.of(input.stop().getTarget().getBank()), now, output)
              .ifPresent(output::transition);
      case HOLD -> RiskHolds.asked(lives, file, input.hold(), now, output);
      case OUTCOME -> RiskHolds.answered(lives, file, input.outcome(), now, output);
      case PLAN -> {
        // Nothing happens to a life by it; acts are held against it.
      }
    }
  }

  /** As {@link LifeDesk#catchUp}. */
  List<LifeTransition> catchUp(CaseFile file) {
    return lives.catchUp(file);
  }

  void ring(CaseFile file, Instant now, DeskOutput output) {
    lives.ring(file, now, output);
  }

  private void act(
      CaseFile file,
      Map<String, RefundPlan> plans,
      RecoveryAct act,
      Instant now,
      DeskOutput output) {
    Happening happening = Happening.of(act, keys.verifies(act));
    Optional<String> fault =
        happening != null && act.getKind() == LifeKind.REFUND
            ? RefundGuard.fault(
                file, plans, act.getObjectId(), act.getEvent(), (RefundDetail) happening.detail())
            : Optional.empty();
    if (fault.isPresent()) {
      output.alarm(
          new RecoveryAlarm(
              Sha256.hex(act.getObjectId() + "\nACT_REFUSED\n" + act.getActId()),
              "ACT_REFUSED",
              act.getKind(),
              act.getObjectId(),
              file.caseId(),
              fault.get(),
              act.getActId(),
              now));
    } else if (happening != null) {
      lives.take(file, act.getKind(), act.getObjectId(), happening, now, output);
    }
  }

  private void fraudCase(CaseFile file, FraudCase told, Instant now, DeskOutput output) {
    boolean holder = told.getSubjectKind() == SubjectKind.HOLDER;
    CaseDetail detail =
        CaseDetail.newBuilder()
            .setSubjectKind(told.getSubjectKind())
            .setSubject(told.getSubject())
            .setScore(told.getScore())
            .setVictim(holder ? told.getSubject() : null)
            .build();
    if (file.get(told.getCaseId()) == null) {
      lives.take(
          file,
          LifeKind.CASE,
          told.getCaseId(),
          Happening.message(
              holder ? "SCORE_REACHED" : "ACCOUNT_SUSPECTED",
              Role.ENGINE,
              told.getOccurredAt(),
              "case:" + told.getCaseId() + ":" + told.getSequence(),
              detail),
          now,
          output);
    }
  }

  /** One signed act says that the report is accepted, and names the loss with its first account. */
  private void accepted(CaseFile file, OfficerAct act, Instant now, DeskOutput output) {
    VictimReport report = act.getReport();
    LifeTransition known = file.get(file.caseId());
    if (acceptedBefore(known, report)) {
      // The same report, completed by a booking that was seen later: the case stands already.
      return;
    }
    CaseDetail detail =
        CaseDetail.newBuilder()
            .setSubjectKind(SubjectKind.HOLDER)
            .setSubject(report.getHolderToken())
            .setVictim(report.getHolderToken())
            .setReportId(report.getReportId())
            .setReportedAt(report.getReportedAt())
            .build();
    if (known != null) {
      CaseDetail held = (CaseDetail) known.getDetail();
      detail.setSubjectKind(held.getSubjectKind());
      detail.setSubject(held.getSubject());
      if (beyondReport(known)) {
        further(file, known, act, detail, now, output);
        return;
      }
    }
    if (known == null || !known.getState().equals(CaseState.REPORTED.name())) {
      lives.take(
          file,
          LifeKind.CASE,
          file.caseId(),
          Happening.message(
              "VICTIM_REPORTED",
              Role.VICTIM,
              report.getReportedAt(),
              "report:" + report.getReportId(),
              detail),
          now,
          output);
    }
    if (caseAct(file, "REPORT_ACCEPTED", act, detail, ":accepted", now, output)) {
      lossEntered(file, act, detail, now, output);
    }
  }

  private void lossEntered(
      CaseFile file, OfficerAct act, CaseDetail detail, Instant now, DeskOutput output) {
    List<ReportedTransfer> transfers = act.getReport().getTransfers();
    if (!transfers.isEmpty()) {
      CaseDetail loss =
          CaseDetail.newBuilder()
              .setSubjectKind(detail.getSubjectKind())
              .setSubject(detail.getSubject())
              .setFirstAccount(transfers.get(0).getPayee().getAccountToken())
              .build();
      caseAct(file, "LOSS_ENTERED", act, loss, ":loss", now, output);
    }
  }

  /** The report of another victim, or another report of the same one, of a case that has one. */
  private void further(
      CaseFile file,
      LifeTransition known,
      OfficerAct act,
      CaseDetail detail,
      Instant now,
      DeskOutput output) {
    CaseState state = CaseState.valueOf(known.getState());
    if (!CaseTable.TAKES_REPORTS.contains(state)) {
      output.alarm(
          new RecoveryAlarm(
              Sha256.hex(file.caseId() + "\nACT_REFUSED\n" + act.getActId()),
              "ACT_REFUSED",
              LifeKind.CASE,
              file.caseId(),
              file.caseId(),
              "case "
                  + file.caseId()
                  + " is "
                  + state
                  + HandOver.to(file).map(body -> " to " + body).orElse("")
                  + " and takes no further report: "
                  + detail.getReportId()
                  + " is accepted and its money is followed, and no open case stands on it; put it"
                  + " before the head, who files it as a case of its own or hands it to whoever"
                  + " has this one",
              act.getActId(),
              now));
      return;
    }
    if (caseAct(file, "FURTHER_REPORT_ACCEPTED", act, detail, ":further", now, output)
        && state == CaseState.ACCEPTED) {
      lossEntered(file, act, detail, now, output);
    }
  }

  /** True when a report of the case was accepted, whatever became of the case since. */
  private static boolean beyondReport(LifeTransition known) {
    return switch (CaseState.valueOf(known.getState())) {
      case ALERT, DISSUADING, AVERTED, FALSE_ALARM, REPORTED -> false;
      default -> true;
    };
  }

  private static boolean acceptedBefore(LifeTransition known, VictimReport report) {
    if (known == null || known.getState().equals(CaseState.REPORTED.name())) {
      return false;
    }
    CaseDetail held = (CaseDetail) known.getDetail();
    return report.getReportId().equals(held.getReportId())
        || held.getFurtherReports().contains(report.getReportId());
  }

  private boolean caseAct(
      CaseFile file,
      String event,
      OfficerAct act,
      CaseDetail detail,
      String step,
      Instant now,
      DeskOutput output) {
    // Whoever may sign orders (duty officer, shift leader, head) acts as duty officer here.
    return lives.take(
        file,
        LifeKind.CASE,
        file.caseId(),
        new Happening(
            event,
            Role.DUTY_OFFICER,
            act.getOfficerId(),
            act.getSecondOfficerId(),
            act.getAt(),
            act.getReason(),
            act.getDocuments(),
            null,
            detail,
            null,
            keys.verifies(act),
            act.getActId(),
            act.getActId() + step),
        now,
        output);
  }
}
