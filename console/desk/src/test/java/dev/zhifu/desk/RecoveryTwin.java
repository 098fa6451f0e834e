package dev.zhifu.desk;

import dev.zhifu.desk.store.Bodies;
import dev.zhifu.rules.lives.Role;
import dev.zhifu.rules.lives.calendar.LegalTerms;
import dev.zhifu.rules.lives.calendar.WorkCalendar;
import dev.zhifu.rules.lives.desk.CaseFile;
import dev.zhifu.rules.lives.desk.DeskOutput;
import dev.zhifu.rules.lives.desk.Happening;
import dev.zhifu.rules.lives.desk.LifeDesk;
import dev.zhifu.rules.lives.desk.RiskHolds;
import dev.zhifu.rules.money.refund.PlanCheck;
import dev.zhifu.schemas.audit.AuditChain;
import dev.zhifu.schemas.crypto.DemoKeys;
import dev.zhifu.schemas.crypto.Signatures;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.ActKind;
import dev.zhifu.wire.AuditEntry;
import dev.zhifu.wire.CaseDetail;
import dev.zhifu.wire.ChainHead;
import dev.zhifu.wire.ChannelAnswer;
import dev.zhifu.wire.ChannelRequest;
import dev.zhifu.wire.Environment;
import dev.zhifu.wire.FraudCase;
import dev.zhifu.wire.FreezeDetail;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.OfficerAct;
import dev.zhifu.wire.OrderChannel;
import dev.zhifu.wire.RecoveryAct;
import dev.zhifu.wire.RecoveryAlarm;
import dev.zhifu.wire.RefundDetail;
import dev.zhifu.wire.RefundPlan;
import dev.zhifu.wire.RestrictionNotice;
import dev.zhifu.wire.RiskHold;
import dev.zhifu.wire.StopDetail;
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
  private final Map<String, RefundPlan> plans = new HashMap<>();
  private final Map<String, ChainHead> heads = new HashMap<>();
  private int read;
  private int readAnswers;
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
              java.util.List.of("form:1", "id:1"),
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

  /** Hears of a stop order to a bank that reads none: it goes on paper. */
  public void stopOnPaper(StopPaymentRequest order) {
    order
        .getCaseIds()
        .forEach(id -> lives.adopt(file(id), order, OrderChannel.PAPER, order.getTickAt(), this));
    rig.caughtUp();
  }

  /** Takes every act written since the last time. */
  public void answer(Instant now) {
    var acts = rig.topics().all("recovery.acts");
    for (; read < acts.size(); read++) {
      act(Bodies.read(acts.get(read).value(), RecoveryAct.class), now);
    }
    var answers = rig.topics().all("recovery.answers");
    for (; readAnswers < answers.size(); readAnswers++) {
      ChannelAnswer answer = Bodies.read(answers.get(readAnswers).value(), ChannelAnswer.class);
      lives.take(
          file(answer.getCaseId()),
          answer.getKind(),
          answer.getObjectId(),
          Happening.of(answer),
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

  /** An act about a refund is held against the plan first, as RecoveryDesk does. */
  private void act(RecoveryAct act, Instant now) {
    CaseFile file = file(act.getCaseId());
    Happening happening = Happening.of(act, signatures.verify(act, act.getAt()).holds());
    String fault =
        act.getKind() == LifeKind.REFUND
            ? fault(file, act, (RefundDetail) happening.detail())
            : null;
    if (fault == null) {
      lives.take(file, act.getKind(), act.getObjectId(), happening, now, this);
    } else {
      alarm(
          new RecoveryAlarm(
              "refused " + act.getActId(),
              "ACT_REFUSED",
              act.getKind(),
              act.getObjectId(),
              act.getCaseId(),
              fault,
              act.getActId(),
              now));
    }
  }

  private String fault(CaseFile file, RecoveryAct act, RefundDetail told) {
    LifeTransition life = file.get(act.getObjectId());
    RefundDetail held = life == null ? told : (RefundDetail) life.getDetail();
    FreezeDetail frozen = (FreezeDetail) file.get(held.getFreezeId()).getDetail();
    return PlanCheck.fault(
            act.getEvent(),
            held.getFreezeId(),
            frozen.getTarget(),
            plans.get(held.getFreezeId()),
            told == null || told.getShares().isEmpty() ? held.getShares() : told.getShares(),
            frozen.getFrozenFen(),
            file.all(LifeKind.FREEZE).stream()
                .mapToLong(one -> ((FreezeDetail) one.getDetail()).getFrozenFen())
                .sum())
        .orElse(null);
  }

  /** The ledger of a frozen account says what may be returned. */
  public void plan(RefundPlan plan) {
    plans.put(plan.getFreezeId(), plan);
    rig.topics().write("refund.plans", plan.getFreezeId(), plan);
    rig.caughtUp();
  }

  /** Detection asks a bank for its own measure, or to lift it. */
  public void hold(RiskHold hold, Instant now) {
    RiskHolds.asked(lives, file(hold.getHoldId()), hold, now, this);
    rig.caughtUp();
  }

  /** Clocks that have run out ring. */
  public void ring(String caseId, Instant now) {
    lives.ring(file(caseId), now, this);
    rig.caughtUp();
  }

  /** A stop of a reported case becomes a freeze that its bank has confirmed. */
  public void frozen(String caseId, String freezeId, FreezeDetail detail, Instant at) {
    CaseFile file = file(caseId);
    ordered(file, detail.getTarget(), at);
    step(file, LifeKind.CASE, caseId, "FILED", Role.COUNTY_HEAD, null, at);
    step(file, LifeKind.FREEZE, freezeId, "PROPOSED", Role.CASE_OFFICER, detail, at);
    step(file, LifeKind.FREEZE, freezeId, "SUBMITTED", Role.CASE_OFFICER, null, at);
    step(file, LifeKind.FREEZE, freezeId, "REVIEWED", Role.LEGAL_REVIEWER, null, at);
    step(file, LifeKind.FREEZE, freezeId, "APPROVED", Role.COUNTY_HEAD, detail, at);
    step(file, LifeKind.FREEZE, freezeId, "SENT", Role.CASE_OFFICER, null, at);
    lives.take(
        file,
        LifeKind.FREEZE,
        freezeId,
        Happening.of(
            ChannelAnswer.newBuilder()
                .setAnswerId("froze " + freezeId)
                .setCode("100202")
                .setChannel(detail.getChannel())
                .setKind(LifeKind.FREEZE)
                .setObjectId(freezeId)
                .setCaseId(caseId)
                .setApplicationId(detail.getApplicationId())
                .setBank(detail.getTarget().getBank())
                .setEvent("BANK_FROZE")
                .setAmountFen(detail.getAmountFen())
                .setStartTime(at)
                .setAt(at)
                .build()),
        at,
        this);
    rig.caughtUp();
  }

  /** A freeze needs a stop order on its account; where a story tells of none, one ended before. */
  private void ordered(CaseFile file, AccountRef target, Instant at) {
    String account = target.getAccountToken();
    boolean there =
        file.all(LifeKind.STOP_ORDER).stream()
            .anyMatch(one -> ((StopDetail) one.getDetail()).getAccountToken().equals(account));
    if (!there) {
      lives.adopt(
          file,
          LifeTransition.newBuilder()
              .setObjectId("order-on-" + account)
              .setKind(LifeKind.STOP_ORDER)
              .setCaseId(file.caseId())
              .setSequence(1)
              .setState("EXPIRED")
              .setEvent("STATE")
              .setRole(Role.ENGINE.name())
              .setCause("before")
              .setTickAt(at)
              .setDetail(
                  StopDetail.newBuilder()
                      .setAccountToken(account)
                      .setBank(target.getBank())
                      .build())
              .build(),
          at,
          this);
    }
  }

  private void step(
      CaseFile file,
      LifeKind kind,
      String objectId,
      String event,
      Role role,
      Object detail,
      Instant at) {
    lives.take(
        file,
        kind,
        objectId,
        new Happening(
            event,
            role,
            role == Role.LEGAL_REVIEWER ? "legal-1" : "somebody",
            null,
            at,
            "…",
            java.util.List.of(),
            null,
            detail,
            null,
            true,
            "act",
            event + ":" + objectId),
        at,
        this);
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
    AuditEntry entry = AuditChain.next(heads.get(life.getCaseId()), life);
    heads.put(entry.getChain(), AuditChain.headOf(entry));
    rig.topics().write("audit.entries", entry.getChain(), entry);
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
