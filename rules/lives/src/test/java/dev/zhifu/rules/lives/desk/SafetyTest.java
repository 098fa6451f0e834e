package dev.zhifu.rules.lives.desk;

import static dev.zhifu.rules.lives.desk.Run.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.rules.lives.Findings;
import dev.zhifu.rules.lives.Role;
import dev.zhifu.rules.lives.appeal.AppealFact;
import dev.zhifu.rules.lives.appeal.AppealTable;
import dev.zhifu.rules.lives.calendar.LegalTerms;
import dev.zhifu.rules.lives.cases.CaseFact;
import dev.zhifu.rules.lives.cases.CaseTable;
import dev.zhifu.rules.lives.freeze.FreezeFact;
import dev.zhifu.rules.lives.freeze.FreezeTable;
import dev.zhifu.rules.lives.holds.VictimHoldFact;
import dev.zhifu.rules.lives.holds.VictimHoldTable;
import dev.zhifu.rules.lives.order.OrderEvent;
import dev.zhifu.rules.lives.order.OrderFact;
import dev.zhifu.rules.lives.order.OrderTable;
import dev.zhifu.rules.lives.refund.RefundFact;
import dev.zhifu.rules.lives.refund.RefundTable;
import dev.zhifu.wire.AccountKind;
import dev.zhifu.wire.CaseDetail;
import dev.zhifu.wire.ChannelRequest;
import dev.zhifu.wire.FreezeDetail;
import dev.zhifu.wire.FreezeMode;
import dev.zhifu.wire.GoodFaithSign;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.OrderChannel;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.RecoveryAlarm;
import dev.zhifu.wire.RefundDetail;
import dev.zhifu.wire.SubjectKind;
import dev.zhifu.wire.TraceGround;
import dev.zhifu.wire.UnsignedReason;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * The safety list: each test tells a story in which nothing may leave and names the rule broken;
 * its twin, the same story with that one guard left out, shows that it would have left. {@code
 * docs/safety.md} lists them.
 */
class SafetyTest {

  // ---- freezes

  @Test
  void aFreezeWithinTheLawLeaves() {
    Run run = byLaw().filed().freezeSent(freeze(), Role.COUNTY_HEAD);

    assertThat(run.codes()).containsExactly("100201");
    assertThat(run.alarms).isEmpty();
  }

  @Test
  void aFreezeBeforeFilingIsRefused() {
    freezeHeld(FreezeFact.CASE_FILED, run -> run.emergency().freezeSent(freeze(), Role.CITY_HEAD));
  }

  @Test
  void aFreezeAfterTheCaseWasWithdrawnIsRefused() {
    freezeHeld(
        FreezeFact.CASE_FILED,
        run ->
            run.filed()
                .act(LifeKind.CASE, CASE, "WITHDRAWN", Role.COUNTY_HEAD, null)
                .freezeSent(freeze(), Role.CITY_HEAD));
  }

  @Test
  void aWholeAccountWithoutReasonIsRefused() {
    freezeHeld(
        FreezeFact.WHOLE_REASON_GIVEN,
        run -> run.filed().freezeSent(freeze(f -> f.setMode(FreezeMode.WHOLE)), Role.COUNTY_HEAD));
  }

  @Test
  void theTwoHundredthAccountOfABatchNeedsTheCityHead() {
    freezeHeld(
        FreezeFact.CITY_HEAD_OR_FEW_ACCOUNTS,
        run -> run.filed().freezeSent(batchOf(200), Role.COUNTY_HEAD));
    assertThat(byLaw().filed().freezeSent(batchOf(199), Role.COUNTY_HEAD).codes())
        .containsExactly("100201");
    assertThat(byLaw().filed().freezeSent(batchOf(200), Role.CITY_HEAD).codes())
        .containsExactly("100201");
  }

  private static FreezeDetail batchOf(int accounts) {
    return freeze(f -> f.setBatchAccounts(accounts));
  }

  @Test
  void theFiveHundredthAccountOfACaseNeedsTheCityHead() {
    freezeHeld(
        FreezeFact.CITY_HEAD_OR_FEW_ACCOUNTS,
        run -> putForward(run.filed(), 499).freezeSent(freeze(), Role.COUNTY_HEAD));
    assertThat(putForward(byLaw().filed(), 498).freezeSent(freeze(), Role.COUNTY_HEAD).codes())
        .containsExactly("100201");
    assertThat(putForward(byLaw().filed(), 499).freezeSent(freeze(), Role.CITY_HEAD).codes())
        .containsExactly("100201");
  }

  private static Run putForward(Run run, int accounts) {
    LifeTransition owner = LifeTransition.newBuilder(run.file.get(CASE)).build();
    ((CaseDetail) owner.getDetail()).setFreezeAccounts(accounts);
    run.file.put(owner);
    return run;
  }

  @Test
  void everySubmissionCountsInTheCase() {
    Run run = byLaw().filed();
    for (int i = 1; i <= 3; i++) {
      String mule = "mule-" + i;
      run.act(
          LifeKind.FREEZE,
          "freeze-" + i,
          "PROPOSED",
          Role.CASE_OFFICER,
          freeze(f -> f.setTarget(account(mule, "holder", AccountKind.PERSONAL))));
      run.act(LifeKind.FREEZE, "freeze-" + i, "SUBMITTED", Role.CASE_OFFICER, null);
    }

    assertThat(((CaseDetail) run.file.get(CASE).getDetail()).getFreezeAccounts()).isEqualTo(3);
  }

  @Test
  void aPooledAccountIsNeverFrozen() {
    freezeHeld(
        FreezeFact.NOT_POOLED,
        run ->
            run.filed()
                .freezeSent(
                    freeze(f -> f.setTarget(account("pool", "institution", AccountKind.POOLED))),
                    Role.CITY_HEAD));
  }

  @Test
  void anAccountIsNotFrozenTwiceByOneBodyInOneCase() {
    Run held = byLaw().filed().frozen();
    held.act(LifeKind.FREEZE, "again", "PROPOSED", Role.CASE_OFFICER, freeze());
    assertThat(held.file.get("again")).isNull();
    assertThat(held.lastAlarm())
        .contains(
            FreezeFact.NOT_FROZEN_HERE.name(),
            FreezeFact.NOT_FROZEN_HERE.wayOut(),
            FreezeFact.NOT_FROZEN_HERE.clause().text());
    held.act(
        LifeKind.FREEZE,
        "another",
        "PROPOSED",
        Role.CASE_OFFICER,
        freeze(one -> one.setAuthority("another body")));
    assertThat(held.state("another")).as("another body's is queued by the bank").isEqualTo("DRAFT");

    Run twin = new Run(withoutFreezeGuard(FreezeFact.NOT_FROZEN_HERE)).filed().frozen();
    twin.act(LifeKind.FREEZE, "again", "PROPOSED", Role.CASE_OFFICER, freeze());
    assertThat(twin.state("again")).isEqualTo("DRAFT");
  }

