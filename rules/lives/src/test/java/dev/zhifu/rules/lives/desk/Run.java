package dev.zhifu.rules.lives.desk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.rules.lives.AlarmKind;
import dev.zhifu.rules.lives.Role;
import dev.zhifu.rules.lives.calendar.LegalTerms;
import dev.zhifu.rules.lives.calendar.WorkCalendar;
import dev.zhifu.wire.AccountKind;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.AppealDetail;
import dev.zhifu.wire.CaseDetail;
import dev.zhifu.wire.ChannelAnswer;
import dev.zhifu.wire.ChannelRequest;
import dev.zhifu.wire.FreezeDetail;
import dev.zhifu.wire.FreezeMode;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.OrderChannel;
import dev.zhifu.wire.OrderOrigin;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.OwnStop;
import dev.zhifu.wire.ReasonCode;
import dev.zhifu.wire.RecoveryAlarm;
import dev.zhifu.wire.RefundDetail;
import dev.zhifu.wire.RefundShare;
import dev.zhifu.wire.RestrictionNotice;
import dev.zhifu.wire.StopPaymentRequest;
import dev.zhifu.wire.SubjectKind;
import dev.zhifu.wire.VictimHoldDetail;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** One case played through the desks; acts are verified unless a test says otherwise. */
final class Run implements DeskOutput {

  static final Instant T0 = Instant.parse("2026-06-01T02:00:00Z");
  static final String CASE = "case-1";
  static final String FREEZE = "freeze-1";
  static final String REFUND = "refund-1";
  static final String STOP = "order-1";
  static final String BANK = "B01";

  final List<LifeTransition> transitions = new ArrayList<>();

  /** What the audit is told of the stop. */
  final List<LifeTransition> audited = new ArrayList<>();

  final List<LifeTransition> adopted = new ArrayList<>();
  final List<ChannelRequest> requests = new ArrayList<>();
  final List<RestrictionNotice> notices = new ArrayList<>();

  /** Lifts as they were timed: channel and seconds. */
  final List<String> lifts = new ArrayList<>();

  /** Who of the legal office reads freezes; empty for nobody. */
  String reviewer = "reviewer-1";

  final List<RecoveryAlarm> alarms = new ArrayList<>();

  /** Of the stop's next transitions. */
  OwnStop ownStop;

  /** True while an order, long over, stands on each account that a freeze is proposed for. */
  boolean ordered = true;

  /** What that order says beside its account; 40,000 yuan traced unless a test says otherwise. */
  Consumer<StopPaymentRequest> order = request -> request.setTracedFen(4_000_000L);

  String extensionId;

  /** Who makes the next transitions of the stop; null for its signer or nobody. */
  Role mover;

  /** Signs the stop's next transitions; null: the engine makes them. */
  String signer;

  final CaseFile file = new CaseFile(CASE, Map.of());
  final LifeDesk desk;
  private Instant now = T0;
  private int acts;
  boolean verified = true;

  /** True when the bank reads no orders. */
  OrderChannel channel = OrderChannel.DIRECT;

  Run(LifeDesk desk) {
    this.desk = desk;
  }

  /** Freezes are read by {@code name}; empty for nobody. */
  Run reviewedBy(String name) {
    reviewer = name;
    return this;
  }

  static Run byLaw() {
    return new Run(new LifeDesk(terms()));
  }

  static LegalTerms terms() {
    return new LegalTerms(WorkCalendar.official());
  }

  // ---- a case

  /** A case whose loss is entered; not filed. */
  Run emergency() {
    CaseDetail reported =
        CaseDetail.newBuilder()
            .setSubjectKind(SubjectKind.HOLDER)
            .setSubject("victim-1")
            .setVictim("victim-1")
            .setReportId("report-1")
            .setReportedAt(now)
            .setFirstAccount("mule-1")
            .build();
    take(
        LifeKind.CASE,
        CASE,
        Happening.message("VICTIM_REPORTED", Role.VICTIM, now, "report-1", reported));
    act(LifeKind.CASE, CASE, "REPORT_ACCEPTED", Role.DUTY_OFFICER, null, "form:1", "id:1");
    return act(LifeKind.CASE, CASE, "LOSS_ENTERED", Role.DUTY_OFFICER, null);
  }

