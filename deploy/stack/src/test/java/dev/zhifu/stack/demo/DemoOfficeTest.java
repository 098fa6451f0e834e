package dev.zhifu.stack.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.rules.lives.Role;
import dev.zhifu.rules.lives.calendar.LegalTerms;
import dev.zhifu.rules.lives.calendar.WorkCalendar;
import dev.zhifu.rules.lives.channel.PlatformTwin;
import dev.zhifu.rules.lives.desk.CaseFile;
import dev.zhifu.rules.lives.desk.DeskOutput;
import dev.zhifu.rules.lives.desk.Happening;
import dev.zhifu.rules.lives.desk.LifeDesk;
import dev.zhifu.rules.money.refund.PlanCheck;
import dev.zhifu.rules.money.refund.PlanSums;
import dev.zhifu.rules.money.refund.RatioMode;
import dev.zhifu.schemas.crypto.DemoKeys;
import dev.zhifu.schemas.crypto.Signatures;
import dev.zhifu.wire.AccountExamined;
import dev.zhifu.wire.AccountKind;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.CaseDetail;
import dev.zhifu.wire.ChannelAnswer;
import dev.zhifu.wire.ChannelRequest;
import dev.zhifu.wire.Environment;
import dev.zhifu.wire.FreezeDetail;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.OrderChannel;
import dev.zhifu.wire.OrderOrigin;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.ReasonCode;
import dev.zhifu.wire.RecoveryAct;
import dev.zhifu.wire.RecoveryAlarm;
import dev.zhifu.wire.RefundDetail;
import dev.zhifu.wire.RefundPlan;
import dev.zhifu.wire.RefundVictim;
import dev.zhifu.wire.RefundWay;
import dev.zhifu.wire.ReportedTransfer;
import dev.zhifu.wire.RestrictionNotice;
import dev.zhifu.wire.StopPaymentRequest;
import dev.zhifu.wire.SubjectKind;
import dev.zhifu.wire.VictimReport;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

/** The office on the lives themselves, judged by the tables and the plan as the job judges it. */
class DemoOfficeTest {
  private static final Instant T0 = Instant.parse("2026-03-02T02:00:00Z");
  private static final String CASE = "case-1";
  private static final String ORDER = "ab".repeat(32);
  private static final String FREEZE = "F-" + ORDER.substring(0, 32);
  private static final String VICTIM = "victim-1";

  @Test
  void aStopBecomesAFreezeAndItsMoneyComesBack() {
    Day day = new Day(7).ledger(RefundWay.SINGLE, 400_000).reported().stopped(900_000, 400_000);
    day.pass(Duration.ofHours(24));

    assertThat(day.refused).isEmpty();
    assertThat(day.file.caseState().orElseThrow().name()).isEqualTo("FILED");
    FreezeDetail frozen = (FreezeDetail) day.file.get(FREEZE).getDetail();
    assertThat(frozen.getAmountFen())
        .as("no more than the receipt says is there")
        .isEqualTo(400_000);
    assertThat(frozen.getReviewedBy()).isEqualTo(DemoKeys.LEGAL);
    assertThat(frozen.getRefundedFen()).isEqualTo(400_000);
    assertThat(day.file.get(FREEZE).getState()).isEqualTo("RELEASED");
    assertThat(day.refund().getState()).isEqualTo("CLOSED");
    assertThat(((RefundDetail) day.refund().getDetail()).getPaidFen()).isEqualTo(400_000);
    assertThat(((RefundDetail) day.refund().getDetail()).getShares().get(0).getAccountToken())
        .as("the account that the victim paid from")
        .isEqualTo("own");
    assertThat(day.acts).allMatch(day::verifies);
    assertThat(day.acts.stream().map(RecoveryAct::getOfficerId).distinct())
        .containsExactlyInAnyOrder(DemoKeys.AUTHORISER, DemoKeys.LEGAL, OfficeActs.CASE_OFFICER);
  }