  @Test
  void anActWithoutAValidSignatureFreezesNothing() {
    freezeHeld(
        FreezeFact.ACT_VERIFIED,
        run -> {
          run.filed().verified = false;
          return run.freezeSent(freeze(), Role.COUNTY_HEAD);
        });
  }

  @Test
  void aFreezeAboveTheTracedMoneyIsRefused() {
    freezeHeld(
        FreezeFact.WITHIN_TRACED,
        run -> run.filed().freezeSent(freeze(f -> f.setAmountFen(4_000_001L)), Role.COUNTY_HEAD));
  }

  @Test
  void aFreezeWithoutATraceIsRefused() {
    freezeHeld(
        FreezeFact.MONEY_LINKED,
        run -> run.filed().freezeSent(freeze(f -> f.setTraceId("")), Role.COUNTY_HEAD));
  }

  @Test
  void moneyAcquiredInGoodFaithIsNotFrozen() {
    freezeHeld(
        FreezeFact.NO_GOOD_FAITH,
        run -> run.filed().freezeSent(freeze(f -> f.setGoodFaithSigns(true)), Role.COUNTY_HEAD));
  }

  @Test
  void aFreezeOfAnAccountThatNoOrderOfTheCaseNamesIsRefused() {
    freezeHeld(
        FreezeFact.MONEY_LINKED,
        run -> {
          run.ordered = false;
          return run.filed().freezeSent(freeze(), Role.COUNTY_HEAD);
        });
    freezeHeld(
        FreezeFact.MONEY_LINKED,
        run -> {
          run.order = order -> order.setTracedFen(0L);
          return run.filed().freezeSent(whole(), Role.COUNTY_HEAD);
        });
  }

  private static FreezeDetail whole() {
    return freeze(
        f -> {
          f.setMode(FreezeMode.WHOLE);
          f.setWholeReason("many small credits of many victims");
        });
  }

  @Test
  void aFreezeAboveWhatTheOrdersTraceIsRefusedWhateverTheProposalSays() {
    freezeHeld(
        FreezeFact.WITHIN_TRACED,
        run -> {
          run.order = order -> order.setTracedFen(3_999_999L);
          return run.filed().freezeSent(freeze(), Role.COUNTY_HEAD);
        });
  }

  @Test
  void anAccountThatAnOrderCallsPooledIsNeverFrozenWhateverTheProposalSays() {
    freezeHeld(
        FreezeFact.NOT_POOLED,
        run -> {
          run.order =
              order -> {
                order.setTracedFen(4_000_000L);
                order.setUnsigned(List.of(UnsignedReason.POOLED_ACCOUNT));
              };
          return run.filed().freezeSent(freeze(), Role.CITY_HEAD);
        });
  }

  @Test
  void signsOfGoodFaithInATraceAreAnsweredBeforeAFreeze() {
    freezeHeld(
        FreezeFact.NO_GOOD_FAITH,
        run -> signs(run.filed(), GoodFaithSign.SELLS).freezeSent(freeze(), Role.COUNTY_HEAD));
    assertThat(
            signs(byLaw().filed(), GoodFaithSign.WAGES)
                .freezeSent(
                    freeze(f -> f.setGoodFaithHeard("wages ended in May, he lent the card")),
                    Role.COUNTY_HEAD)
                .codes())
        .containsExactly("100201");
    assertThat(
            signs(byLaw().filed(), GoodFaithSign.OTHERS_PAY)
                .freezeSent(freeze(), Role.COUNTY_HEAD)
                .codes())
        .as("that others pay in too is shown and binds nothing")
        .containsExactly("100201");
  }

  private static Run signs(Run run, GoodFaithSign sign) {
    run.order =
        order -> {
          order.setTracedFen(4_000_000L);
          order.setGrounds(
              List.of(
                  TraceGround.newBuilder()
                      .setReportId("report-1")
                      .setCaseId(CASE)
                      .setFromAccount("first")
                      .setFromBank(BANK)
                      .setLevel(2)
                      .setArrivedAt(T0)
                      .setLowFen(4_000_000L)
                      .setHighFen(4_000_000L)
                      .setGoodFaithSigns(List.of(sign))
                      .build()));
        };
    return run;
  }

  @Test
  void aNoticeThatLacksAFieldOfArticle239IsRefused() {
    freezeHeld(
        FreezeFact.NOTICE_COMPLETE,
        run -> run.filed().freezeSent(freeze(f -> f.setFruits(null)), Role.COUNTY_HEAD));
  }

  @Test
  void aFreezeWithoutLegalReviewIsRefused() {
    freezeHeld(
        FreezeFact.LEGAL_REVIEW_DONE,
        run -> run.reviewedBy("").filed().freezeSent(freeze(), Role.COUNTY_HEAD));
    assertThat(
            byLaw()
                .reviewedBy("")
                .filed()
                .freezeSent(freeze(f -> f.setReviewedBy("reviewer-1")), Role.COUNTY_HEAD)
                .requests)
        .as("what the proposal or the approval says of a review is none")
        .isEmpty();
    assertThat(
            byLaw().reviewedBy("officer-1").filed().freezeSent(freeze(), Role.COUNTY_HEAD).requests)
        .as("who approves does not review himself")
        .isEmpty();
  }

  @Test
  void aRenewalIsReadAnewAndWhatWasReadBeforeItsTermIsNotIt() {
    freezeHeld(
        FreezeFact.LEGAL_REVIEW_DONE,
        run -> {
          run.filed().frozen();
          run.amount(LifeKind.FREEZE, FREEZE, "VERIFIED_ALL", Role.CASE_OFFICER, 4_000_000L);
          run.to(run.frozenDetail().getExpiresAt().minus(Duration.ofDays(15)));
          return run.act(LifeKind.FREEZE, FREEZE, "RENEWAL_ASKED", Role.COUNTY_HEAD, freeze());
        },
        "100205");
    Run twice = byLaw().filed().frozen().renewalAsked();
    twice.answer(LifeKind.FREEZE, FREEZE, "BANK_RENEWED", 0, null);
    assertThat(twice.frozenDetail().getReviewedAt()).isNull();
    assertThat(twice.frozenDetail().getReviewedBy()).isEqualTo("reviewer-1");
  }

  @Test
  void aTermOfAYearNeedsTheCityHead() {
    freezeHeld(
        FreezeFact.CITY_HEAD_OR_SHORT_TERM,
        run -> run.filed().freezeSent(freeze(f -> f.setTermMonths(12)), Role.COUNTY_HEAD));
    assertThat(byLaw().filed().freezeSent(freeze(f -> f.setTermMonths(12)), Role.CITY_HEAD).codes())
        .containsExactly("100201");
    assertThat(
            byLaw().filed().freezeSent(freeze(f -> f.setTermMonths(13)), Role.CITY_HEAD).requests)
        .isEmpty();
  }

