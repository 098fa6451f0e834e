package dev.zhifu.rules.lives.desk;

import dev.zhifu.rules.lives.LifeTable;
import dev.zhifu.rules.lives.Role;
import dev.zhifu.rules.lives.appeal.AppealEffect;
import dev.zhifu.rules.lives.appeal.AppealEvent;
import dev.zhifu.rules.lives.appeal.AppealFact;
import dev.zhifu.rules.lives.appeal.AppealState;
import dev.zhifu.rules.lives.appeal.AppealTable;
import dev.zhifu.rules.lives.calendar.LegalTerms;
import dev.zhifu.rules.lives.cases.CaseEffect;
import dev.zhifu.rules.lives.cases.CaseEvent;
import dev.zhifu.rules.lives.cases.CaseFact;
import dev.zhifu.rules.lives.cases.CaseTable;
import dev.zhifu.rules.lives.freeze.FreezeEffect;
import dev.zhifu.rules.lives.freeze.FreezeEvent;
import dev.zhifu.rules.lives.freeze.FreezeFact;
import dev.zhifu.rules.lives.freeze.FreezeState;
import dev.zhifu.rules.lives.freeze.FreezeTable;
import dev.zhifu.rules.lives.holds.RiskHoldEvent;
import dev.zhifu.rules.lives.holds.RiskHoldState;
import dev.zhifu.rules.lives.holds.RiskHoldTable;
import dev.zhifu.rules.lives.holds.VictimHoldEffect;
import dev.zhifu.rules.lives.holds.VictimHoldEvent;
import dev.zhifu.rules.lives.holds.VictimHoldFact;
import dev.zhifu.rules.lives.holds.VictimHoldState;
import dev.zhifu.rules.lives.holds.VictimHoldTable;
import dev.zhifu.rules.lives.order.OrderTable;
import dev.zhifu.rules.lives.paper.PaperEvent;
import dev.zhifu.rules.lives.paper.PaperState;
import dev.zhifu.rules.lives.paper.PaperTable;
import dev.zhifu.rules.lives.refund.RefundEffect;
import dev.zhifu.rules.lives.refund.RefundEvent;
import dev.zhifu.rules.lives.refund.RefundFact;
import dev.zhifu.rules.lives.refund.RefundState;
import dev.zhifu.rules.lives.refund.RefundTable;
import dev.zhifu.wire.AccountKind;
import dev.zhifu.wire.CaseState;
import dev.zhifu.wire.ChannelAnswer;
import dev.zhifu.wire.ChannelRequest;
import dev.zhifu.wire.LifeClock;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.OrderChannel;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.RecoveryAlarm;
import dev.zhifu.wire.RestrictionNotice;
import dev.zhifu.wire.StopDetail;
import dev.zhifu.wire.StopPaymentRequest;
import dev.zhifu.wire.UnsignedReason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All lives of one case at a time: takes what happened, rings what is due. Pure: state comes in as
 * a {@link CaseFile} and goes out of it.
 */
public final class LifeDesk {

  /** Most lives of one case: 500 freezes, their refunds and appeals, and room; ours. */
  public static final int LIVES_MAX = 4_000;

  private final LegalTerms terms;
  private final Map<LifeKind, Desk<?, ?, ?, ?>> desks;

  /** The desk by the law's tables. */
  public LifeDesk(LegalTerms terms) {
    this(
        terms,
        CaseTable.law(),
        FreezeTable.law(),
        RefundTable.law(),
        VictimHoldTable.law(),
        AppealTable.law());
  }