  Run filed() {
    return emergency().act(LifeKind.CASE, CASE, "FILED", Role.COUNTY_HEAD, null);
  }

  // ---- a freeze

  static FreezeDetail freeze() {
    return FreezeDetail.newBuilder()
        .setApplicationId("00000000-0000-0000-0000-000000000001")
        .setTarget(account("mule-1", "mule-holder", AccountKind.PERSONAL))
        .setAuthority("county-police")
        .setChannel(OrderChannel.PLATFORM)
        .setMode(FreezeMode.AMOUNT)
        .setAmountFen(4_000_000L)
        .setTracedFen(4_000_000L)
        .setTraceId("trace-1")
        .setTermMonths(6)
        .setScope("the amount on this account")
        .setFruits(false)
        .build();
  }

  static FreezeDetail freeze(Consumer<FreezeDetail> change) {
    FreezeDetail detail = freeze();
    change.accept(detail);
    return detail;
  }

  static AccountRef account(String token, String holder, AccountKind kind) {
    return AccountRef.newBuilder()
        .setAccountToken(token)
        .setCipher(ByteBuffer.wrap(new byte[] {1}))
        .setBank(BANK)
        .setHolderToken(holder)
        .setKind(kind)
        .build();
  }

  /** Proposes, submits, has it approved by {@code head}, sends. */
  Run freezeSent(FreezeDetail detail, Role head) {
    act(LifeKind.FREEZE, FREEZE, "PROPOSED", Role.CASE_OFFICER, detail);
    act(LifeKind.FREEZE, FREEZE, "SUBMITTED", Role.CASE_OFFICER, null);
    if (!reviewer.isEmpty()) {
      act(LifeKind.FREEZE, FREEZE, "REVIEWED", Role.LEGAL_REVIEWER, null);
    }
    act(LifeKind.FREEZE, FREEZE, "APPROVED", head, detail);
    return act(LifeKind.FREEZE, FREEZE, "SENT", Role.CASE_OFFICER, null);
  }

  /** Has the freeze read anew and its renewal asked for. */
  Run renewalAsked() {
    return renewalAsked(freeze());
  }

  Run renewalAsked(FreezeDetail detail) {
    act(LifeKind.FREEZE, FREEZE, "REVIEWED", Role.LEGAL_REVIEWER, null);
    return act(LifeKind.FREEZE, FREEZE, "RENEWAL_ASKED", Role.COUNTY_HEAD, detail);
  }

  Run frozen() {
    return frozen(freeze());
  }

  Run frozen(FreezeDetail detail) {
    freezeSent(detail, Role.COUNTY_HEAD);
    return answer(LifeKind.FREEZE, FREEZE, "BANK_FROZE", detail.getAmountFen(), now);
  }

  // ---- a refund

  static RefundDetail refund(long fen) {
    return RefundDetail.newBuilder()
        .setFreezeId(FREEZE)
        .setCredits(1)
        .setEveryHopProved(true)
        .setTimestampsDecide(true)
        .setOwnershipClear(true)
        .setShares(new ArrayList<>(List.of(share("victim-1", "victim-1", fen))))
        .build();
  }

  static RefundShare share(String victim, String holder, long fen) {
    return RefundShare.newBuilder()
        .setVictim(victim)
        .setAccountToken("own-" + victim)
        .setAccountHolder(holder)
        .setLossFen(5_000_000L)
        .setTracedFen(5_000_000L)
        .setRefundFen(fen)
        .build();
  }