  @Test
  void aFreezeIsNeverSentDirect() {
    freezeHeld(
        FreezeFact.CHANNEL_LAWFUL,
        run ->
            run.filed()
                .freezeSent(freeze(f -> f.setChannel(OrderChannel.DIRECT)), Role.COUNTY_HEAD));
  }

  @Test
  void noOfficerAloneApprovesAFreeze() {
    Run run = byLaw().filed().freezeSent(freeze(), Role.CASE_OFFICER);

    assertThat(run.requests).isEmpty();
    assertThat(run.alarms.get(0).getWords()).contains("WRONG_ROLE", "COUNTY_HEAD");
  }

  @Test
  void aLateRenewalIsRefused() {
    UnaryOperator<Run> verified =
        run -> {
          run.filed().frozen();
          run.amount(LifeKind.FREEZE, FREEZE, "VERIFIED_ALL", Role.CASE_OFFICER, 4_000_000L);
          Instant end = run.frozenDetail().getExpiresAt();
          run.to(end.minus(LegalTerms.RENEWAL_AHEAD).plusMillis(1));
          run.requests.clear();
          return run.renewalAsked();
        };
    freezeHeld(FreezeFact.TEN_DAYS_AHEAD, verified, "100205");
    Run inTime = byLaw().filed().frozen();
    inTime.amount(LifeKind.FREEZE, FREEZE, "VERIFIED_ALL", Role.CASE_OFFICER, 4_000_000L);
    inTime.to(inTime.frozenDetail().getExpiresAt().minus(LegalTerms.RENEWAL_AHEAD));
    inTime.renewalAsked();
    assertThat(inTime.codes()).containsExactly("100201", "100205");
  }

  @Test
  void onlyTheAuthorityThatFrozeRenews() {
    freezeHeld(
        FreezeFact.ORIGINAL_AUTHORITY,
        run -> {
          run.filed().frozen();
          run.requests.clear();
          return run.renewalAsked(freeze(f -> f.setAuthority("another-police")));
        },
        "100205");
  }

  @Test
  void withoutTheBanksAnswerThereIsNoFreezeAndNothingExpires() {
    Run run = byLaw().filed().freezeSent(freeze(), Role.COUNTY_HEAD).pass(Duration.ofDays(400));

    assertThat(run.state(FREEZE)).isEqualTo("SENT");
    assertThat(run.notices).isEmpty();
    assertThat(run.alarmKinds())
        .containsExactly("ESCALATE_BANK", "ESCALATE_BANNER", "ESCALATE_CITY");

    run.answer(LifeKind.FREEZE, FREEZE, "BANK_FROZE", 4_000_000L, null);
    assertThat(run.state(FREEZE)).isEqualTo("SENT");
    assertThat(run.lastAlarm()).contains("START_TIME_GIVEN");
  }

  private static void freezeHeld(FreezeFact guard, UnaryOperator<Run> story) {
    freezeHeld(guard, story, "100201");
  }

  private static void freezeHeld(FreezeFact guard, UnaryOperator<Run> story, String code) {
    Run held = story.apply(byLaw());
    assertThat(held.codes()).as("what left").doesNotContain(code);
    assertThat(held.alarms).extracting(alarm -> alarm.getWords()).anyMatch(names(guard.name()));
    assertThat(held.alarms)
        .extracting(alarm -> alarm.getWords())
        .anyMatch(names(guard.wayOut()))
        .anyMatch(names(guard.clause().text()));

    Run twin = story.apply(new Run(withoutFreezeGuard(guard)));
    assertThat(twin.codes()).as("what leaves with " + guard + " left out").contains(code);
  }

  private static java.util.function.Predicate<String> names(String rule) {
    return words -> words.contains(rule);
  }

  private static LifeDesk withoutFreezeGuard(FreezeFact guard) {
    return new LifeDesk(
        terms(),
        CaseTable.law(),
        FreezeTable.law().without(guard),
        RefundTable.law(),
        VictimHoldTable.law(),
        AppealTable.law());
  }

  // ---- a case

  @Test
  void aReportIsAcceptedOnItsFormAndTheVictimsIdentityDocument() {
    for (String[] lacking :
        List.of(
            new String[] {},
            new String[] {"form:1"},
            new String[] {"id:1"},
            new String[] {"form:", "id:1"},
            new String[] {"form-1", "id-1"})) {
      Run run = reported();
      run.act(LifeKind.CASE, CASE, "REPORT_ACCEPTED", Role.DUTY_OFFICER, null, lacking);
      assertThat(run.state(CASE)).as(List.of(lacking).toString()).isEqualTo("REPORTED");
      assertThat(run.lastAlarm()).contains(CaseFact.FORM_AND_ID_COMPLETE.name());
    }
    Run run = reported();
    run.act(LifeKind.CASE, CASE, "REPORT_ACCEPTED", Role.DUTY_OFFICER, null, "form:1", "id:1");
    assertThat(run.state(CASE)).isEqualTo("ACCEPTED");
  }

  private static Run reported() {
    CaseDetail detail =
        CaseDetail.newBuilder()
            .setSubjectKind(SubjectKind.HOLDER)
            .setSubject("victim-1")
            .setVictim("victim-1")
            .setReportId("report-1")
            .setReportedAt(T0)
            .build();
    return byLaw()
        .take(
            LifeKind.CASE,
            CASE,
            Happening.message("VICTIM_REPORTED", Role.VICTIM, T0, "report-1", detail));
  }

  // ---- releases that the law makes due

  @Test
  void aCaseThatIsNotFiledMakesEveryStopDueForRelease() {
    Run run = byLaw().emergency().stop(OrderState.ACTIVE, 4);
    run.act(LifeKind.CASE, CASE, "NOT_FILED", Role.COUNTY_HEAD, null);

    assertThat(run.alarmKinds()).contains("RELEASE_DUE");
    assertThat(run.lastAlarmOf("RELEASE_DUE")).contains(STOP, "NOT_FILED", "RELEASE");

    Run late = byLaw().emergency();
    late.act(LifeKind.CASE, CASE, "NOT_FILED", Role.COUNTY_HEAD, null);
    late.stop(OrderState.ACTIVE, 4);
    assertThat(late.alarmKinds())
        .as("a stop that takes effect after the decision")
        .contains("RELEASE_DUE");
  }

  @Test
  void aWithdrawnCaseMakesEveryFreezeDueForRelease() {
    due(run -> run.filed().frozen().act(LifeKind.CASE, CASE, "WITHDRAWN", Role.COUNTY_HEAD, null));
  }