  /** The desk by other tables: for twin tests that leave one guard out. */
  LifeDesk(
      LegalTerms terms,
      LifeTable<CaseState, CaseEvent, CaseFact, CaseEffect> cases,
      LifeTable<FreezeState, FreezeEvent, FreezeFact, FreezeEffect> freezes,
      LifeTable<RefundState, RefundEvent, RefundFact, RefundEffect> refunds,
      LifeTable<VictimHoldState, VictimHoldEvent, VictimHoldFact, VictimHoldEffect> holds,
      LifeTable<AppealState, AppealEvent, AppealFact, AppealEffect> appeals) {
    this.terms = terms;
    this.desks =
        Map.of(
            LifeKind.CASE, new CaseDesk(cases, this),
            LifeKind.FREEZE, new FreezeDesk(freezes),
            LifeKind.REFUND, new RefundDesk(refunds, this),
            LifeKind.RISK_HOLD, new RiskHoldDesk(RiskHoldTable.law()),
            LifeKind.VICTIM_HOLD, new VictimHoldDesk(holds),
            LifeKind.APPEAL, new AppealDesk(appeals, this),
            LifeKind.PAPER, new PaperDesk(PaperTable.law(), this));
  }

  /**
   * Takes what happened to one object.
   *
   * @param kind whose life; stop orders live in the detection job
   * @return true when a row allowed it
   */
  public boolean take(
      CaseFile file,
      LifeKind kind,
      String objectId,
      Happening happening,
      Instant now,
      DeskOutput output) {
    List<ChannelRequest> papers = new ArrayList<>();
    Turn turn = new Turn(file, now, terms, new Catching(file, output, papers));
    boolean done = take(turn, kind, objectId, happening);
    prepare(turn, papers);
    return done;
  }

  private boolean take(Turn turn, LifeKind kind, String objectId, Happening happening) {
    CaseFile file = turn.file();
    Desk<?, ?, ?, ?> desk = desks.get(kind);
    LifeTransition known = file.get(objectId);
    if (kind == LifeKind.STOP_ORDER && StopLifts.isLift(happening)) {
      return StopLifts.lifted(turn, known, happening);
    }
    if (Undelivered.is(happening)) {
      return Undelivered.told(turn, known, happening);
    }
    if (desk == null || known != null && known.getKind() != kind) {
      turn.alarm(
          "ACT_REFUSED",
          kind,
          objectId,
          kind + " " + objectId + " is not a life that recovery moves; look the object up again",
          happening.cause());
      return false;
    }
    if (known == null && file.size() >= LIVES_MAX) {
      turn.alarm(
          "LIFE_LIMIT",
          kind,
          objectId,
          "case " + file.caseId() + " has " + LIVES_MAX + " lives, the most; split the case",
          happening.cause());
      return false;
    }
    return desk.take(turn, objectId, happening);
  }

  /** What goes on paper has a life of its own from here on. */
  private void prepare(Turn turn, List<ChannelRequest> papers) {
    for (ChannelRequest request : papers) {
      if (PaperDesk.OF.contains(request.getKind())) {
        desks
            .get(LifeKind.PAPER)
            .take(
                turn,
                PaperDesk.idOf(request),
                Happening.message(
                    PaperEvent.PREPARED.name(),
                    Role.ENGINE,
                    request.getTickAt(),
                    "request:" + request.getRequestId(),
                    PaperDesk.detail(request)));
      }
    }
  }

  /** An institution's answer, typed in with a paper, reaches what the paper is about. */
  void answered(Turn turn, ChannelAnswer answer) {
    if (answer.getKind() == LifeKind.STOP_ORDER && !StopLifts.isLift(Happening.of(answer))) {
      // Stop-orders owns the order: it hears the answer from the record of lives.
      return;
    }
    take(turn, answer.getKind(), answer.getObjectId(), Happening.of(answer));
  }

  /** Passes on what leaves, and remembers what goes on paper. */
  private record Catching(CaseFile file, DeskOutput output, List<ChannelRequest> papers)
      implements DeskOutput {
    @Override
    public void transition(LifeTransition transition) {
      output.transition(transition);
    }

    @Override
    public void adopted(LifeTransition transition) {
      output.adopted(transition);
    }

    @Override
    public void request(ChannelRequest request) {
      output.request(request);
      if (request.getChannel() == OrderChannel.PAPER) {
        papers.add(request);
      }
    }

    @Override
    public void notice(RestrictionNotice notice) {
      output.notice(notice);
    }

    @Override
    public void alarm(RecoveryAlarm alarm) {
      if (!HandOver.othersToHear(file, alarm)) {
        output.alarm(alarm);
      }
    }

    @Override
    public void lifted(OrderChannel channel, Duration took) {
      output.lifted(channel, took);
    }
  }

