package dev.zhifu.rules.lives.desk;

import static dev.zhifu.rules.lives.desk.Run.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.rules.lives.Role;
import dev.zhifu.rules.lives.calendar.LegalTerms;
import dev.zhifu.wire.AccountKind;
import dev.zhifu.wire.ChannelAnswer;
import dev.zhifu.wire.FreezeDetail;
import dev.zhifu.wire.FreezeMode;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.RefundDetail;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LifeDeskTest {

  @Test
  void aFreezeCountsFromTheBanksStartAndWarnsAheadOfItsEnd() {
    Run run = byLaw().filed().freezeSent(freeze(), Role.COUNTY_HEAD);
    Instant bankStart = run.now().plusSeconds(90);
    run.pass(Duration.ofHours(2))
        .answer(LifeKind.FREEZE, FREEZE, "BANK_FROZE", 3_000_000L, bankStart);

    assertThat(run.frozenDetail().getStartAt()).isEqualTo(bankStart);
    assertThat(run.frozenDetail().getFrozenFen()).isEqualTo(3_000_000L);
    Instant end = LegalTerms.freezeEnd(bankStart, 6, null);
    assertThat(run.frozenDetail().getExpiresAt()).isEqualTo(end);
    assertThat(run.notices).hasSize(1);

    run.amount(LifeKind.FREEZE, FREEZE, "VERIFIED_ALL", Role.CASE_OFFICER, 3_000_000L);
    run.alarms.clear();
    run.to(end.minusMillis(1));
    assertThat(run.alarmKinds()).containsExactly("END_NEAR", "END_NEAR", "END_NEAR", "END_NEAR");
    assertThat(run.state(FREEZE)).isEqualTo("ACTIVE");
    run.to(end);
    assertThat(run.state(FREEZE)).isEqualTo("EXPIRED");
    assertThat(run.notices.get(1).getInForce()).isFalse();
    assertThat(run.file.nextClock()).isEmpty();
  }

  @Test
  void aRenewalRunsFromTheOldEnd() {
    Run run = byLaw().filed().frozen();
    run.amount(LifeKind.FREEZE, FREEZE, "VERIFIED_ALL", Role.CASE_OFFICER, 4_000_000L);
    Instant end = run.frozenDetail().getExpiresAt();
    run.to(end.minus(Duration.ofDays(15)));
    run.renewalAsked();
    run.answer(LifeKind.FREEZE, FREEZE, "BANK_RENEWED", 0, null);

    assertThat(run.state(FREEZE)).isEqualTo("RENEWED");
    assertThat(run.frozenDetail().getExpiresAt())
        .isEqualTo(LegalTerms.monthsEnd(end.minusMillis(1), 6));
    run.to(end.plusSeconds(1));
    assertThat(run.state(FREEZE)).isEqualTo("RENEWED");
  }

  @Test
  void aRenewalSwallowsNoReleaseThatIsDue() {
    Run run = byLaw().filed().frozen();
    run.amount(LifeKind.FREEZE, FREEZE, "VERIFIED_ALL", Role.CASE_OFFICER, 4_000_000L);
    Instant end = run.frozenDetail().getExpiresAt();
    run.to(end.minus(Duration.ofDays(15)));
    run.amount(LifeKind.FREEZE, FREEZE, "VERIFIED_PART", Role.CASE_OFFICER, 1_000_000L);
    run.renewalAsked();
    run.answer(LifeKind.FREEZE, FREEZE, "BANK_RENEWED", 0, null);
    assertThat(run.state(FREEZE)).isEqualTo("RENEWED");
    run.alarms.clear();
    run.pass(LegalTerms.RELEASE);
    assertThat(run.alarmKinds()).as("what was frozen too much is still due").contains("OVERDUE");
    run.alarms.clear();
    run.answer(LifeKind.FREEZE, FREEZE, "REST_LIFTED", 0, null);
    assertThat(run.alarms).as("the bank's word is in place").isEmpty();
    assertThat(run.state(FREEZE)).isEqualTo("RENEWED");
  }

  @Test
  void aFreezeWhoseRenewalIsRefusedGoesOnAsWhatItWas() {
    Run overdue =
        byLaw()
            .filed()
            .frozen(
                freeze(
                    f -> {
                      f.setMode(FreezeMode.WHOLE);
                      f.setWholeReason("many small credits of many victims");
                    }));
    overdue.pass(Duration.ofDays(32));
    assertThat(renewalRefused(overdue)).isEqualTo("VERIFY_DUE");

    Run during =
        byLaw()
            .filed()
            .frozen(
                freeze(
                    f -> {
                      f.setMode(FreezeMode.WHOLE);
                      f.setWholeReason("many small credits of many victims");
                    }));
    during.renewalAsked();
    during.pass(Duration.ofDays(32));
    during.answer(LifeKind.FREEZE, FREEZE, "BANK_REFUSED_RENEWAL", 0, null);
    assertThat(during.state(FREEZE)).as("overdue while it waited").isEqualTo("VERIFY_DUE");

    Run reduced = byLaw().filed().frozen();
    reduced.amount(LifeKind.FREEZE, FREEZE, "VERIFIED_PART", Role.CASE_OFFICER, 1_000_000L);
    assertThat(renewalRefused(reduced)).isEqualTo("PARTIAL");

    Run plain = byLaw().filed().frozen();
    assertThat(renewalRefused(plain)).isEqualTo("ACTIVE");
    plain.renewalAsked();
    plain.answer(LifeKind.FREEZE, FREEZE, "BANK_RENEWED", 0, null);
    assertThat(renewalRefused(plain)).isEqualTo("RENEWED");
  }

  private static String renewalRefused(Run run) {
    run.renewalAsked();
    return run.answer(LifeKind.FREEZE, FREEZE, "BANK_REFUSED_RENEWAL", 0, null).state(FREEZE);
  }

  @Test
  void aRefundPaidWhileARenewalIsAskedLosesNoAnswer() {
    Run run = byLaw().filed().frozen().refundServed(refund(1_000_000L));
    run.answer(LifeKind.REFUND, REFUND, "BANK_EXAMINES", 0, null);
    run.answer(LifeKind.REFUND, REFUND, "BANK_ACCEPTS", 0, null);
    Instant end = run.frozenDetail().getExpiresAt();
    run.renewalAsked();
    run.answer(LifeKind.REFUND, REFUND, "BANK_PAID", 1_000_000L, run.now());
    assertThat(run.frozenDetail().getFrozenFen()).isEqualTo(3_000_000L);
    run.answer(LifeKind.FREEZE, FREEZE, "BANK_RENEWED", 0, null);
    assertThat(run.state(FREEZE)).isEqualTo("RENEWED");
    assertThat(run.frozenDetail().getExpiresAt()).isAfter(end);
  }

  @Test
  void aBankThatAnswersNeitherARenewalNorAReleaseIsPhoned() {
    Run run = byLaw().filed().frozen();
    run.amount(LifeKind.FREEZE, FREEZE, "VERIFIED_ALL", Role.CASE_OFFICER, 4_000_000L);
    run.to(run.frozenDetail().getExpiresAt().minus(Duration.ofDays(15)));
    run.renewalAsked();
    run.alarms.clear();
    run.pass(Duration.ofMinutes(2));
    assertThat(run.alarmKinds()).containsExactly("ESCALATE_BANK");
    run.answer(LifeKind.FREEZE, FREEZE, "BANK_RENEWED", 0, null);
    run.alarms.clear();
    run.pass(Duration.ofMinutes(6));
    assertThat(run.alarms).isEmpty();

    run.act(LifeKind.FREEZE, FREEZE, "RELEASE_SIGNED", Role.COUNTY_HEAD, null);
    run.pass(Duration.ofMinutes(6));
    assertThat(run.alarmKinds())
        .containsExactly("ESCALATE_BANK", "ESCALATE_BANNER", "ESCALATE_CITY");
    run.answer(LifeKind.FREEZE, FREEZE, "BANK_LIFTED", 0, null);
    assertThat(run.file.get(FREEZE).getClocks()).isEmpty();
  }

  @Test
  void aFreezeIsLetGoBeforeItsBankHasAnswered() {
    Run run = byLaw().filed().freezeSent(freeze(), Role.COUNTY_HEAD);
    run.act(LifeKind.FREEZE, FREEZE, "FOUND_UNRELATED", Role.CASE_OFFICER, null);
    assertThat(run.state(FREEZE)).isEqualTo("RELEASE_DUE");
    run.act(LifeKind.FREEZE, FREEZE, "RELEASE_SIGNED", Role.COUNTY_HEAD, null);
    assertThat(run.state(FREEZE)).isEqualTo("RELEASED");
    assertThat(run.codes()).containsExactly("100201", "100203");

    Run other = byLaw().filed().freezeSent(freeze(), Role.COUNTY_HEAD);
    other.act(LifeKind.FREEZE, FREEZE, "RELEASE_SIGNED", Role.COUNTY_HEAD, null);
    assertThat(other.state(FREEZE)).isEqualTo("RELEASED");
    other.pass(Duration.ofMinutes(1));
    assertThat(other.alarmKinds()).as("one ladder, the release's").containsExactly("ESCALATE_BANK");
  }

  @Test
  void answersDoubledLateAndOutOfOrderChangeNothingTwice() {
    Run run = byLaw().filed().freezeSent(freeze(), Role.COUNTY_HEAD);
    ChannelAnswer froze =
        run.answerOf(LifeKind.FREEZE, FREEZE, "BANK_FROZE", 4_000_000L, run.now());
    ChannelAnswer queued = run.answerOf(LifeKind.FREEZE, FREEZE, "BANK_QUEUED", 0, null);
    run.answer(froze).answer(froze).answer(queued).answer(froze);

    assertThat(run.state(FREEZE)).isEqualTo("ACTIVE");
    assertThat(run.transitions.stream().filter(t -> t.getState().equals("ACTIVE"))).hasSize(1);
    assertThat(run.notices).hasSize(1);
    assertThat(run.alarmKinds())
        .as("the one that came after")
        .containsExactly("ANSWER_OUT_OF_PLACE");

    ChannelAnswer foreign = ChannelAnswer.newBuilder(froze).setAnswerId("x").setBank("B02").build();
    run.answer(foreign);
    assertThat(run.state(FREEZE)).isEqualTo("ACTIVE");
  }

  @Test
  void theSameActTwiceIsOneTransitionAndEveryTransitionHasItsNumber() {
    Run run = byLaw().filed().frozen();
    int before = run.transitions.size();
    Happening again =
        new Happening(
            "FILED",
            Role.COUNTY_HEAD,
            "officer-1",
            null,
            run.now(),
            "reason",
            List.of(),
            null,
            null,
            null,
            true,
            "act-3",
            "act-3");
    run.take(LifeKind.CASE, CASE, again);

    assertThat(run.transitions).hasSize(before);
    assertThat(run.alarms).isEmpty();
    for (String object : List.of(CASE, FREEZE)) {
      List<Long> numbers =
          run.transitions.stream()
              .filter(t -> t.getObjectId().equals(object))
              .map(LifeTransition::getSequence)
              .toList();
      for (int i = 0; i < numbers.size(); i++) {
        assertThat(numbers.get(i)).isEqualTo(i + 1L);
      }
    }
  }

  @Test
  void aRefundIsPaidWithinThreeWorkingDaysOrTheRegulatorHears() {
    Run run = byLaw().filed().frozen().refundServed(refund(4_000_000L));
    run.answer(LifeKind.REFUND, REFUND, "BANK_EXAMINES", 0, null);
    run.answer(LifeKind.REFUND, REFUND, "BANK_ACCEPTS", 0, null);
    Instant due = terms().workingDaysEnd(run.now(), 3);
    run.to(due.minusMillis(1));
    assertThat(run.alarmKinds()).containsOnly("TERM_NEAR");
    run.to(due);
    assertThat(run.alarmKinds()).endsWith("OVERDUE");
    assertThat(run.lastAlarm()).contains("3 working days", "regulator");

    run.answer(LifeKind.REFUND, REFUND, "BANK_PAID", 4_000_000L, run.now());
    assertThat(run.state(REFUND)).isEqualTo("EXECUTED");
    assertThat(run.state(FREEZE)).isEqualTo("RELEASED");
    assertThat(run.frozenDetail().getRefundedFen()).isEqualTo(4_000_000L);
    assertThat(run.codes()).containsExactly("100201", "", "100203");
  }

  /** A freeze of an account of its own, put forward and approved by {@code head}. */
  private static Run frozenToo(Run run, int number, Role head) {
    String id = "freeze-of-" + number;
    FreezeDetail detail =
        freeze(f -> f.setTarget(account("mule-" + number, "holder", AccountKind.PERSONAL)));
    run.act(LifeKind.FREEZE, id, "PROPOSED", Role.CASE_OFFICER, detail);
    run.act(LifeKind.FREEZE, id, "SUBMITTED", Role.CASE_OFFICER, null);
    run.act(LifeKind.FREEZE, id, "REVIEWED", Role.LEGAL_REVIEWER, null);
    return run.act(LifeKind.FREEZE, id, "APPROVED", head, detail);
  }

  @Test
  void theTwoHundredthAccountPutForwardAtOnceNeedsTheCityHead() {
    Run run = byLaw().filed();
    for (int number = 1; number < 200; number++) {
      frozenToo(run, number, Role.COUNTY_HEAD);
      assertThat(run.state("freeze-of-" + number)).isEqualTo("APPROVED");
    }
    assertThat(run.alarms).isEmpty();

    frozenToo(run, 200, Role.COUNTY_HEAD);
    assertThat(run.state("freeze-of-200")).isEqualTo("LEGAL_REVIEW");
    assertThat(run.lastAlarm())
        .contains("CITY_HEAD_OR_FEW_ACCOUNTS", "200 accounts in the batch", "COUNTY_HEAD");
    run.act(LifeKind.FREEZE, "freeze-of-200", "APPROVED", Role.CITY_HEAD, freeze());
    assertThat(run.state("freeze-of-200")).isEqualTo("APPROVED");
  }

  @Test
  void ofTwoHundredUnderReviewTheFirstTooNeedsTheCityHead() {
    Run run = byLaw().filed();
    for (int number = 1; number <= 200; number++) {
      String id = "freeze-of-" + number;
      String token = "mule-" + number;
      run.act(
          LifeKind.FREEZE,
          id,
          "PROPOSED",
          Role.CASE_OFFICER,
          freeze(f -> f.setTarget(account(token, "holder", AccountKind.PERSONAL))));
      run.act(LifeKind.FREEZE, id, "SUBMITTED", Role.CASE_OFFICER, null);
    }
    run.act(LifeKind.FREEZE, "freeze-of-1", "APPROVED", Role.COUNTY_HEAD, freeze());
    assertThat(run.state("freeze-of-1")).isEqualTo("LEGAL_REVIEW");
    assertThat(run.lastAlarm()).contains("CITY_HEAD_OR_FEW_ACCOUNTS", "200 accounts in the batch");
  }

  @Test
  void aFreezeThatItsBankHasAnsweredIsOfNoBatchAnyMore() {
    Run run = byLaw().filed().frozen();
    frozenToo(run, 2, Role.COUNTY_HEAD);
    assertThat(((FreezeDetail) run.file.get("freeze-of-2").getDetail()).getBatchAccounts())
        .isEqualTo(1);
    frozenToo(run, 3, Role.COUNTY_HEAD);
    assertThat(((FreezeDetail) run.file.get("freeze-of-3").getDetail()).getBatchAccounts())
        .isEqualTo(2);
  }

  @Test
  void theThreeWorkingDaysCountFromTheBanksReceiptOfTheNotice() {
    Run run = byLaw().filed().frozen().refundServed(refund(4_000_000L));
    Instant due = terms().workingDaysEnd(run.now(), 3);
    run.to(due.minusMillis(1));
    assertThat(run.alarmKinds()).containsOnly("TERM_NEAR");
    run.to(due);
    assertThat(run.state(REFUND)).as("the bank has not even examined it").isEqualTo("ISSUED");
    assertThat(run.alarmKinds()).endsWith("OVERDUE");
    run.answer(LifeKind.REFUND, REFUND, "BANK_EXAMINES", 0, null);
    run.answer(LifeKind.REFUND, REFUND, "BANK_ACCEPTS", 0, null);
    run.pass(Duration.ofDays(10));
    assertThat(run.alarmKinds()).as("accepting starts no new term").endsWith("OVERDUE");
  }

  @Test
  void aDisputedRefundIsCalledBackWhileTheBankHasNotBegunToPay() {
    for (List<String> answers :
        List.of(
            List.<String>of(),
            List.of("BANK_EXAMINES"),
            List.of("BANK_EXAMINES", "BANK_ASKS_MORE"),
            List.of("BANK_EXAMINES", "BANK_ACCEPTS", "CANNOT_RECEIVE"))) {
      Run run = byLaw().filed().frozen().refundServed(refund(4_000_000L));
      answers.forEach(answer -> run.answer(LifeKind.REFUND, REFUND, answer, 0, null));
      run.act(LifeKind.REFUND, REFUND, "REFUSED", Role.CASE_OFFICER, null);

      assertThat(run.state(REFUND)).as("%s", answers).isEqualTo("REJECTED");
      assertThat(run.requests.get(run.requests.size() - 1).getWords()).contains("撤回");
      run.pass(Duration.ofDays(10));
      assertThat(run.alarms).as("nobody owes anything, %s", answers).isEmpty();
      assertThat(run.state(FREEZE)).as("the money stays frozen").isEqualTo("ACTIVE");
    }
  }

  @Test
  void aRefundThatTheBankPaysIsNotRejected() {
    Run run = byLaw().filed().frozen().refundServed(refund(4_000_000L));
    run.answer(LifeKind.REFUND, REFUND, "BANK_EXAMINES", 0, null);
    run.answer(LifeKind.REFUND, REFUND, "BANK_ACCEPTS", 0, null);
    run.act(LifeKind.REFUND, REFUND, "REFUSED", Role.CASE_OFFICER, null);
    assertThat(run.state(REFUND)).isEqualTo("EXECUTING");
    assertThat(run.alarmKinds()).containsExactly("ACT_REFUSED");
  }

  @Test
  void whileTheOfficerOwesPapersTheBankIsNotLateAndWithThemItsTermBegins() {
    Run run = byLaw().filed().frozen().refundServed(refund(4_000_000L));
    run.answer(LifeKind.REFUND, REFUND, "BANK_EXAMINES", 0, null);
    run.answer(LifeKind.REFUND, REFUND, "BANK_ASKS_MORE", 0, null);
    run.pass(Duration.ofDays(10));
    assertThat(run.alarms).isEmpty();
    run.act(LifeKind.REFUND, REFUND, "SUPPLEMENTED", Role.CASE_OFFICER, null);
    Instant due = terms().workingDaysEnd(run.now(), 3);
    run.to(due.minusMillis(1));
    assertThat(run.alarmKinds()).containsOnly("TERM_NEAR");
    run.to(due);
    assertThat(run.alarmKinds()).endsWith("OVERDUE");
  }

  @Test
  void whatIsLeftAfterARefundStaysFrozenAndANewVictimReopensIt() {
    Run run = byLaw().filed().frozen().refundServed(refund(1_500_000L));
    run.answer(LifeKind.REFUND, REFUND, "BANK_EXAMINES", 0, null);
    run.answer(LifeKind.REFUND, REFUND, "BANK_ACCEPTS", 0, null);
    run.answer(LifeKind.REFUND, REFUND, "BANK_PAID", 1_499_999L, run.now());
    assertThat(run.state(REFUND)).as("another sum than decided").isEqualTo("EXECUTING");
    run.answer(LifeKind.REFUND, REFUND, "BANK_PAID", 1_500_000L, run.now());

    assertThat(run.state(REFUND)).isEqualTo("RESIDUE_HELD");
    assertThat(run.state(FREEZE)).isEqualTo("PARTIAL");
    assertThat(run.frozenDetail().getFrozenFen()).isEqualTo(2_500_000L);
    run.act(LifeKind.REFUND, REFUND, "NEW_VICTIM", Role.CASE_OFFICER, null, "id:2");
    assertThat(run.state(REFUND)).isEqualTo("REOPENED");
  }

  @Test
  void aProRataRefundWaitsForThirtyDaysAndForEveryObjection() {
    RefundDetail detail = refund(4_000_000L);
    detail.setCredits(2);
    detail.setTimestampsDecide(false);
    Run run = byLaw().filed().frozen();
    run.act(LifeKind.REFUND, REFUND, "OPENED", Role.CASE_OFFICER, detail, "id:1");
    run.act(LifeKind.REFUND, REFUND, "FLOW_TABLE_BUILT", Role.CASE_OFFICER, detail);
    run.act(LifeKind.REFUND, REFUND, "FOUND_SINGLE", Role.CASE_OFFICER, null);
    assertThat(run.lastAlarm()).contains("ONE_CREDIT", "2 credits");
    run.act(LifeKind.REFUND, REFUND, "FOUND_PRORATA", Role.CASE_OFFICER, null);
    run.act(LifeKind.REFUND, REFUND, "PUBLISHED", Role.CASE_OFFICER, null, "publication:1");
    Instant ends = LegalTerms.noticeEnd(run.now());
    run.pass(Duration.ofDays(10));
    run.take(
        LifeKind.REFUND,
        REFUND,
        Happening.message("OBJECTED", Role.VICTIM, run.now(), "objection-1", null));
    run.act(LifeKind.REFUND, REFUND, "PREPARED", Role.CASE_OFFICER, null);
    assertThat(run.lastAlarm()).contains("NOTICE_OVER", "OBJECTIONS_DECIDED");

    run.alarms.clear();
    run.to(ends);
    assertThat(run.alarmKinds()).containsExactly("NOTICE_OVER");
    run.act(LifeKind.REFUND, REFUND, "PREPARED", Role.CASE_OFFICER, null);
    assertThat(run.lastAlarm()).contains("OBJECTIONS_DECIDED").doesNotContain("NOTICE_OVER ");
    run.act(LifeKind.REFUND, REFUND, "OBJECTION_DECIDED", Role.CASE_OFFICER, null);
    run.act(LifeKind.REFUND, REFUND, "PREPARED", Role.CASE_OFFICER, null);
    assertThat(run.state(REFUND)).isEqualTo("PREPARED");
    run.take(
        LifeKind.REFUND,
        REFUND,
        Happening.message("OBJECTED", Role.VICTIM, run.now(), "objection-2", null));
    assertThat(run.state(REFUND)).isEqualTo("PREPARED");
  }

  @Test
  void anotherAccountOfTheSameVictimMayBeNamedAndNoOther() {
    Run run = byLaw().filed().frozen().refundServed(refund(4_000_000L));
    run.answer(LifeKind.REFUND, REFUND, "BANK_EXAMINES", 0, null);
    run.answer(LifeKind.REFUND, REFUND, "BANK_ACCEPTS", 0, null);
    run.answer(LifeKind.REFUND, REFUND, "CANNOT_RECEIVE", 0, null);
    RefundDetail other = refund(9L);
    other.setShares(new ArrayList<>(List.of(share("victim-1", "brother", 9L))));
    run.act(LifeKind.REFUND, REFUND, "OTHER_ACCOUNT_NAMED", Role.CASE_OFFICER, other);
    assertThat(run.lastAlarm()).contains("SAME_VICTIM", "brother");

    other.setShares(new ArrayList<>(List.of(share("victim-1", "victim-1", 9L))));
    run.act(LifeKind.REFUND, REFUND, "OTHER_ACCOUNT_NAMED", Role.CASE_OFFICER, other);
    assertThat(run.state(REFUND)).isEqualTo("EXECUTING");
    assertThat(run.requests.get(run.requests.size() - 1).getAmountFen())
        .as("the sum is the one decided")
        .isEqualTo(4_000_000L);
  }

  @Test
  void aReportHasThirtyMinutesFromTheReportToTheFirstAccount() {
    Run run = byLaw().emergency();
    assertThat(run.pass(Duration.ofHours(1)).alarms).isEmpty();

    Run late = byLaw();
    late.take(
        LifeKind.CASE,
        CASE,
        Happening.message(
            "VICTIM_REPORTED",
            Role.VICTIM,
            late.now(),
            "report-1",
            dev.zhifu.wire.CaseDetail.newBuilder()
                .setSubjectKind(dev.zhifu.wire.SubjectKind.HOLDER)
                .setSubject("victim-1")
                .setReportedAt(late.now().minusSeconds(600))
                .build()));
    late.pass(Duration.ofMinutes(20).minusMillis(1));
    assertThat(late.alarmKinds()).containsOnly("TERM_NEAR");
    late.pass(Duration.ofMillis(1));
    assertThat(late.alarmKinds()).endsWith("OVERDUE");
  }

  @Test
  void anAppealIsAcceptedWithinAWorkingDayAndReachesWhoDecidedWithEvidenceAndHarm() {
    Run run = byLaw().emergency().stop(OrderState.ACTIVE, 4);
    run.take(
        LifeKind.APPEAL,
        "appeal-1",
        Happening.message(
            "SUBMITTED", Role.HOLDER, run.now(), "appeal-1", appeal(STOP, LifeKind.STOP_ORDER)));
    run.pass(Duration.ofDays(2));
    assertThat(run.alarmKinds()).containsExactly("OVERDUE");
    run.act(LifeKind.APPEAL, "appeal-1", "ACCEPTED", Role.DUTY_OFFICER, null);
    run.act(
        LifeKind.APPEAL,
        "appeal-1",
        "CHECK_BEGUN",
        Role.DUTY_OFFICER,
        appeal(STOP, LifeKind.STOP_ORDER));
    assertThat(run.lastAlarmOf("APPEAL")).contains("officer-1", "hit-1", "rent cannot be paid");
    run.actWith(LifeKind.APPEAL, "appeal-1", "UPHELD", Role.DUTY_OFFICER, null, "MODEL_FP", null);
    assertThat(run.state("appeal-1")).isEqualTo("UPHELD");
    assertThat(run.lastAlarmOf("LIFT_AT_ONCE")).contains("MODEL_FP", "2880 min");
  }

  @Test
  void anAppealAgainstWhatIsUnknownIsRefused() {
    Run run = byLaw().emergency();
    run.take(
        LifeKind.APPEAL,
        "appeal-1",
        Happening.message(
            "SUBMITTED", Role.HOLDER, run.now(), "appeal-1", appeal("nothing", LifeKind.FREEZE)));

    assertThat(run.state("appeal-1")).isNull();
    assertThat(run.lastAlarm()).contains("RESTRICTION_KNOWN");
  }

  @Test
  void aVictimHoldLetsHardshipThroughAndEnds() {
    Run run = byLaw().emergency();
    run.act(
        LifeKind.VICTIM_HOLD, "hold-1", "PROPOSED", Role.DUTY_OFFICER, victimHold("victim-1", 10));
    run.act(LifeKind.VICTIM_HOLD, "hold-1", "APPROVED", Role.DUTY_OFFICER, null);
    run.answer(LifeKind.VICTIM_HOLD, "hold-1", "BANK_APPLIED", 0, run.now());
    run.actWith(
        LifeKind.VICTIM_HOLD,
        "hold-1",
        "HARDSHIP_ALLOWED",
        Role.DUTY_OFFICER,
        null,
        "HOLIDAY",
        5_000L);
    assertThat(run.lastAlarm()).contains("HARDSHIP_PURPOSE");
    run.actWith(
        LifeKind.VICTIM_HOLD,
        "hold-1",
        "HARDSHIP_ALLOWED",
        Role.DUTY_OFFICER,
        null,
        "MEDICAL",
        5_000L);
    assertThat(run.state("hold-1")).isEqualTo("HARDSHIP_RELEASE");
    run.answer(LifeKind.VICTIM_HOLD, "hold-1", "BANK_PAID", 5_000L, null);
    run.pass(Duration.ofDays(10));
    assertThat(run.state("hold-1")).isEqualTo("EXPIRED");
    assertThat(run.notices).extracting(n -> n.getInForce()).containsExactly(true, false);
  }

  @Test
  void aCaseClosesOnlyWhenNothingIsLive() {
    Run run = byLaw().filed().frozen();
    run.act(LifeKind.CASE, CASE, "CLOSED", Role.CASE_OFFICER, null);
    assertThat(run.lastAlarm()).contains("NOTHING_LIVE", FREEZE);

    run.act(LifeKind.FREEZE, FREEZE, "RELEASE_SIGNED", Role.COUNTY_HEAD, null);
    run.act(LifeKind.CASE, CASE, "CLOSED", Role.CASE_OFFICER, null);
    assertThat(run.state(CASE)).isEqualTo("CLOSED");
  }

  @Test
  void ringingAgainAndReadingTheRecordBackChangeNothing() {
    Run run = byLaw().filed().frozen().pass(Duration.ofDays(93));
    int transitions = run.transitions.size();
    run.to(run.now());
    assertThat(run.transitions).hasSize(transitions);

    LifeDesk desk = new LifeDesk(terms());
    CaseFile fresh = new CaseFile(CASE, java.util.Map.of());
    Run seen = byLaw();
    run.transitions.forEach(read -> desk.adopt(fresh, read, run.now(), seen));
    int adopted = seen.adopted.size();
    run.transitions.forEach(read -> desk.adopt(fresh, read, run.now(), seen));
    assertThat(seen.adopted).hasSize(adopted);
    assertThat(fresh.get(FREEZE)).isEqualTo(run.file.get(FREEZE));
    assertThat(fresh.get(CASE).getState()).isEqualTo("FILED");
  }

  @Test
  void theAuditOfAStopNamesWhoSignedIt() {
    Run run = Run.byLaw().filed();
    run.signer = "officer-7";
    run.stop(OrderState.DRAFT, OrderState.SIGNED, 2).stop(OrderState.SIGNED, OrderState.SENT, 3);
    run.signer = null;
    run.stop(OrderState.SENT, OrderState.ACTIVE, 4);

    assertThat(run.audited.subList(0, 2))
        .allSatisfy(
            entry -> {
              assertThat(entry.getActor()).isEqualTo("officer-7");
              assertThat(entry.getRole()).isEqualTo("DUTY_OFFICER");
              assertThat(entry.getAuthorisation()).isEqualTo("act-sign");
            });
    LifeTransition untold = run.audited.get(2);
    assertThat(untold.getRole()).as("a request from before it was told").isEqualTo("ENGINE");
    assertThat(untold.getActor()).isEmpty();
    assertThat(untold.getAuthorisation()).isEmpty();
  }

  @Test
  void aRefundServedBeforeItsClockRanFromTheServiceIsGivenTheClockOnce() {
    Run run = byLaw().filed().frozen().refundServed(refund(1_000_000));
    LifeTransition before = run.file.get(REFUND);
    LifeTransition unclocked = LifeTransition.newBuilder(before).build();
    unclocked.setClocks(new ArrayList<>());
    run.file.put(unclocked);

    assertThat(run.desk.catchUp(run.file)).containsExactly(before);
    assertThat(run.desk.catchUp(run.file)).as("done again").isEmpty();
    assertThat(run.file.get(REFUND)).as("as if it had always had it").isEqualTo(before);

    run.pass(Duration.ofDays(15));
    assertThat(run.lastAlarmOf("OVERDUE")).contains(REFUND, "返还规定 art. 12");
    assertThat(run.desk.catchUp(run.file)).as("its term has run out").isEmpty();
  }
}