  @Test
  void whatIsNoVictimsIsReleasedOnPaperAndTheRestReturned() {
    Day day = new Day(7).ledger(RefundWay.TIMESTAMP, 300_000).reported().stopped(900_000, 400_000);
    day.pass(Duration.ofHours(24));

    assertThat(day.refused).isEmpty();
    FreezeDetail frozen = (FreezeDetail) day.file.get(FREEZE).getDetail();
    assertThat(frozen.getRefundedFen()).isEqualTo(300_000);
    assertThat(frozen.getRestFen()).isZero();
    assertThat(frozen.getFrozenFen()).isZero();
    assertThat(day.file.all(LifeKind.PAPER)).hasSize(1);
    assertThat(day.file.all(LifeKind.PAPER).get(0).getState()).isEqualTo("ANSWERED");
  }

  @Test
  void aRefundInTheRatioOfLossesStaysInItsNotice() {
    Day day = new Day(7).ledger(RefundWay.PRORATA, 400_000).reported().stopped(400_000, 400_000);
    day.pass(Duration.ofHours(24));

    assertThat(day.refused).isEmpty();
    assertThat(day.refund().getState()).isEqualTo("NOTICE");
    assertThat(((FreezeDetail) day.file.get(FREEZE).getDetail()).getFrozenFen()).isEqualTo(400_000);
  }

  @Test
  void anAccountWithoutVictimsMoneyIsReleasedByTheHead() {
    Day day = new Day(7).ledger(RefundWay.TIMESTAMP, 0).reported().stopped(400_000, 400_000);
    day.pass(Duration.ofHours(24));

    assertThat(day.refused).isEmpty();
    assertThat(day.file.get(FREEZE).getState()).isEqualTo("RELEASED");
    assertThat(day.file.all(LifeKind.REFUND)).isEmpty();
  }

  @Test
  void nothingIsFrozenBeforeTheCaseIsFiledNorWhereNothingIs() {
    Day early = new Day(7).ledger(RefundWay.SINGLE, 400_000).stopped(400_000, 400_000);
    early.pass(Duration.ofHours(24));
    assertThat(early.acts).isEmpty();

    Day empty = new Day(7).ledger(RefundWay.SINGLE, 400_000).reported().stopped(400_000, 0);
    empty.pass(Duration.ofHours(24));
    assertThat(empty.file.all(LifeKind.FREEZE)).isEmpty();

    Day shop = new Day(7).ledger(RefundWay.SINGLE, 400_000).reported();
    shop.kind = AccountKind.MERCHANT;
    shop.stopped(400_000, 400_000).pass(Duration.ofHours(24));
    assertThat(shop.file.all(LifeKind.FREEZE)).isEmpty();
  }

  @Test
  void whileTheLedgerIsSilentNothingIsVerified() {
    Day day = new Day(7).reported().stopped(400_000, 400_000);
    day.pass(Duration.ofHours(24));

    assertThat(day.file.get(FREEZE).getState()).isEqualTo("ACTIVE");
    assertThat(((FreezeDetail) day.file.get(FREEZE).getDetail()).getVerifiedFen()).isNull();
  }

  @Test
  void aSeedGivesTheSameDayAgainAndAnotherAnother() {
    assertThat(times(7)).isEqualTo(times(7)).isNotEqualTo(times(8));
  }

  private static List<String> times(long seed) {
    Day day = new Day(seed).ledger(RefundWay.SINGLE, 400_000).reported().stopped(400_000, 400_000);
    day.pass(Duration.ofHours(24));
    return day.acts.stream().map(act -> act.getEvent() + " " + act.getAt()).toList();
  }