  /** Rings every clock that is due at {@code now}; ringing again changes nothing. */
  public void ring(CaseFile file, Instant now, DeskOutput output) {
    List<ChannelRequest> papers = new ArrayList<>();
    Turn turn = new Turn(file, now, terms, new Catching(file, output, papers));
    for (Due due = next(file, now); due != null; due = next(file, now)) {
      LifeTransition life = LifeTransition.newBuilder(file.get(due.objectId())).build();
      List<LifeClock> clocks = new ArrayList<>(life.getClocks());
      clocks.remove(due.clock());
      life.setClocks(clocks);
      file.put(life);
      if (Ahead.warns(due.clock())) {
        turn.near(life, due.clock(), desks.get(life.getKind()).named(Ahead.end(due.clock())));
      } else if (life.getKind() == LifeKind.STOP_ORDER) {
        StopLifts.late(turn, life, due.clock());
      } else {
        desks
            .get(life.getKind())
            .take(
                turn,
                life.getObjectId(),
                Happening.clock(due.clock().getEvent(), due.clock().getDueAt()));
      }
    }
    prepare(turn, papers);
  }

  /**
   * Gives every refund at its bank the clock of the bank's term (返还规定 art. 12) when it has none:
   * one that was served before the clock ran from the service was never started. It counts from the
   * newest transition; when the bank had the notice is not known any better, and it was not later.
   * Done again it changes nothing.
   *
   * @return the lives that were given one, in the file by now
   */
  public List<LifeTransition> catchUp(CaseFile file) {
    List<LifeTransition> given = new ArrayList<>();
    for (LifeTransition life : file.all(LifeKind.REFUND)) {
      if (RefundDesk.lacksExecution(life)) {
        LifeTransition next = LifeTransition.newBuilder(life).build();
        Turn.start(
            next,
            RefundEvent.EXECUTION_LATE.name(),
            terms.workingDaysEndOrEarlier(life.getTickAt(), LegalTerms.EXECUTION_DAYS));
        file.put(next);
        given.add(next);
      }
    }
    return given;
  }

  private record Due(String objectId, LifeClock clock) {}

  /** The earliest clock that is due; of equal ones that of the first object. */
  private static Due next(CaseFile file, Instant now) {
    return file.all().stream()
        .flatMap(life -> life.getClocks().stream().map(clock -> new Due(life.getObjectId(), clock)))
        .filter(due -> !due.clock().getDueAt().isAfter(now))
        .min(
            Comparator.comparing((Due due) -> due.clock().getDueAt())
                .thenComparing(Due::objectId)
                .thenComparing(due -> due.clock().getEvent()))
        .orElse(null);
  }

  /**
   * Adopts a transition read back from the record; the highest sequence counts. One that the state
   * had not reached goes into the audit, with an alarm: what it sent may not have left before the
   * failure, and sending is checked by a person rather than guessed. For a risk hold recovery sends
   * nothing.
   */
  public void adopt(CaseFile file, LifeTransition read, Instant now, DeskOutput output) {
    LifeTransition known = file.get(read.getObjectId());
    if (known != null && known.getSequence() >= read.getSequence()) {
      return;
    }
    file.put(read);
    if (known != null && read.getKind() != LifeKind.RISK_HOLD) {
      output.adopted(read);
      new Turn(file, now, terms, output)
          .alarm(
              "ADOPTED",
              read,
              read.getKind()
                  + " "
                  + read.getObjectId()
                  + " was "
                  + known.getState()
                  + " and is "
                  + read.getState()
                  + " by the record; look whether request "
                  + read.getObjectId()
                  + ":"
                  + read.getSequence()
                  + " stands on recovery.requests, and send it if not",
              "adopted:" + read.getSequence());
    }
  }