  Run refundServed(RefundDetail detail) {
    return refundServed(detail, "officer-2");
  }

  Run refundServed(RefundDetail detail, String second) {
    act(LifeKind.REFUND, REFUND, "OPENED", Role.CASE_OFFICER, detail, "id:1");
    act(LifeKind.REFUND, REFUND, "FLOW_TABLE_BUILT", Role.CASE_OFFICER, detail);
    act(LifeKind.REFUND, REFUND, "FOUND_SINGLE", Role.CASE_OFFICER, detail);
    act(LifeKind.REFUND, REFUND, "PREPARED", Role.CASE_OFFICER, detail);
    act(LifeKind.REFUND, REFUND, "APPROVED", Role.COUNTY_HEAD, null);
    return act(LifeKind.REFUND, REFUND, "SERVED", Role.CASE_OFFICER, null, second, "notice:1");
  }

  // ---- a stop, as stop-orders tells it

  Run stop(OrderState state, long sequence) {
    return stop(null, state, sequence);
  }

  private StopPaymentRequest orderOn(AccountRef target) {
    StopPaymentRequest request =
        requestOn(target, OrderState.EXPIRED, 1)
            .setOrderId("order-of-" + target.getAccountToken())
            .build();
    order.accept(request);
    return request;
  }

  Run stop(OrderState from, OrderState state, long sequence) {
    StopPaymentRequest request =
        requestOn(account("mule-1", "mule-holder", AccountKind.PERSONAL), state, sequence)
            .setFromState(from)
            .setOwnStop(ownStop)
            .setExtensionId(extensionId)
            .setActor(signer)
            .setRole(
                mover != null ? mover.name() : signer == null ? null : Role.DUTY_OFFICER.name())
            .setAuthorisation(signer == null ? null : "act-sign")
            .build();
    desk.adopt(file, request, channel, now, this).ifPresent(audited::add);
    return this;
  }

  private StopPaymentRequest.Builder requestOn(AccountRef target, OrderState state, long sequence) {
    return StopPaymentRequest.newBuilder()
        .setOrderId(STOP)
        .setApplicationId("a")
        .setOrdinal(1)
        .setSequence(sequence)
        .setState(state)
        .setOrigin(OrderOrigin.REPORT)
        .setCaseIds(List.of(CASE))
        .setTarget(target)
        .setTransferAmountFen(1)
        .setTransferTime(now)
        .setTracedFen(1)
        .setScore(1)
        .setFamilies(List.of())
        .setHitIds(List.of())
        .setReasonCode(ReasonCode.VICTIM_REPORT)
        .setBasisAt(now)
        .setCause("cause-" + sequence)
        .setTickAt(now);
  }

  // ---- an appeal

  /** The holder appeals against {@code restrictionId}. */
  Run appealed(String restrictionId, LifeKind kind) {
    return take(
        LifeKind.APPEAL,
        "appeal-1",
        Happening.message("SUBMITTED", Role.HOLDER, now, "appeal-1", appeal(restrictionId, kind)));
  }

  static AppealDetail appeal(String restrictionId, LifeKind kind) {
    return AppealDetail.newBuilder()
        .setRestrictionId(restrictionId)
        .setRestriction(kind)
        .setAccountToken("mule-1")
        .setBank(BANK)
        .setHolder("mule-holder")
        .setStatement("this is my salary")
        .setSubmittedAt(T0)
        .setDecidingOfficer("officer-1")
        .setEvidence(new ArrayList<>(List.of("hit-1")))
        .setHarm("rent cannot be paid")
        .build();
  }

  static VictimHoldDetail victimHold(String holder, int days) {
    return VictimHoldDetail.newBuilder()
        .setTarget(account("own-1", holder, AccountKind.PERSONAL))
        .setVictim("victim-1")
        .setDays(days)
        .build();
  }

  // ---- moving

  Run act(LifeKind kind, String id, String event, Role role, Object detail, String... documents) {
    return actWith(kind, id, event, role, detail, "reason", null, documents);
  }