  @Test
  void aWithdrawnCaseMakesEveryStopDueForRelease() {
    Run run = byLaw().filed().stop(OrderState.ACTIVE, 4);
    run.act(LifeKind.CASE, CASE, "WITHDRAWN", Role.COUNTY_HEAD, null);

    assertThat(run.lastAlarmOf("RELEASE_DUE")).contains(STOP, "WITHDRAWN", "RELEASE");
    assertThat(run.state(STOP)).as("nothing is lifted by itself").isEqualTo("ACTIVE");
  }

  @Test
  void moneyFoundUnrelatedIsDueForRelease() {
    due(
        run ->
            run.filed()
                .frozen()
                .act(LifeKind.FREEZE, FREEZE, "FOUND_UNRELATED", Role.CASE_OFFICER, null));
  }

  @Test
  void threeMonthsWithoutProofAreDueForRelease() {
    due(run -> run.filed().frozen().pass(Duration.ofDays(93)));
    Run verified = byLaw().filed().frozen();
    verified.amount(LifeKind.FREEZE, FREEZE, "VERIFIED_ALL", Role.CASE_OFFICER, 4_000_000L);
    assertThat(verified.pass(Duration.ofDays(93)).state(FREEZE)).isEqualTo("ACTIVE");
  }

  @Test
  void aWholeAccountUnverifiedAfterAMonthIsOverdueAndAfterThreeDueForRelease() {
    Run run =
        byLaw()
            .filed()
            .frozen(
                freeze(
                    f -> {
                      f.setMode(FreezeMode.WHOLE);
                      f.setWholeReason("many small credits of many victims");
                    }));
    assertThat(run.pass(Duration.ofDays(32)).state(FREEZE)).isEqualTo("VERIFY_DUE");
    assertThat(run.pass(Duration.ofDays(62)).state(FREEZE)).isEqualTo("RELEASE_DUE");
  }

  @Test
  void anUpheldAppealMakesAFreezeDueForRelease() {
    due(run -> upheld(run.filed().frozen(), FREEZE, LifeKind.FREEZE));
  }

  @Test
  void aFreezeIsLiftedByTheActOfTheHeadWhoUpholdsTheAppeal() {
    Run run = byLaw().filed().frozen().appealed(FREEZE, LifeKind.FREEZE);
    run.pass(Duration.ofMinutes(7));
    run.verified = false;
    run.actWith(
        LifeKind.APPEAL, "appeal-1", "UPHELD", Role.COUNTY_HEAD, null, "WRONG_ACCOUNT", null);
    assertThat(run.codes()).as("unsigned, nothing is lifted").doesNotContain("100203");
    run.verified = true;
    run.actWith(
        LifeKind.APPEAL, "appeal-1", "UPHELD", Role.COUNTY_HEAD, null, "WRONG_ACCOUNT", null);

    assertThat(run.state(FREEZE)).isEqualTo("RELEASED");
    assertThat(run.codes()).endsWith("100203");
    assertThat(run.notices.get(run.notices.size() - 1).getInForce()).isFalse();
    assertThat(run.lastAlarmOf("LIFT_AT_ONCE")).contains("7 min since the appeal");
    run.answer(LifeKind.FREEZE, FREEZE, "BANK_LIFTED", 0, run.now());
    run.pass(Duration.ofDays(400));
    assertThat(run.alarmKinds()).doesNotContain("RELEASE_DUE", "OVERDUE", "END_NEAR");
  }

  @Test
  void aFreezeSentAndNotAnsweredIsLiftedByTheHeadWhoUpholdsTheAppeal() {
    Run run = byLaw().filed().freezeSent(freeze(), Role.COUNTY_HEAD);
    run.appealed(FREEZE, LifeKind.FREEZE);
    run.actWith(LifeKind.APPEAL, "appeal-1", "UPHELD", Role.CITY_HEAD, null, "STALE_HOP", null);

    assertThat(run.state(FREEZE)).isEqualTo("RELEASED");
    assertThat(run.codes()).containsExactly("100201", "100203");
  }

  @Test
  void upheldByAnOfficerAFreezeWaitsForTheHeadMinutesAndNotThreeDays() {
    Run run = upheld(byLaw().filed().frozen(), FREEZE, LifeKind.FREEZE);
    overdueWithinMinutes(run);

    run.act(LifeKind.FREEZE, FREEZE, "RELEASE_SIGNED", Role.COUNTY_HEAD, null);
    run.answer(LifeKind.FREEZE, FREEZE, "BANK_LIFTED", 0, run.now());
    long before = run.alarms.size();
    run.pass(Duration.ofDays(4));
    assertThat(run.alarms).hasSize((int) before);
  }

  @Test
  void anUpheldAppealShortensTheThreeDaysOfAReleaseThatWasDueAlready() {
    Run run = byLaw().filed().frozen();
    run.act(LifeKind.FREEZE, FREEZE, "FOUND_UNRELATED", Role.CASE_OFFICER, null);
    overdueWithinMinutes(upheld(run, FREEZE, LifeKind.FREEZE));
  }

  private static void overdueWithinMinutes(Run run) {
    assertThat(run.state(FREEZE)).isEqualTo("RELEASE_DUE");
    assertThat(run.lastAlarmOf("RELEASE_DUE")).contains("at once").doesNotContain("3 days");
    run.pass(Duration.ofMinutes(1).minusMillis(1));
    assertThat(run.alarmKinds()).doesNotContain("OVERDUE");
    run.pass(Duration.ofMillis(1));
    assertThat(run.alarmKinds()).contains("OVERDUE");
    run.pass(Duration.ofDays(4));
    assertThat(run.alarmKinds()).filteredOn("OVERDUE"::equals).hasSize(3);
  }

  @Test
  void aVictimHoldIsLiftedByWhoeverUpheldTheAppeal() {
    for (Role role :
        List.of(Role.DUTY_OFFICER, Role.CASE_OFFICER, Role.COUNTY_HEAD, Role.CITY_HEAD)) {
      Run run = byLaw().emergency();
      run.act(
          LifeKind.VICTIM_HOLD,
          "hold-1",
          "PROPOSED",
          Role.DUTY_OFFICER,
          victimHold("victim-1", 10));
      run.act(LifeKind.VICTIM_HOLD, "hold-1", "APPROVED", Role.DUTY_OFFICER, null);
      run.answer(LifeKind.VICTIM_HOLD, "hold-1", "BANK_APPLIED", 0, run.now());
      run.appealed("hold-1", LifeKind.VICTIM_HOLD);
      run.actWith(LifeKind.APPEAL, "appeal-1", "UPHELD", role, null, "MODEL_FP", null);

      assertThat(run.state("hold-1")).as(role.name()).isEqualTo("LIFTED");
      assertThat(run.notices.get(run.notices.size() - 1).getInForce()).isFalse();
    }
  }