  /** A case's day: the lives, a platform that answers at once, and a ledger. */
  private static final class Day implements DeskOutput {
    private final DemoOffice office;
    private final LifeDesk desk = new LifeDesk(new LegalTerms(WorkCalendar.official()));
    private final CaseFile file = new CaseFile(CASE, Map.of());
    private final PlatformTwin platform = new PlatformTwin();
    private final Signatures signatures = new Signatures(DemoKeys.directory(), Environment.DEMO);
    private final Deque<ChannelRequest> asked = new ArrayDeque<>();
    private final List<RecoveryAct> acts = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();
    private AccountKind kind = AccountKind.PERSONAL;
    private RefundWay way;
    private long thereFen;
    private RefundPlan plan;
    private Instant now = T0;

    Day(long seed) {
      office = new DemoOffice(seed);
      office.report(
          VictimReport.newBuilder()
              .setReportId("r-1")
              .setReportedAt(T0)
              .setReceivedAt(T0)
              .setHolderToken(VICTIM)
              .setTakenBy("desk")
              .setReportChannel("110")
              .setTransfers(
                  List.of(
                      ReportedTransfer.newBuilder()
                          .setPayer(account("own", VICTIM))
                          .setPayee(account("mule", "mule-holder"))
                          .setAmountFen(500_000)
                          .setOccurredAt(T0)
                          .build()))
              .build());
    }

    Day ledger(RefundWay found, long fen) {
      way = found;
      thereFen = fen;
      return this;
    }

    Day reported() {
      CaseDetail detail =
          CaseDetail.newBuilder()
              .setSubjectKind(SubjectKind.HOLDER)
              .setSubject(VICTIM)
              .setVictim(VICTIM)
              .setReportId("r-1")
              .setFirstAccount("mule")
              .build();
      happens("VICTIM_REPORTED", Role.VICTIM, detail);
      happens("REPORT_ACCEPTED", Role.DUTY_OFFICER, detail);
      happens("LOSS_ENTERED", Role.DUTY_OFFICER, detail);
      return this;
    }

    private void happens(String event, Role role, CaseDetail detail) {
      boolean taken =
          desk.take(
              file,
              LifeKind.CASE,
              CASE,
              new Happening(
                  event,
                  role,
                  "officer-1",
                  null,
                  now,
                  "test",
                  List.of("form:1", "id:1"),
                  null,
                  detail,
                  null,
                  true,
                  event,
                  event),
              now,
              this);
      assertThat(taken).as(refused.toString()).isTrue();
    }

    Day stopped(long tracedFen, long balanceFen) {
      StopPaymentRequest order =
          StopPaymentRequest.newBuilder()
              .setOrderId(ORDER)
              .setApplicationId("a")
              .setOrdinal(1)
              .setSequence(4)
              .setState(OrderState.ACTIVE)
              .setOrigin(OrderOrigin.REPORT)
              .setCaseIds(List.of(CASE))
              .setReportId("r-1")
              .setBankTransactionId("b-1")
              .setTarget(account("mule", "mule-holder"))
              .setTransferAmountFen(tracedFen)
              .setTransferTime(T0)
              .setTracedFen(tracedFen)
              .setScore(1)
              .setFamilies(List.of())
              .setHitIds(List.of())
              .setReasonCode(ReasonCode.VICTIM_REPORT)
              .setBasisAt(T0)
              .setCause("receipt")
              .setTickAt(now)
              .build();
      desk.adopt(file, order, now, this);
      office.order(order);
      office.stopped(ORDER, balanceFen);
      return this;
    }

    private AccountRef account(String token, String holder) {
      return AccountRef.newBuilder()
          .setAccountToken(token)
          .setHolderToken(holder)
          .setBank("B01")
          .setKind(kind)
          .setCipher(ByteBuffer.wrap(new byte[] {1}))
          .build();
    }

    void pass(Duration time) {
      for (Instant end = now.plus(time); now.isBefore(end); now = now.plusSeconds(60)) {
        for (SpecificRecord record : office.work(now)) {
          take(record);
        }
      }
    }