  /**
   * As {@link #adopt(CaseFile, StopPaymentRequest, OrderChannel, Instant, DeskOutput)} of a bank
   * that is reached directly.
   */
  public Optional<LifeTransition> adopt(
      CaseFile file, StopPaymentRequest request, Instant now, DeskOutput output) {
    return adopt(file, request, OrderChannel.DIRECT, now, output);
  }

  /**
   * Takes over what stop-orders says of one of its orders.
   *
   * @param channel how orders reach its bank: on PAPER recovery sends them, by PLATFORM the adapter
   *     does, and on paper what the platform has not answered
   * @return the transition for the audit; empty when it is old news
   */
  public Optional<LifeTransition> adopt(
      CaseFile file,
      StopPaymentRequest request,
      OrderChannel channel,
      Instant now,
      DeskOutput output) {
    LifeTransition known = file.get(request.getOrderId());
    if (known != null && known.getSequence() >= request.getSequence()) {
      return Optional.empty();
    }
    StopDetail detail = detail(known == null ? null : (StopDetail) known.getDetail(), request);
    LifeTransition seen =
        LifeTransition.newBuilder()
            .setObjectId(request.getOrderId())
            .setKind(LifeKind.STOP_ORDER)
            .setCaseId(file.caseId())
            .setSequence(request.getSequence())
            .setFromState(request.getFromState() == null ? null : request.getFromState().name())
            .setState(request.getState().name())
            .setEvent("STATE")
            .setRole(request.getRole() == null ? Role.ENGINE.name() : request.getRole())
            .setActor(request.getActor() == null ? "" : request.getActor())
            .setSecondActor(request.getSecondActor())
            .setAuthorisation(request.getAuthorisation() == null ? "" : request.getAuthorisation())
            .setReason(request.getReasonCode().name())
            .setCause(request.getCause())
            .setTickAt(request.getTickAt())
            .setDetail(detail)
            .build();
    file.put(seen);
    List<ChannelRequest> papers = new ArrayList<>();
    Turn turn = new Turn(file, now, terms, new Catching(file, output, papers));
    StopLifts.send(turn, seen, request, channel);
    prepare(turn, papers);
    if (dropped(file)) {
      stopFallsDue(turn, seen, request.getCause(), "the case is " + file.caseState().get());
    }
    return Optional.of(seen);
  }

  /** What a freeze of the account is held against, beside what the order itself has to remember. */
  private static StopDetail detail(StopDetail known, StopPaymentRequest request) {
    return StopDetail.newBuilder()
        .setAccountToken(request.getTarget().getAccountToken())
        .setBank(request.getTarget().getBank())
        .setReleaseDue(
            known != null
                && known.getReleaseDue()
                && OrderTable.IN_FORCE.contains(request.getState()))
        .setTracedFen(request.getTracedFen())
        // Why the engine did not sign is told until the order is decided; the list goes on.
        .setPooled(
            known != null && known.getPooled()
                || request.getTarget().getKind() == AccountKind.POOLED
                || request.getUnsigned().contains(UnsignedReason.POOLED_ACCOUNT))
        .setGoodFaithSigns(
            request.getGrounds().stream()
                .flatMap(ground -> ground.getGoodFaithSigns().stream())
                .distinct()
                .sorted()
                .toList())
        .build();
  }

  private static boolean dropped(CaseFile file) {
    return file.caseState()
        .filter(state -> state == CaseState.NOT_FILED || state == CaseState.WITHDRAWN)
        .isPresent();
  }

  /** Objects of the case that have not ended. */
  List<String> liveObjects(CaseFile file) {
    return file.all().stream()
        .filter(life -> !life.getObjectId().equals(file.caseId()))
        .filter(LifeDesk::live)
        .map(LifeTransition::getObjectId)
        .toList();
  }