  @Test
  void anUpheldAppealMakesAStopDueForRelease() {
    Run run = byLaw().emergency().stop(OrderState.ACTIVE, 4);
    upheld(run, STOP, LifeKind.STOP_ORDER);

    assertThat(run.alarmKinds()).contains("LIFT_AT_ONCE", "RELEASE_DUE");
  }

  @Test
  void whatIsFrozenAboveTheVerifiedSumIsDueForRelease() {
    Run run = byLaw().filed().frozen();
    run.amount(LifeKind.FREEZE, FREEZE, "VERIFIED_PART", Role.CASE_OFFICER, 1_000_000L);

    assertThat(run.state(FREEZE)).isEqualTo("PARTIAL");
    assertThat(run.frozenDetail().getFrozenFen()).isEqualTo(1_000_000L);
    assertThat(run.alarmKinds()).containsExactly("RELEASE_DUE");
    assertThat(run.pass(Duration.ofDays(3)).alarmKinds()).containsExactly("RELEASE_DUE", "OVERDUE");
  }

  @Test
  void whatABankFreezesAboveTheSumAskedIsDueForReleaseAndNeverRefunded() {
    Run run = byLaw().filed().freezeSent(freeze(), Role.COUNTY_HEAD);
    run.answer(LifeKind.FREEZE, FREEZE, "BANK_FROZE", 5_000_000L, run.now());

    assertThat(run.state(FREEZE)).isEqualTo("ACTIVE");
    assertThat(run.alarmKinds()).containsExactly("FROZEN_ABOVE_ASKED", "RELEASE_DUE");
    assertThat(run.lastAlarmOf("RELEASE_DUE")).contains("1000000 fen", "REST_RELEASE_SIGNED");
    assertThat(run.frozenDetail().getFrozenFen()).isEqualTo(4_000_000L);
    assertThat(run.frozenDetail().getRestFen()).isEqualTo(1_000_000L);
    RefundDetail above = refund(4_000_001L);
    assertThat(run.refundServed(above).alarms)
        .extracting(alarm -> alarm.getWords())
        .anyMatch(names(RefundFact.SUM_WITHIN_FROZEN.name()));
    assertThat(run.pass(Duration.ofDays(3)).alarmKinds()).contains("OVERDUE");

    Run whole = byLaw().filed();
    whole.freezeSent(
        freeze(
            f -> {
              f.setMode(FreezeMode.WHOLE);
              f.setWholeReason("many small credits of many victims");
            }),
        Role.COUNTY_HEAD);
    whole.answer(LifeKind.FREEZE, FREEZE, "BANK_FROZE", 5_000_000L, whole.now());
    assertThat(whole.frozenDetail().getFrozenFen()).isEqualTo(5_000_000L);
    assertThat(whole.alarms).as("all of it was asked").isEmpty();
  }

  /** 40,000 yuan frozen, 10,000 of it verified: 30,000 are to be lifted. */
  private static Run verifiedInPart(Run run) {
    run.filed().frozen();
    return run.amount(LifeKind.FREEZE, FREEZE, "VERIFIED_PART", Role.CASE_OFFICER, 1_000_000L);
  }

  @Test
  void theReleaseOfThePartLeavesWhatIsVerifiedFrozen() {
    Run run = verifiedInPart(byLaw());
    assertThat(run.lastAlarmOf("RELEASE_DUE")).contains("3000000 fen", "REST_RELEASE_SIGNED");
    assertThat(run.codes()).as("nothing is lifted by itself").doesNotContain("100203");

    run.verified = false;
    run.act(LifeKind.FREEZE, FREEZE, "REST_RELEASE_SIGNED", Role.COUNTY_HEAD, null);
    run.verified = true;
    run.act(LifeKind.FREEZE, FREEZE, "REST_RELEASE_SIGNED", Role.CASE_OFFICER, null);
    assertThat(run.codes()).doesNotContain("100203");
    run.act(LifeKind.FREEZE, FREEZE, "REST_RELEASE_SIGNED", Role.COUNTY_HEAD, null);
    ChannelRequest asked = run.requests.get(run.requests.size() - 1);
    assertThat(asked.getCode()).isEqualTo("100203");
    assertThat(asked.getAmountFen()).isEqualTo(3_000_000L);
    assertThat(asked.getChannel())
        .as("the message names no sum: by platform it would lift all")
        .isEqualTo(OrderChannel.PAPER);
    assertThat(run.state("paper:" + asked.getRequestId())).isEqualTo("TO_PRINT");
    assertThat(run.state(FREEZE)).isEqualTo("PARTIAL");
    assertThat(run.frozenDetail().getRestFen()).as("the bank keeps it").isEqualTo(3_000_000L);

    run.act(LifeKind.FREEZE, FREEZE, "REST_RELEASE_SIGNED", Role.COUNTY_HEAD, null);
    assertThat(run.lastAlarm()).as("it is asked once").contains(FreezeFact.REST_DUE.name());
    run.answer(LifeKind.FREEZE, FREEZE, "REST_LIFTED", 0, null);
    assertThat(run.state(FREEZE)).isEqualTo("PARTIAL");
    assertThat(run.frozenDetail().getFrozenFen()).isEqualTo(1_000_000L);
    assertThat(run.frozenDetail().getRestFen()).isZero();
    run.pass(Duration.ofDays(4));
    assertThat(run.alarms)
        .as("the freeze owes nothing more; its paper, which nobody printed here, has its own term")
        .filteredOn(alarm -> alarm.getObjectId().equals(FREEZE))
        .extracting(RecoveryAlarm::getAlarm)
        .doesNotContain("OVERDUE");
  }