    private void take(SpecificRecord record) {
      if (record instanceof RecoveryAct act) {
        acts.add(act);
        Optional<String> fault = fault(act);
        assertThat(fault).isEmpty();
        assertThat(
                desk.take(
                    file,
                    act.getKind(),
                    act.getObjectId(),
                    Happening.of(act, verifies(act)),
                    now,
                    this))
            .as(act.getEvent() + " " + refused)
            .isTrue();
      } else {
        answer((ChannelAnswer) record);
      }
      while (!asked.isEmpty()) {
        ChannelRequest request = asked.poll();
        if (request.getChannel() == OrderChannel.PLATFORM) {
          answer(platform.take(request, now).answer());
        }
      }
    }

    private void answer(ChannelAnswer answer) {
      desk.take(file, answer.getKind(), answer.getObjectId(), Happening.of(answer), now, this);
    }

    /** The job holds an act about a refund against the plan before the tables see it. */
    private Optional<String> fault(RecoveryAct act) {
      if (act.getKind() != LifeKind.REFUND) {
        return Optional.empty();
      }
      LifeTransition freeze = file.get(FREEZE);
      RefundDetail told = (RefundDetail) Happening.of(act, true).detail();
      FreezeDetail frozen = (FreezeDetail) freeze.getDetail();
      return PlanCheck.fault(
          act.getEvent(),
          FREEZE,
          frozen.getTarget(),
          plan,
          told == null ? List.of() : told.getShares(),
          frozen.getFrozenFen(),
          frozen.getFrozenFen());
    }

    boolean verifies(RecoveryAct act) {
      return signatures.verify(act, act.getAt()).holds();
    }

    LifeTransition refund() {
      return file.all(LifeKind.REFUND).get(0);
    }

    private void plan(LifeTransition freeze) {
      FreezeDetail frozen = (FreezeDetail) freeze.getDetail();
      RefundVictim victim =
          RefundVictim.newBuilder()
              .setVictim(VICTIM)
              .setClaims(List.of("r-1"))
              .setWay(way)
              .setWhy("test")
              .setLossFen(500_000)
              .setTracedFen(thereFen)
              .setThereFen(thereFen)
              .build();
      plan =
          RefundPlan.newBuilder()
              .setFreezeId(freeze.getObjectId())
              .setCaseId(CASE)
              .setAccount(frozen.getTarget())
              .setFrozenFen(frozen.getFrozenFen())
              .setFrozenInCaseFen(frozen.getFrozenFen())
              .setWay(way)
              .setVictims(List.of(victim))
              .setExamined(
                  AccountExamined.newBuilder()
                      .setFreezeId(freeze.getObjectId())
                      .setCaseId(CASE)
                      .setAccountToken("mule")
                      .setFrozenAt(now)
                      .setCredits(1)
                      .setBalanceFen(frozen.getFrozenFen())
                      .build())
              .setRevision(freeze.getSequence())
              .build();
      PlanSums.due(
              plan, RatioMode.NORMALISED, Map.of(), frozen.getFrozenFen(), frozen.getFrozenFen())
          .ifPresent(due -> victim.setNormalisedFen(due.get(VICTIM)));
      office.plan(plan);
    }

    @Override
    public void transition(LifeTransition transition) {
      office.life(transition);
      if (way != null
          && transition.getDetail() instanceof FreezeDetail freeze
          && freeze.getStartAt() != null
          && freeze.getRefundedFen() == 0) {
        plan(transition);
      }
    }

    @Override
    public void adopted(LifeTransition transition) {
      office.life(transition);
    }

    @Override
    public void request(ChannelRequest request) {
      asked.add(request);
    }

    @Override
    public void notice(RestrictionNotice notice) {
      // What a holder is told is nothing to the office.
    }

    @Override
    public void alarm(RecoveryAlarm alarm) {
      if (alarm.getAlarm().equals("ACT_REFUSED")
          || alarm.getAlarm().equals("ANSWER_OUT_OF_PLACE")) {
        refused.add(alarm.getWords());
      }
    }
  }
}