  static boolean live(LifeTransition life) {
    return switch (life.getKind()) {
      case STOP_ORDER -> OrderTable.OPEN.contains(OrderState.valueOf(life.getState()));
      case FREEZE -> !FreezeTable.law().terminal(FreezeState.valueOf(life.getState()));
      case REFUND -> !RefundTable.law().terminal(RefundState.valueOf(life.getState()));
      case VICTIM_HOLD -> !VictimHoldTable.law().terminal(VictimHoldState.valueOf(life.getState()));
      case APPEAL -> AppealTable.OPEN.contains(AppealState.valueOf(life.getState()));
      case PAPER -> PaperTable.OPEN.contains(PaperState.valueOf(life.getState()));
      case RISK_HOLD -> RiskHoldTable.LIVE.contains(RiskHoldState.valueOf(life.getState()));
      case CASE -> false;
    };
  }

  void everyFreeze(Turn turn, FreezeEvent event, Happening happening, String why) {
    for (LifeTransition freeze : turn.file().all(LifeKind.FREEZE)) {
      desks
          .get(LifeKind.FREEZE)
          .take(
              turn,
              freeze.getObjectId(),
              Happening.message(
                      event.name(),
                      Role.ENGINE,
                      happening.at(),
                      happening.cause() + ":" + freeze.getObjectId(),
                      null)
                  .with(why, null));
    }
  }

  void stopsFallDue(Turn turn, Happening happening, String why) {
    for (LifeTransition stop : turn.file().all(LifeKind.STOP_ORDER)) {
      stopFallsDue(turn, stop, happening.cause(), why);
    }
  }

  private static void stopFallsDue(Turn turn, LifeTransition stop, String cause, String why) {
    StopDetail detail = (StopDetail) stop.getDetail();
    if (!OrderTable.IN_FORCE.contains(OrderState.valueOf(stop.getState()))
        || detail.getReleaseDue()) {
      return;
    }
    LifeTransition due = LifeTransition.newBuilder(stop).build();
    ((StopDetail) due.getDetail()).setReleaseDue(true);
    turn.file().put(due);
    turn.alarm(
        "RELEASE_DUE",
        due,
        "stop "
            + due.getObjectId()
            + " must be released: "
            + why
            + "; the paper is ready, an officer signs RELEASE",
        cause);
  }

  void refunded(Turn turn, String freezeId, Happening paid) {
    desks
        .get(LifeKind.FREEZE)
        .take(
            turn,
            freezeId,
            Happening.message(
                    FreezeEvent.REFUND_EXECUTED.name(),
                    Role.ENGINE,
                    paid.at(),
                    paid.cause() + ":" + freezeId,
                    null)
                .with("", paid.amountFen()));
  }

  /** An upheld appeal reaches what it is about, by the same act. */
  void lift(Turn turn, String restrictionId, Happening upheld) {
    LifeTransition life = turn.file().get(restrictionId);
    if (life == null) {
      return;
    }
    switch (life.getKind()) {
      case FREEZE -> liftBy(turn, life, FreezeEvent.APPEAL_UPHELD.name(), upheld);
      case VICTIM_HOLD -> liftBy(turn, life, VictimHoldEvent.APPEAL_UPHELD.name(), upheld);
      case RISK_HOLD -> liftBy(turn, life, RiskHoldEvent.APPEAL_UPHELD.name(), upheld);
      case STOP_ORDER -> stopFallsDue(turn, life, upheld.cause(), "an appeal was upheld");
      case CASE, REFUND, APPEAL, PAPER -> {
        // No restriction whose life is recovery's.
      }
    }
  }

  private void liftBy(Turn turn, LifeTransition life, String event, Happening upheld) {
    desks
        .get(life.getKind())
        .take(
            turn,
            life.getObjectId(),
            new Happening(
                event,
                upheld.role(),
                upheld.actor(),
                upheld.secondActor(),
                upheld.at(),
                upheld.reason(),
                upheld.documents(),
                null,
                null,
                null,
                upheld.verified(),
                upheld.authorisation(),
                upheld.cause()));
  }
}