  @Test
  void aSecondPartIsAskedForOnceTheBankHasLiftedTheFirst() {
    Run run = verifiedInPart(byLaw());
    run.act(LifeKind.FREEZE, FREEZE, "REST_RELEASE_SIGNED", Role.COUNTY_HEAD, null);
    run.amount(LifeKind.FREEZE, FREEZE, "VERIFIED_PART", Role.CASE_OFFICER, 600_000L);
    run.act(LifeKind.FREEZE, FREEZE, "REST_RELEASE_SIGNED", Role.COUNTY_HEAD, null);
    assertThat(run.lastAlarm()).contains(FreezeFact.REST_DUE.name());

    run.answer(LifeKind.FREEZE, FREEZE, "REST_LIFTED", 0, null);
    assertThat(run.frozenDetail().getRestFen()).as("the bank keeps it").isEqualTo(400_000L);
    run.act(LifeKind.FREEZE, FREEZE, "REST_RELEASE_SIGNED", Role.COUNTY_HEAD, null);
    assertThat(run.requests)
        .as("what the papers name together is what is not verified")
        .filteredOn(request -> request.getCode().equals("100203"))
        .extracting(ChannelRequest::getAmountFen)
        .containsExactly(3_000_000L, 400_000L);
    run.answer(LifeKind.FREEZE, FREEZE, "REST_LIFTED", 0, null);
    assertThat(run.frozenDetail().getRestFen()).isZero();
    assertThat(run.frozenDetail().getFrozenFen()).isEqualTo(600_000L);

    Run twin = verifiedInPart(new Run(withoutFreezeGuard(FreezeFact.REST_DUE)));
    twin.act(LifeKind.FREEZE, FREEZE, "REST_RELEASE_SIGNED", Role.COUNTY_HEAD, null);
    twin.amount(LifeKind.FREEZE, FREEZE, "VERIFIED_PART", Role.CASE_OFFICER, 600_000L);
    twin.act(LifeKind.FREEZE, FREEZE, "REST_RELEASE_SIGNED", Role.COUNTY_HEAD, null);
    assertThat(twin.requests.stream().filter(request -> request.getCode().equals("100203")))
        .as("6.4 million fen are asked of the 4 million that are frozen")
        .extracting(ChannelRequest::getAmountFen)
        .containsExactly(3_000_000L, 3_400_000L);
  }

  @Test
  void aPartWhosePaperIsVoidIsAskedForAnew() {
    Run run = verifiedInPart(byLaw());
    run.act(LifeKind.FREEZE, FREEZE, "REST_RELEASE_SIGNED", Role.COUNTY_HEAD, null);
    String paper = "paper:" + run.requests.get(run.requests.size() - 1).getRequestId();
    run.act(LifeKind.PAPER, paper, "VOIDED", Role.CASE_OFFICER, null);
    assertThat(run.state(paper)).isEqualTo("VOID");

    int before = run.requests.size();
    run.act(LifeKind.FREEZE, FREEZE, "REST_RELEASE_SIGNED", Role.COUNTY_HEAD, null);
    assertThat(run.requests.subList(before, run.requests.size()))
        .extracting(ChannelRequest::getAmountFen)
        .containsExactly(3_000_000L);
    run.answer(LifeKind.FREEZE, FREEZE, "REST_LIFTED", 0, null);
    assertThat(run.frozenDetail().getRestFen()).isZero();
  }

  @Test
  void whatIsVerifiedIsNotReleasedWithTheRest() {
    freezeHeld(
        FreezeFact.NO_REST_DUE,
        run ->
            verifiedInPart(run)
                .act(LifeKind.FREEZE, FREEZE, "RELEASE_SIGNED", Role.COUNTY_HEAD, null),
        "100203");

    Run none = verifiedInPart(byLaw());
    none.act(LifeKind.FREEZE, FREEZE, "FOUND_UNRELATED", Role.CASE_OFFICER, null);
    none.act(LifeKind.FREEZE, FREEZE, "RELEASE_SIGNED", Role.COUNTY_HEAD, null);
    assertThat(none.state(FREEZE)).isEqualTo("RELEASED");
    assertThat(none.requests.get(none.requests.size() - 1).getAmountFen())
        .as("all that the bank keeps")
        .isEqualTo(4_000_000L);
  }

  @Test
  void aRestThatNobodySignedOutlivesTheRefundOfAllElse() {
    Run run = verifiedInPart(byLaw()).refundServed(refund(1_000_000L));
    run.answer(LifeKind.REFUND, REFUND, "BANK_EXAMINES", 0, null);
    run.answer(LifeKind.REFUND, REFUND, "BANK_ACCEPTS", 0, null);
    run.answer(LifeKind.REFUND, REFUND, "BANK_PAID", 1_000_000L, run.now());
    assertThat(run.state(FREEZE)).as("no engine lifts it").isEqualTo("PARTIAL");
    assertThat(run.codes()).doesNotContain("100203");

    run.act(LifeKind.FREEZE, FREEZE, "REST_RELEASE_SIGNED", Role.COUNTY_HEAD, null);
    run.answer(LifeKind.FREEZE, FREEZE, "REST_LIFTED", 0, null);
    assertThat(run.state(FREEZE)).isEqualTo("RELEASED");
    assertThat(run.notices.get(run.notices.size() - 1).getInForce()).isFalse();
    assertThat(run.file.get(FREEZE).getClocks()).isEmpty();
  }

  @Test
  void aFreezeDueForReleaseEndsWhenItsBankLiftsTheLastOfIt() {
    Run run = verifiedInPart(byLaw()).refundServed(refund(1_000_000L));
    run.answer(LifeKind.REFUND, REFUND, "BANK_EXAMINES", 0, null);
    run.answer(LifeKind.REFUND, REFUND, "BANK_ACCEPTS", 0, null);
    run.answer(LifeKind.REFUND, REFUND, "BANK_PAID", 1_000_000L, run.now());
    run.act(LifeKind.FREEZE, FREEZE, "REST_RELEASE_SIGNED", Role.COUNTY_HEAD, null);
    run.act(LifeKind.CASE, CASE, "WITHDRAWN", Role.COUNTY_HEAD, null);
    assertThat(run.state(FREEZE)).isEqualTo("RELEASE_DUE");

    run.answer(LifeKind.FREEZE, FREEZE, "REST_LIFTED", 0, null);
    assertThat(run.state(FREEZE)).as("nothing is left to sign").isEqualTo("RELEASED");
    assertThat(run.notices.get(run.notices.size() - 1).getInForce()).isFalse();
    assertThat(run.file.get(FREEZE).getClocks()).isEmpty();
  }

  @Test
  void aSecondAnswerProlongsNoFreezeThatIsDueForRelease() {
    Run run = byLaw().filed().frozen();
    Instant ends = run.frozenDetail().getExpiresAt();
    run.act(LifeKind.FREEZE, FREEZE, "FOUND_UNRELATED", Role.CASE_OFFICER, null);
    run.answer(LifeKind.FREEZE, FREEZE, "BANK_FROZE", 4_000_000L, run.now());

    assertThat(run.frozenDetail().getExpiresAt()).isEqualTo(ends);
    assertThat(run.lastAlarm()).contains(FreezeFact.NOT_FROZEN_YET.name());
    assertThat(run.to(ends).state(FREEZE)).as("it ends by law").isEqualTo("EXPIRED");
  }

  @Test
  void theTimeForVerificationEndsWithTheCase() {
    Run run = byLaw().filed().frozen();
    run.act(LifeKind.CASE, CASE, "WITHDRAWN", Role.COUNTY_HEAD, null);

    assertThat(run.pass(Duration.ofDays(75)).alarms)
        .as("what is due for release is not to be verified")
        .extracting(RecoveryAlarm::getWords)
        .noneMatch(names("THREE_MONTHS_OVER"));
  }