  /** With a second officer when the first document is one. */
  Run actWith(
      LifeKind kind,
      String id,
      String event,
      Role role,
      Object detail,
      String reason,
      Long fen,
      String... documents) {
    List<String> papers = new ArrayList<>(List.of(documents));
    String other = null;
    if (!papers.isEmpty() && papers.get(0).startsWith("officer-")) {
      other = papers.remove(0);
    }
    acts++;
    if (ordered && event.equals("PROPOSED") && detail instanceof FreezeDetail told) {
      desk.adopt(file, orderOn(told.getTarget()), now, this);
    }
    return take(
        kind,
        id,
        new Happening(
            event,
            role,
            role == Role.LEGAL_REVIEWER ? reviewer : "officer-1",
            other,
            now,
            reason,
            papers,
            fen,
            detail,
            null,
            verified,
            "act-" + acts,
            "act-" + acts));
  }

  Run amount(LifeKind kind, String id, String event, Role role, long fen) {
    return actWith(kind, id, event, role, null, "reason", fen);
  }

  ChannelAnswer answerOf(LifeKind kind, String id, String event, long fen, Instant start) {
    acts++;
    return ChannelAnswer.newBuilder()
        .setAnswerId("answer-" + acts)
        .setCode("100202")
        .setChannel(OrderChannel.PLATFORM)
        .setKind(kind)
        .setObjectId(id)
        .setCaseId(CASE)
        .setApplicationId("00000000-0000-0000-0000-000000000001")
        .setBank(BANK)
        .setEvent(event)
        .setAmountFen(fen)
        .setStartTime(start)
        .setAt(now)
        .build();
  }

  Run answer(LifeKind kind, String id, String event, long fen, Instant start) {
    return answer(answerOf(kind, id, event, fen, start));
  }

  Run answer(ChannelAnswer answer) {
    return take(answer.getKind(), answer.getObjectId(), Happening.of(answer));
  }

  Run take(LifeKind kind, String id, Happening happening) {
    desk.take(file, kind, id, happening, now, this);
    return this;
  }

  Run to(Instant later) {
    now = later;
    desk.ring(file, now, this);
    return this;
  }

  Run pass(Duration time) {
    return to(now.plus(time));
  }

  Instant now() {
    return now;
  }

  // ---- looking

  String state(String id) {
    LifeTransition life = file.get(id);
    return life == null ? null : life.getState();
  }

  FreezeDetail frozenDetail() {
    return (FreezeDetail) file.get(FREEZE).getDetail();
  }

  List<String> codes() {
    return requests.stream().map(ChannelRequest::getCode).toList();
  }

  List<String> alarmKinds() {
    return alarms.stream().map(RecoveryAlarm::getAlarm).toList();
  }

  String lastAlarmOf(String kind) {
    return alarms.stream()
        .filter(alarm -> alarm.getAlarm().equals(kind))
        .map(RecoveryAlarm::getWords)
        .reduce("", (a, b) -> b);
  }

  String lastAlarm() {
    return alarms.isEmpty() ? "" : alarms.get(alarms.size() - 1).getWords();
  }

  @Override
  public void lifted(OrderChannel by, Duration took) {
    lifts.add(by + " " + took.toSeconds());
  }

  @Override
  public void transition(LifeTransition transition) {
    transitions.add(transition);
  }

  @Override
  public void adopted(LifeTransition transition) {
    adopted.add(transition);
  }

  @Override
  public void request(ChannelRequest request) {
    requests.add(request);
  }

  @Override
  public void notice(RestrictionNotice notice) {
    notices.add(notice);
  }

  @Override
  public void alarm(RecoveryAlarm alarm) {
    assertThat(AlarmKind.of(alarm.getAlarm())).as(alarm.getAlarm()).isPresent();
    alarms.add(alarm);
  }
}
