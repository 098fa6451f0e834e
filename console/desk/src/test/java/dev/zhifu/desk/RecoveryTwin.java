package dev.zhifu.desk;

import dev.zhifu.desk.store.Bodies;
import dev.zhifu.rules.lives.Role;
import dev.zhifu.rules.lives.calendar.LegalTerms;
import dev.zhifu.rules.lives.calendar.WorkCalendar;
import dev.zhifu.rules.lives.desk.CaseFile;
import dev.zhifu.rules.lives.desk.DeskOutput;
import dev.zhifu.rules.lives.desk.Happening;
import dev.zhifu.rules.lives.desk.LifeDesk;
import dev.zhifu.schemas.crypto.DemoKeys;
import dev.zhifu.schemas.crypto.Signatures;
import dev.zhifu.wire.ActKind;
import dev.zhifu.wire.CaseDetail;
import dev.zhifu.wire.ChannelRequest;
import dev.zhifu.wire.Environment;
import dev.zhifu.wire.FraudCase;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.OfficerAct;
import dev.zhifu.wire.RecoveryAct;
import dev.zhifu.wire.RecoveryAlarm;
import dev.zhifu.wire.RestrictionNotice;
import dev.zhifu.wire.StopPaymentRequest;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Answers acts as the recovery job does: the same tables, the same checks of keys, no Flink. */
public final class RecoveryTwin implements DeskOutput {
  private final DeskRig rig;
  private final LifeDesk lives = new LifeDesk(new LegalTerms(WorkCalendar.official()));
  private final Signatures signatures = new Signatures(DemoKeys.directory(), Environment.DEMO);
  private final Map<String, CaseFile> files = new HashMap<>();
  private int read;
  private int readOfficers;

  public RecoveryTwin(DeskRig rig) {
    this.rig = rig;
  }

  private CaseFile file(String caseId) {
    return files.computeIfAbsent(caseId, id -> new CaseFile(id, Map.of()));
  }

  /** Opens a case that stands on an accepted report, its loss entered. */
  public void accepted(FraudCase about, String reportId, Instant at) {
    CaseDetail detail =
        CaseDetail.newBuilder()
            .setSubjectKind(about.getSubjectKind())
            .setSubject(about.getSubject())
            .setVictim(about.getSubject())
            .setReportId(reportId)
            .setReportedAt(at)
            .setFirstAccount("first")
            .build();
    CaseFile file = file(about.getCaseId());
    message(file, "VICTIM_REPORTED", Role.VICTIM, detail, at);
    for (String event : new String[] {"REPORT_ACCEPTED", "LOSS_ENTERED"}) {
      lives.take(
          file,
          LifeKind.CASE,
          file.caseId(),
          new Happening(
              event,
              Role.DUTY_OFFICER,
              "officer-1",
              null,
              at,
              "report complete",
              java.util.List.of("form-1"),
              null,
              detail,
              null,
              true,
              "act",
              "act:" + event),
          at,
          this);
    }
    rig.caughtUp();
  }

  /** Opens a case that a score alone has reached. */
  public void alerted(FraudCase about, Instant at) {
    CaseDetail detail =
        CaseDetail.newBuilder()
            .setSubjectKind(about.getSubjectKind())
            .setSubject(about.getSubject())
            .setVictim(about.getSubject())
            .build();
    message(file(about.getCaseId()), "SCORE_REACHED", Role.ENGINE, detail, at);
    rig.caughtUp();
  }

  private void message(CaseFile file, String event, Role role, CaseDetail detail, Instant at) {
    lives.take(
        file,
        LifeKind.CASE,
        file.caseId(),
        Happening.message(event, role, at, event + ":" + file.caseId(), detail),
        at,
        this);
  }

  /** Hears of a stop order. */
  public void stop(StopPaymentRequest order) {
    order.getCaseIds().forEach(id -> lives.adopt(file(id), order, order.getTickAt(), this));
  }

  /** Takes every act written since the last time. */
  public void answer(Instant now) {
    var acts = rig.topics().all("recovery.acts");
    for (; read < acts.size(); read++) {
      RecoveryAct act = Bodies.read(acts.get(read).value(), RecoveryAct.class);
      lives.take(
          file(act.getCaseId()),
          act.getKind(),
          act.getObjectId(),
          Happening.of(act, signatures.verify(act, act.getAt()).holds()),
          now,
          this);
    }
    var officers = rig.topics().all("officer.acts");
    for (; readOfficers < officers.size(); readOfficers++) {
      OfficerAct act = Bodies.read(officers.get(readOfficers).value(), OfficerAct.class);
      if (act.getKind() == ActKind.DISMISS_CASE) {
        dismissed(act, now);
      }
    }
    rig.caughtUp();
  }

  private void dismissed(OfficerAct act, Instant now) {
    lives.take(
        file(act.getObjectId()),
        LifeKind.CASE,
        act.getObjectId(),
        new Happening(
            "NO_FRAUD_FOUND",
            Role.DUTY_OFFICER,
            act.getOfficerId(),
            act.getSecondOfficerId(),
            act.getAt(),
            act.getReason(),
            act.getDocuments(),
            null,
            null,
            null,
            signatures.verify(act, act.getAt()).holds(),
            act.getActId(),
            act.getActId()),
        now,
        this);
  }

  @Override
  public void transition(LifeTransition life) {
    rig.topics().write("recovery.lives", life.getObjectId(), life);
  }

  @Override
  public void adopted(LifeTransition life) {
    // Nothing was lost here.
  }

  @Override
  public void request(ChannelRequest request) {
    rig.topics().write("recovery.requests", request.getObjectId(), request);
  }

  @Override
  public void notice(RestrictionNotice notice) {
    rig.topics().write("restriction.notices", notice.getNoticeId(), notice);
  }

  @Override
  public void alarm(RecoveryAlarm alarm) {
    rig.topics().write("recovery.alarms", alarm.getAlarmId(), alarm);
  }
}