  /** RELEASE_DUE, an alarm, nothing lifted by itself, overdue after 3 days, lifted by a head. */
  private static void due(UnaryOperator<Run> story) {
    Run run = story.apply(byLaw());
    assertThat(run.state(FREEZE)).isEqualTo("RELEASE_DUE");
    assertThat(run.alarmKinds()).contains("RELEASE_DUE");
    assertThat(run.codes()).as("nothing is lifted by itself").doesNotContain("100203");

    run.pass(Duration.ofDays(3));
    assertThat(run.alarmKinds()).contains("OVERDUE");

    run.verified = false;
    run.act(LifeKind.FREEZE, FREEZE, "RELEASE_SIGNED", Role.COUNTY_HEAD, null);
    assertThat(run.codes()).doesNotContain("100203");
    run.verified = true;
    run.act(LifeKind.FREEZE, FREEZE, "RELEASE_SIGNED", Role.CASE_OFFICER, null);
    assertThat(run.codes()).doesNotContain("100203");
    run.act(LifeKind.FREEZE, FREEZE, "RELEASE_SIGNED", Role.COUNTY_HEAD, null);
    assertThat(run.codes()).contains("100203");
    assertThat(run.state(FREEZE)).isEqualTo("RELEASED");
    assertThat(run.notices.get(run.notices.size() - 1).getInForce()).isFalse();
  }

  private static Run upheld(Run run, String restriction, LifeKind kind) {
    return run.appealed(restriction, kind)
        .actWith(
            LifeKind.APPEAL, "appeal-1", "UPHELD", Role.DUTY_OFFICER, null, "WRONG_ACCOUNT", null);
  }

  @Test
  void aDocumentThatIsOnlyCalledByItsKindIsNoDocument() {
    Run refund = byLaw().filed().frozen();
    for (String[] documents :
        new String[][] {{"id:"}, {"id: "}, {"id:1", "agent"}, {"id:1", "agent", "power:"}}) {
      refund.act(
          LifeKind.REFUND, REFUND, "OPENED", Role.CASE_OFFICER, refund(4_000_000L), documents);
      assertThat(refund.state(REFUND)).as(String.join(", ", documents)).isNull();
    }

    RefundDetail due = refund(4_000_000L);
    refund.act(LifeKind.REFUND, REFUND, "OPENED", Role.CASE_OFFICER, due, "id:1");
    refund.act(LifeKind.REFUND, REFUND, "FLOW_TABLE_BUILT", Role.CASE_OFFICER, due);
    refund.act(LifeKind.REFUND, REFUND, "FOUND_SINGLE", Role.CASE_OFFICER, due);
    refund.act(LifeKind.REFUND, REFUND, "PREPARED", Role.CASE_OFFICER, due);
    refund.act(LifeKind.REFUND, REFUND, "APPROVED", Role.COUNTY_HEAD, null);
    refund.act(LifeKind.REFUND, REFUND, "SERVED", Role.CASE_OFFICER, null, "officer-2", "notice:");
    assertThat(refund.lastAlarm()).contains(RefundFact.NOTICE_TO_BANK.name());

    Run hold = byLaw().emergency();
    hold.act(
        LifeKind.VICTIM_HOLD, "hold-1", "PROPOSED", Role.DUTY_OFFICER, victimHold("victim-1", 10));
    hold.act(LifeKind.VICTIM_HOLD, "hold-1", "APPROVED", Role.DUTY_OFFICER, null);
    hold.answer(LifeKind.VICTIM_HOLD, "hold-1", "BANK_APPLIED", 0, hold.now());
    hold.act(LifeKind.VICTIM_HOLD, "hold-1", "LIFT_DECIDED", Role.DUTY_OFFICER, null, "visit:");
    assertThat(hold.lastAlarm()).contains(VictimHoldFact.VISITED_AND_CONVINCED.name());
  }

  // ---- refunds

  @Test
  void aRefundWithinTheLawLeaves() {
    Run run = byLaw().filed().frozen().refundServed(refund(4_000_000L));

    assertThat(run.codes()).containsExactly("100201", "");
    assertThat(run.alarms).isEmpty();
  }

  @Test
  void aRefundAboveTheFrozenSumIsRefused() {
    refundHeld(
        RefundFact.SUM_WITHIN_FROZEN, run -> run.filed().frozen().refundServed(refund(4_000_001L)));
  }

  @Test
  void aRefundToSomeoneElseIsRefused() {
    refundHeld(
        RefundFact.PAID_TO_VICTIM,
        run -> {
          RefundDetail detail = refund(4_000_000L);
          detail.getShares().set(0, share("victim-1", "someone-else", 4_000_000L));
          return run.filed().frozen().refundServed(detail);
        });
  }

  @Test
  void aRefundAboveTheLossLessCompensationIsRefused() {
    refundHeld(
        RefundFact.EACH_WITHIN_LOSS,
        run -> {
          RefundDetail detail = refund(4_000_000L);
          detail.getShares().get(0).setCompensationFen(1_000_001L);
          return run.filed().frozen().refundServed(detail);
        });
  }

  @Test
  void aRefundWhileOwnershipIsDisputedIsRefused() {
    refundHeld(
        RefundFact.OWNERSHIP_CLEAR,
        run -> {
          RefundDetail detail = refund(4_000_000L);
          detail.setOwnershipClear(null);
          return run.filed().frozen().refundServed(detail);
        });
  }

  @Test
  void aPublicNoticeOfWhichNoCopyIsKeptBeginsNoTerm() {
    UnaryOperator<Run> published =
        run -> {
          run.filed().frozen();
          run.act(LifeKind.REFUND, REFUND, "OPENED", Role.CASE_OFFICER, prorata(), "id:1");
          run.act(LifeKind.REFUND, REFUND, "FLOW_TABLE_BUILT", Role.CASE_OFFICER, prorata());
          run.act(LifeKind.REFUND, REFUND, "FOUND_PRORATA", Role.CASE_OFFICER, null);
          return run.act(LifeKind.REFUND, REFUND, "PUBLISHED", Role.CASE_OFFICER, null);
        };
    Run held = published.apply(byLaw());
    assertThat(held.state(REFUND)).isEqualTo("PRORATA");
    assertThat(held.file.get(REFUND).getClocks()).as("no day of the notice runs").isEmpty();
    assertThat(held.lastAlarm())
        .contains(
            RefundFact.NOTICE_PUBLISHED.name(),
            RefundFact.NOTICE_PUBLISHED.wayOut(),
            RefundFact.NOTICE_PUBLISHED.clause().text());
    assertThat(published.apply(new Run(withoutRefundGuard(RefundFact.NOTICE_PUBLISHED))))
        .extracting(run -> run.state(REFUND))
        .isEqualTo("NOTICE");

    Instant at = held.now();
    held.act(LifeKind.REFUND, REFUND, "PUBLISHED", Role.CASE_OFFICER, null, "publication:1");
    assertThat(held.file.get(REFUND).getClocks())
        .filteredOn(clock -> !Ahead.warns(clock))
        .singleElement()
        .satisfies(
            clock ->
                assertThat(clock.getDueAt())
                    .as("30 days, and no fewer")
                    .isAfterOrEqualTo(at.plus(Duration.ofDays(LegalTerms.NOTICE_DAYS))));
  }

  private static RefundDetail prorata() {
    RefundDetail detail = refund(4_000_000L);
    detail.setCredits(3);
    detail.setTimestampsDecide(false);
    return detail;
  }

  private static LifeDesk withoutRefundGuard(RefundFact guard) {
    return new LifeDesk(
        terms(),
        CaseTable.law(),
        FreezeTable.law(),
        RefundTable.law().without(guard),
        VictimHoldTable.law(),
        AppealTable.law());
  }

  @Test
  void aRefundIsServedByTwoOfficers() {
    refundHeld(
        RefundFact.TWO_OFFICERS,
        run -> {
          run.filed().frozen().refundServed(refund(4_000_000L), "officer-1");
          return run;
        });
  }

  private static void refundHeld(RefundFact guard, UnaryOperator<Run> story) {
    Run held = story.apply(byLaw());
    assertThat(held.requests)
        .as("what left")
        .noneMatch(request -> request.getKind() == LifeKind.REFUND);
    assertThat(held.alarms).extracting(alarm -> alarm.getWords()).anyMatch(names(guard.name()));

    Run twin = story.apply(new Run(withoutRefundGuard(guard)));
    assertThat(twin.requests)
        .as("what leaves with " + guard + " left out")
        .anyMatch(request -> request.getKind() == LifeKind.REFUND);
  }

  // ---- victim holds

  @Test
  void aVictimHoldOnAnothersAccountIsRefused() {
    victimHoldHeld(VictimHoldFact.OWN_ACCOUNT_OF_VICTIM, "someone-else", 30);
  }

  @Test
  void aVictimHoldOfMoreThanThirtyDaysIsRefused() {
    victimHoldHeld(VictimHoldFact.TERM_WITHIN_LIMIT, "victim-1", 31);
  }

  private static void victimHoldHeld(VictimHoldFact guard, String holder, int days) {
    Run held = holdAsked(byLaw(), holder, days);
    assertThat(held.requests).isEmpty();
    assertThat(held.alarms.get(0).getWords()).contains(guard.name(), guard.wayOut());

    Run twin =
        holdAsked(
            new Run(
                new LifeDesk(
                    terms(),
                    CaseTable.law(),
                    FreezeTable.law(),
                    RefundTable.law(),
                    VictimHoldTable.law().without(guard),
                    AppealTable.law())),
            holder,
            days);
    assertThat(twin.requests).hasSize(1);
  }

  private static Run holdAsked(Run run, String holder, int days) {
    run.act(
        LifeKind.VICTIM_HOLD, "hold-1", "PROPOSED", Role.DUTY_OFFICER, victimHold(holder, days));
    return run.act(LifeKind.VICTIM_HOLD, "hold-1", "APPROVED", Role.DUTY_OFFICER, null);
  }

  @Test
  void anAppealUpheldWithoutACauseLiftsNothing() {
    Run run = byLaw().filed().frozen();
    run.take(
        LifeKind.APPEAL,
        "appeal-1",
        Happening.message(
            "SUBMITTED", Role.HOLDER, run.now(), "appeal-1", appeal(FREEZE, LifeKind.FREEZE)));
    run.act(LifeKind.APPEAL, "appeal-1", "UPHELD", Role.DUTY_OFFICER, null);

    assertThat(run.state(FREEZE)).isEqualTo("ACTIVE");
    assertThat(run.lastAlarm()).contains(AppealFact.CAUSE_GIVEN.name());
  }

  // ---- stops: the table that stop-orders plays (its own stories stand in jobs)

  @Test
  void aThirdStopIsRefusedByTheTable() {
    EnumSet<OrderFact> twoStops =
        EnumSet.of(OrderFact.NO_OTHER_ORDER_LIVE, OrderFact.NEWER_EVIDENCE);
    Findings<OrderFact> findings = Findings.none(OrderFact.class);
    twoStops.forEach(findings::holds);
    findings.found(OrderFact.STOPS_LEFT, false, "2 stops took effect");

    var decision = OrderTable.law().decide(null, OrderEvent.PROPOSED, Role.ENGINE, findings);
    assertThat(decision.allowed()).isFalse();
    assertThat(decision.sentences())
        .contains("STOPS_LEFT", "银发〔2016〕86号", "2 stops took effect", "never sent");
    assertThat(
            OrderTable.law()
                .without(OrderFact.STOPS_LEFT)
                .step(null, OrderEvent.PROPOSED, twoStops))
        .isPresent();
  }

  @Test
  void aStopWithoutTheBanksFeedbackNeitherHoldsNorExpires() {
    var expired =
        OrderTable.law()
            .decide(
                OrderState.SENT,
                OrderEvent.TERM_ENDED,
                Role.CLOCK,
                Findings.none(OrderFact.class).holds(OrderFact.TERM_OVER));
    assertThat(expired.rulesBroken()).containsExactly("NO_SUCH_TRANSITION");

    EnumSet<OrderFact> noStart = EnumSet.of(OrderFact.OWN_PAYLOAD);
    assertThat(OrderTable.law().step(OrderState.SENT, OrderEvent.BANK_STOPPED, noStart)).isEmpty();
    assertThat(
            OrderTable.law()
                .without(OrderFact.START_TIME_GIVEN)
                .step(OrderState.SENT, OrderEvent.BANK_STOPPED, noStart))
        .map(row -> row.to())
        .contains(OrderState.ACTIVE);
  }

  @Test
  void aFreezeConvertsAStopOnlyWhenTheCaseIsFiled() {
    assertThat(
            OrderTable.law()
                .decide(
                    OrderState.ACTIVE,
                    OrderEvent.FREEZE_SENT,
                    Role.ENGINE,
                    Findings.none(OrderFact.class))
                .rulesBroken())
        .isEqualTo(List.of("CASE_FILED"));
    assertThat(
            OrderTable.law()
                .without(OrderFact.CASE_FILED)
                .step(OrderState.ACTIVE, OrderEvent.FREEZE_SENT, EnumSet.noneOf(OrderFact.class)))
        .isPresent();
  }
}
