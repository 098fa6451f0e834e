package dev.zhifu.jobs.orders;

import static dev.zhifu.jobs.orders.Fixture.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.jobs.flow.AddressedOrder;
import dev.zhifu.rules.lives.AlarmKind;
import dev.zhifu.schemas.crypto.Envelopes;
import dev.zhifu.wire.ActKind;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.OfficerAct;
import dev.zhifu.wire.OfficerAuthorisation;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.ReasonCode;
import dev.zhifu.wire.ReceiptResult;
import dev.zhifu.wire.RecoveryAlarm;
import dev.zhifu.wire.StandingReference;
import dev.zhifu.wire.StopPaymentOrder;
import dev.zhifu.wire.StopPaymentReceipt;
import dev.zhifu.wire.StopPaymentRequest;
import dev.zhifu.wire.UnsignedReason;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class OrderLifeTest {

  @Test
  void everyAlarmHasWordsAndMadeAgainIsTheSame() {
    for (OrderAlarm.Kind kind : OrderAlarm.Kind.values()) {
      assertThat(AlarmKind.of(kind.name())).as("%s", kind).isPresent();
    }
    OrderRun run = OrderRun.ready().propose(proposal());
    run.answer(ReceiptResult.MISMATCH_NAME, T0 + SECOND);
    OrderAlarm seen = run.alarms.get(0);
    RecoveryAlarm told = seen.told();

    assertThat(told.getAlarm()).isEqualTo("TURNED_AWAY");
    assertThat(told.getKind()).isEqualTo(LifeKind.STOP_ORDER);
    assertThat(told.getObjectId()).isEqualTo(run.last().getOrderId());
    assertThat(told.getCaseId()).isEqualTo("case-1");
    assertThat(told.getWords()).contains("nothing is stopped");
    OrderAlarm again =
        new OrderAlarm(
            seen.kind(),
            seen.accountToken(),
            seen.orderId(),
            seen.caseId(),
            seen.bank(),
            seen.words(),
            seen.cause(),
            seen.tickAtMs() + HOUR);
    assertThat(again.told().getAlarmId()).isEqualTo(told.getAlarmId());
  }

  @Test
  void anAlarmAboutNoOrderNamesItsCause() {
    OrderRun run = OrderRun.ready();
    run.control(OrderControl.killSwitch(killSwitch(T0), "", 0));
    RecoveryAlarm told = run.alarms.get(run.alarms.size() - 1).told();

    assertThat(told.getAlarm()).isEqualTo("AUTOMATIC_SIGNING_OFF");
    assertThat(told.getObjectId()).isEqualTo("act-kill");
    assertThat(told.getCaseId()).isEmpty();
  }

  @Test
  void aRequestBecomesAnOrderWhenAnOfficerSignsAndAStopWhenTheBankAnswers() {
    OrderRun run = OrderRun.unauthorised().propose(proposal());
    assertThat(run.last().getUnsigned()).containsExactly(UnsignedReason.NO_AUTHORISATION);

    run.act(signature(run.last(), "act-sign", T0));
    run.answer(ReceiptResult.STOPPED, T0 + 5 * SECOND);

    assertThat(run.states())
        .containsExactly(OrderState.DRAFT, OrderState.SIGNED, OrderState.SENT, OrderState.ACTIVE);
    assertThat(run.requests)
        .extracting(StopPaymentRequest::getSequence)
        .containsExactly(1L, 2L, 3L, 4L);
    assertThat(run.notices).hasSize(1);
    assertThat(run.notices.get(0).getUntil())
        .isEqualTo(Instant.ofEpochMilli(T0 + 5 * SECOND + 48 * HOUR));
    assertThat(run.alarms).isEmpty();
  }

  @Test
  void everyTransitionNamesWhoMadeIt() {
    OrderRun run = OrderRun.unauthorised().propose(proposal());
    OfficerAct act = signature(run.last(), "act-sign", T0);
    run.act(act);
    run.answer(ReceiptResult.STOPPED, T0 + 5 * SECOND);

    StopPaymentRequest draft = run.requests.get(0);
    assertThat(draft.getRole()).isEqualTo("ENGINE");
    assertThat(draft.getActor()).isNull();
    assertThat(run.requests.subList(1, 3))
        .allSatisfy(
            signed -> {
              assertThat(signed.getActor()).isEqualTo(act.getOfficerId());
              assertThat(signed.getRole()).isEqualTo("DUTY_OFFICER");
              assertThat(signed.getAuthorisation()).isEqualTo("act-sign");
            });
    StopPaymentRequest active = run.last();
    assertThat(active.getRole()).isEqualTo("BANK");
    assertThat(active.getActor()).isEqualTo(active.getTarget().getBank());
    assertThat(active.getAuthorisation()).isNull();
  }

  @Test
  void anOrderUnderAStandingAuthorisationNamesItAndNoOfficer() {
    OrderRun run = OrderRun.ready().propose(proposal());
    assertThat(run.state()).isEqualTo(OrderState.SENT);
    assertThat(run.requests.subList(1, run.requests.size()))
        .isNotEmpty()
        .allSatisfy(
            signed -> {
              assertThat(signed.getRole()).isEqualTo("ENGINE");
              assertThat(signed.getActor()).isNull();
              assertThat(signed.getAuthorisation()).isEqualTo(authorisation().getAuthorisationId());
            });
  }

  @Test
  void aDraftThatWaitsForAnAuthorisationIsJudgedEverySecond() {
    OrderRun run = OrderRun.unauthorised().propose(proposal());
    assertThat(run.due(MULE)).isBetween(T0 + 1, T0 + SECOND);

    run.tick(T0 + SECOND);
    assertThat(run.due(MULE)).isBetween(T0 + SECOND + 1, T0 + 2 * SECOND);
    assertThat(run.requests).as("nothing new to say").hasSize(1);

    run.authorise(authorisation()).tick(T0 + 2 * SECOND);
    assertThat(run.state()).isEqualTo(OrderState.SENT);
  }

  @Test
  void aDraftThatLacksEvidenceIsLookedAtOnceAMinuteAndJudgedWhenEvidenceComes() {
    OrderRun run = OrderRun.ready().propose(proposal().with(p -> p.balanceFen = null));
    assertThat(run.last().getUnsigned()).containsExactly(UnsignedReason.BALANCE_UNKNOWN);
    assertThat(run.due(MULE)).isEqualTo(T0 + MINUTE);

    long later = T0 + MINUTE - 1;
    run.tick(later).authorise(renewed(authorisation(), later));
    run.propose(proposal().with(p -> p.basisAtMs = later));
    assertThat(run.state()).isEqualTo(OrderState.SENT);
  }

  @Test
  void aDraftSaysThatItsEvidenceIsStaleInTheSecondInWhichItIs() {
    OrderRun run = OrderRun.ready().propose(proposal().with(p -> p.balanceFen = null));
    for (long now = T0 + MINUTE; now <= T0 + 10 * MINUTE; now += MINUTE) {
      run.authorise(renewed(authorisation(), now)).tick(now);
    }
    assertThat(run.requests).as("nothing new to say").hasSize(1);
    assertThat(run.due(MULE)).isEqualTo(T0 + 10 * MINUTE + 1);

    run.tick(T0 + 10 * MINUTE + 1);
    assertThat(run.last().getUnsigned())
        .contains(UnsignedReason.STALE_EVIDENCE, UnsignedReason.BALANCE_UNKNOWN);
  }

  @Test
  void anOrderCarriesItsAuthorisationAndNothingOfTheCase() {
    OrderRun byOfficer = OrderRun.unauthorised().propose(proposal());
    byOfficer.act(signature(byOfficer.last(), "act-sign", T0 + SECOND));
    StopPaymentOrder order = Envelopes.open(byOfficer.orders.get(0).envelope());
    assertThat(order.getAuthorisation()).isInstanceOf(OfficerAuthorisation.class);
    assertThat(order.getApplicationTime()).isEqualTo(Instant.ofEpochMilli(T0 + SECOND));

    StopPaymentOrder automatic =
        Envelopes.open(OrderRun.ready().propose(proposal()).orders.get(0).envelope());
    assertThat(automatic.getAuthorisation()).isInstanceOf(StandingReference.class);
    assertThat(automatic.getApplicationTime()).isEqualTo(Instant.ofEpochMilli(T0));
    assertThat(automatic.getTermHours()).isEqualTo(48);
  }

  @Test
  void theSameStoryMakesTheSamePayloadByteForByte() {
    var given = authorisation();
    String once = payload(OrderRun.unauthorised().authorise(given).propose(proposal()));
    String again = payload(OrderRun.unauthorised().authorise(given).propose(proposal()));

    assertThat(once).isEqualTo(again);
  }

  private static String payload(OrderRun run) {
    return Envelopes.payloadSha256(run.orders.get(0).envelope());
  }

  @Test
  void anOfficerSignsWhatOnlyAutomaticGuardsHoldBack() {
    OrderRun run =
        OrderRun.unauthorised()
            .propose(
                proposal()
                    .with(
                        p -> {
                          p.settled = false;
                          p.balanceFen = 90_000_000L;
                          p.basisAtMs = T0 - HOUR;
                        }));

    run.act(signature(run.last(), "act-sign", T0));

    assertThat(run.state()).isEqualTo(OrderState.SENT);
  }

  @Test
  void anOfficerDoesNotSignWithoutAnAcceptedReport() {
    OrderRun run = OrderRun.unauthorised().propose(proposal().with(p -> p.reportId = null));

    run.act(signature(run.last(), "act-sign", T0));

    assertThat(run.orders).isEmpty();
    assertThat(run.alarmKinds()).containsExactly(OrderAlarm.Kind.ACT_REFUSED);
    assertThat(run.alarms.get(0).words()).contains("NO_ACCEPTED_REPORT");
  }

  @Test
  void aSignatureOfTenMinutesAgoSignsNothing() {
    OrderRun run = OrderRun.unauthorised().propose(proposal());

    run.act(signature(run.last(), "act-sign", T0 - 10 * MINUTE - 1));

    assertThat(run.orders).isEmpty();
    assertThat(run.alarmKinds()).containsExactly(OrderAlarm.Kind.STALE_ACT);
  }

  @Test
  void aSignatureOverOtherFieldsSignsNothing() {
    OrderRun run = OrderRun.unauthorised().propose(proposal());
    var act = signature(run.last(), "act-sign", T0);

    run.propose(proposal().with(p -> p.amountFen = 3_000_000)).act(act);

    assertThat(run.orders).isEmpty();
    assertThat(run.alarms.get(0).words()).contains("covers other fields");
  }

  @Test
  void anAlteredActAndAnUnknownRoleSignNothing() {
    OrderRun run = OrderRun.unauthorised().propose(proposal());
    var altered = signature(run.last(), "act-sign", T0);
    altered.setRole("HEAD");
    run.act(altered);
    run.act(signature(run.last(), "act-sign-2", T0, "CLERK"));

    assertThat(run.orders).isEmpty();
    assertThat(run.alarmKinds())
        .containsExactly(OrderAlarm.Kind.ACT_REFUSED, OrderAlarm.Kind.ACT_REFUSED);
  }

  @Test
  void aRejectedRequestComesBackOnlyWithNewerEvidence() {
    OrderRun run = OrderRun.unauthorised().propose(proposal());
    run.act(act(ActKind.REJECT_REQUEST, "act-no", run.last().getOrderId(), T0, "known trader"));
    assertThat(run.state()).isEqualTo(OrderState.REJECTED);

    run.propose(proposal());
    assertThat(run.state()).isEqualTo(OrderState.REJECTED);

    run.tick(T0 + MINUTE).propose(proposal().with(p -> p.basisAtMs = T0 + MINUTE));
    assertThat(run.state()).isEqualTo(OrderState.DRAFT);
    assertThat(run.last().getOrdinal()).isEqualTo(2);
  }

  @Test
  void copiesOfProposalsActsAndAnswersChangeNothing() {
    OrderRun run = OrderRun.unauthorised().propose(proposal()).propose(proposal());
    var act = signature(run.last(), "act-sign", T0);
    run.act(act).act(act).propose(proposal());
    run.answer(ReceiptResult.STOPPED, T0 + SECOND).answer(ReceiptResult.STOPPED, T0 + SECOND);
    var release =
        act(ActKind.RELEASE, "act-release", run.last().getOrderId(), T0 + 2 * SECOND, "NOT_FILED");
    run.act(release).act(release).act(act).answer(ReceiptResult.STOPPED, T0 + SECOND);

    assertThat(run.states())
        .containsExactly(
            OrderState.DRAFT,
            OrderState.SIGNED,
            OrderState.SENT,
            OrderState.ACTIVE,
            OrderState.RELEASED);
    assertThat(run.orders).hasSize(1);
    assertThat(run.alarmKinds()).containsExactly(OrderAlarm.Kind.LIFT_AT_BANK);
  }

  @TestFactory
  List<DynamicTest> everyResultLeadsWhereTheTableSays() {
    return EnumSet.allOf(ReceiptResult.class).stream()
        .map(result -> DynamicTest.dynamicTest(result.name(), () -> leads(result)))
        .toList();
  }

  private static void leads(ReceiptResult result) {
    OrderState expected =
        switch (result) {
          case STOPPED -> OrderState.ACTIVE;
          case STOPPED_ZERO -> OrderState.ACTIVE_ZERO;
          case MISMATCH_NAME, MISMATCH_ACCOUNT, MISMATCH_AMOUNT, MISMATCH_TIME ->
              OrderState.MISMATCH;
          case ACCOUNT_NOT_FOUND -> OrderState.NOT_FOUND;
          case ALREADY_FROZEN -> OrderState.REJECTED;
          case DUPLICATE, REPLAYED, TECHNICAL_FAILURE -> OrderState.SENT;
          default -> OrderState.REJECTED_FORMAT;
        };
    OrderRun run = OrderRun.ready().propose(proposal());

    run.answer(result, T0 + SECOND);
    int emitted = run.requests.size();
    run.answer(result, T0 + SECOND);

    assertThat(run.state()).isEqualTo(expected);
    assertThat(run.requests).as("the copy changes nothing").hasSize(emitted);
    assertThat(run.notices)
        .hasSize(expected == OrderState.ACTIVE || expected == OrderState.ACTIVE_ZERO ? 1 : 0);
  }

  @Test
  void aStopWithoutStartTimeIsNotAssumed() {
    OrderRun run = OrderRun.ready().propose(proposal());
    StopPaymentReceipt receipt = receipt(run.orders.get(0), ReceiptResult.STOPPED, T0 + SECOND);
    receipt.setStartTime(null);

    run.receipt(receipt);

    assertThat(run.state()).isEqualTo(OrderState.SENT);
    assertThat(run.alarmKinds()).containsExactly(OrderAlarm.Kind.RECEIPT_WITHOUT_START);
  }

  @Test
  void anAnswerOfAnotherBankOrToAnotherPayloadIsForeign() {
    OrderRun run = OrderRun.ready().propose(proposal());
    StopPaymentReceipt otherBank = receipt(run.orders.get(0), ReceiptResult.STOPPED, T0);
    otherBank.setBank("B07");
    StopPaymentReceipt otherPayload = receipt(run.orders.get(0), ReceiptResult.STOPPED, T0);
    otherPayload.setPayloadSha256("00");

    run.receipt(otherBank).receipt(otherPayload);

    assertThat(run.state()).isEqualTo(OrderState.SENT);
    assertThat(run.alarmKinds())
        .containsExactly(OrderAlarm.Kind.FOREIGN_RECEIPT, OrderAlarm.Kind.FOREIGN_RECEIPT);
  }

  @Test
  void anAnswerThatContradictsAFinalOneChangesNothing() {
    OrderRun run = OrderRun.ready().propose(proposal());
    run.answer(ReceiptResult.MISMATCH_NAME, T0 + SECOND)
        .answer(ReceiptResult.STOPPED, T0 + 2 * SECOND);

    assertThat(run.state()).isEqualTo(OrderState.MISMATCH);
    assertThat(run.alarmKinds())
        .containsExactly(OrderAlarm.Kind.TURNED_AWAY, OrderAlarm.Kind.RECEIPT_OUT_OF_PLACE);
  }

  @Test
  void correctedDataMakeANewOrderAndAMismatchUsesNoStopUp() {
    OrderRun run = OrderRun.ready().propose(proposal());
    run.answer(ReceiptResult.MISMATCH_TIME, T0 + SECOND).propose(proposal());
    assertThat(run.orders).as("the same data only repeat it").hasSize(1);

    run.propose(proposal().with(p -> p.transferTimeMs = T0 - 21 * MINUTE));

    assertThat(run.orders).hasSize(2);
    assertThat(run.last().getOrdinal()).isEqualTo(2);
    OrderBook book = new OrderBook(run.account(MULE));
    assertThat(book.stopsUsed(OrderSettings.StopLimitScope.ACCOUNT, List.of())).isZero();
  }

  @Test
  void anUnansweredOrderIsRepeatedUnderTheSameIdThreeTimesAndThenGivenUp() {
    OrderRun run = OrderRun.ready().propose(proposal());
    for (int minute = 1; minute <= 4; minute++) {
      run.tick(T0 + minute * MINUTE);
    }

    assertThat(run.state()).isEqualTo(OrderState.TIMEOUT);
    assertThat(run.orders).hasSize(3);
    assertThat(run.orders)
        .extracting(AddressedOrder::envelope)
        .containsOnly(run.orders.get(0).envelope());
    assertThat(run.alarmKinds()).containsExactly(OrderAlarm.Kind.NO_ANSWER);
    assertThat(run.notices).as("no answer, no stop").isEmpty();
  }

  @Test
  void aLateAnswerAfterTimeoutIsTheBanksTruth() {
    OrderRun run = OrderRun.ready().propose(proposal());
    for (int minute = 1; minute <= 4; minute++) {
      run.tick(T0 + minute * MINUTE);
    }

    run.answer(ReceiptResult.STOPPED, T0 + 30 * SECOND);

    assertThat(run.state()).isEqualTo(OrderState.ACTIVE);
    assertThat(run.alarmKinds()).endsWith(OrderAlarm.Kind.LATE_STOP);
  }

  @Test
  void aGivenUpOrderStandsInTheWayWhileItMayStillBeExecuted() {
    OrderRun run = OrderRun.ready().propose(proposal());
    for (int minute = 1; minute <= 4; minute++) {
      run.tick(T0 + minute * MINUTE);
    }
    int sent = run.orders.size();
    for (long now : new long[] {T0 + 30 * MINUTE, T0 + 31 * MINUTE}) {
      assertThat(run.orders).hasSize(sent);
      run.tick(now)
          .authorise(renewed(authorisation(), now))
          .propose(at(now).with(p -> p.transferTimeMs = T0 - MINUTE));
    }

    assertThat(run.orders).hasSize(sent + 1);
    assertThat(run.last().getOrdinal()).isEqualTo(2);
  }

  @Test
  void aStopExpiresFortyEightHoursAfterTheBanksStartTimeAndNotBefore() {
    OrderRun run = OrderRun.ready().propose(proposal());
    long start = T0 + 7 * SECOND;
    run.answer(ReceiptResult.STOPPED, start);

    run.tick(start + 48 * HOUR - 1);
    assertThat(run.state()).isEqualTo(OrderState.ACTIVE);
    run.tick(start + 48 * HOUR);
    run.tick(start + 48 * HOUR + SECOND);

    assertThat(run.state()).isEqualTo(OrderState.EXPIRED);
    assertThat(run.notices).hasSize(2);
    assertThat(run.notices.get(1).getInForce()).isFalse();
  }

  @Test
  void aThirdStopIsRefused() {
    OrderRun run = OrderRun.ready();
    long at = T0;
    for (int stop = 1; stop <= 2; stop++) {
      long now = at;
      run.tick(now).authorise(renewed(authorisation(), now)).propose(at(now));
      run.answer(ReceiptResult.STOPPED, now);
      at = now + 49 * HOUR;
      run.tick(at);
    }
    int emitted = run.requests.size();
    long now = at;
    run.authorise(renewed(authorisation(), now)).propose(at(now)).propose(at(now));

    assertThat(run.orders).hasSize(2);
    assertThat(run.requests).hasSize(emitted);
    assertThat(run.alarmKinds()).containsExactly(OrderAlarm.Kind.STOP_LIMIT);
  }

  private static Proposal at(long now) {
    return proposal()
        .with(
            p -> {
              p.basisAtMs = now;
              p.balanceAtMs = now;
              p.cause = "event-" + now;
            });
  }

  @Test
  void unansweredOrdersCountAsPossibleStopsUntilAnOfficerSaysTheBankDidNotStop() {
    OrderRun run = OrderRun.ready();
    for (int order = 1; order <= 2; order++) {
      long transfer = T0 - order * MINUTE;
      long now = T0 + order * HOUR;
      run.tick(now)
          .authorise(renewed(authorisation(), now))
          .propose(at(now).with(p -> p.transferTimeMs = transfer));
      run.tick(now + HOUR / 2 + MINUTE);
    }
    assertThat(run.state()).isEqualTo(OrderState.TIMEOUT);
    long now = T0 + 3 * HOUR;
    Proposal third = at(now).with(p -> p.transferTimeMs = T0 - 3 * MINUTE);

    run.tick(now).authorise(renewed(authorisation(), now)).propose(third);
    assertThat(run.alarmKinds()).endsWith(OrderAlarm.Kind.STOP_LIMIT);

    run.act(
        act(
            ActKind.REJECT_REQUEST,
            "act-phoned",
            run.last().getOrderId(),
            now - 1,
            "bank says it did not stop"));
    run.propose(third.with(p -> p.basisAtMs = now + 1));
    assertThat(run.state()).isEqualTo(OrderState.SENT);
  }

  @Test
  void whileAStopIsInForceNoOtherOrderIsMade() {
    OrderRun run = OrderRun.ready().propose(proposal());
    run.answer(ReceiptResult.STOPPED_ZERO, T0 + SECOND);

    run.propose(proposal().with(p -> p.amountFen = 1_000_000));

    assertThat(run.orders).hasSize(1);
    assertThat(run.state()).isEqualTo(OrderState.ACTIVE_ZERO);
  }

  @Test
  void aRetractionWithdrawsAnUnsignedRequestAndItsReturnRevivesIt() {
    OrderRun run = OrderRun.unauthorised().propose(proposal());
    run.propose(proposal().with(p -> p.holds = false))
        .propose(proposal().with(p -> p.holds = false));
    assertThat(run.states()).containsExactly(OrderState.DRAFT, OrderState.WITHDRAWN);
    assertThat(run.last().getReasonCode()).isEqualTo(ReasonCode.SCORE_DROPPED);

    run.propose(proposal());
    assertThat(run.state()).isEqualTo(OrderState.DRAFT);
    assertThat(run.last().getOrdinal()).isEqualTo(1);
    assertThat(run.last().getSequence()).isEqualTo(3);
  }

  @Test
  void aRetractionNeverLiftsASignedOrderButProposesItsRelease() {
    OrderRun run = OrderRun.ready().propose(proposal());
    run.answer(ReceiptResult.STOPPED, T0 + SECOND);

    run.propose(proposal().with(p -> p.holds = false))
        .propose(proposal().with(p -> p.holds = false));

    assertThat(run.state()).isEqualTo(OrderState.ACTIVE);
    assertThat(run.last().getReasonCode()).isEqualTo(ReasonCode.SCORE_DROPPED);
    assertThat(run.alarmKinds()).containsExactly(OrderAlarm.Kind.RELEASE_PROPOSED);

    run.propose(proposal());
    assertThat(run.last().getReasonCode()).isEqualTo(ReasonCode.VICTIM_REPORT);
  }

  @Test
  void aVerdictWithdrawsAnUnsignedRequestAndProposesTheReleaseOfAnOrderThatStands() {
    OrderRun unsigned = OrderRun.unauthorised().propose(proposal());
    unsigned.propose(proposal().with(OrderLifeTest::takenBackByVerdict));
    assertThat(unsigned.state()).isEqualTo(OrderState.WITHDRAWN);
    assertThat(unsigned.last().getCause()).isEqualTo("verdict:act-release");

    OrderRun signed = OrderRun.ready().propose(proposal());
    signed.answer(ReceiptResult.STOPPED, T0 + SECOND);
    signed.propose(proposal().with(OrderLifeTest::takenBackByVerdict));
    assertThat(signed.state()).isEqualTo(OrderState.ACTIVE);
    assertThat(signed.alarmKinds()).containsExactly(OrderAlarm.Kind.RELEASE_PROPOSED);
  }

  @Test
  void anUpheldAppealReleasesAtOnceAndTellsTheHolder() {
    OrderRun run = OrderRun.ready().propose(proposal());
    run.answer(ReceiptResult.STOPPED, T0 + SECOND);

    run.act(
        act(
            ActKind.UPHOLD_APPEAL,
            "act-appeal",
            run.last().getOrderId(),
            T0 + MINUTE,
            "BONA_FIDE"));

    assertThat(run.state()).isEqualTo(OrderState.RELEASED);
    assertThat(run.last().getReasonCode()).isEqualTo(ReasonCode.APPEAL_UPHELD);
    assertThat(run.notices.get(1).getInForce()).isFalse();
  }

  @Test
  void aReleaseIsCarriedOutThoughScoringHeardOfItFirst() {
    OrderRun run = OrderRun.ready().propose(proposal());
    run.answer(ReceiptResult.STOPPED, T0 + SECOND);

    run.propose(proposal().with(OrderLifeTest::takenBackByVerdict));
    run.act(
        act(ActKind.RELEASE, "act-release", run.last().getOrderId(), T0 + MINUTE, "WRONG_ACCOUNT"));

    assertThat(run.state()).isEqualTo(OrderState.RELEASED);
    assertThat(run.last().getReasonCode()).isEqualTo(ReasonCode.NOT_INVOLVED);
    assertThat(run.notices.get(1).getInForce()).isFalse();
  }

  @Test
  void aDraftIsSignedWhenItsHitSettlesButNeverOnceStale() {
    OrderRun settles = OrderRun.ready().propose(proposal().with(p -> p.settled = false));
    settles.propose(proposal());
    assertThat(settles.state()).isEqualTo(OrderState.SENT);

    OrderRun late = OrderRun.unauthorised().propose(proposal());
    long stale = T0 + 10 * MINUTE + SECOND;
    late.tick(stale).authorise(renewed(authorisation(), stale)).tick(stale + SECOND);
    late.propose(proposal());
    assertThat(late.orders).isEmpty();
    assertThat(late.last().getUnsigned()).containsExactly(UnsignedReason.STALE_EVIDENCE);
  }

  @Test
  void theKillSwitchStopsAutomaticSigningAtOnceAndLetsOfficersSign() {
    OrderRun run =
        OrderRun.ready()
            .control(OrderControl.killSwitch(killSwitch(T0), "", 0))
            .propose(proposal());
    assertThat(run.orders).isEmpty();
    assertThat(run.last().getUnsigned()).containsExactly(UnsignedReason.NO_AUTHORISATION);
    assertThat(run.alarms.get(0).words()).contains("switched automatic signing off");

    run.act(signature(run.last(), "act-sign", T0));
    assertThat(run.state()).isEqualTo(OrderState.SENT);
  }

  /** As scoring says it when an officer's act took the ground away. */
  private static void takenBackByVerdict(Fixture.Proposal proposal) {
    proposal.holds = false;
    proposal.cause = "verdict:act-release";
  }
}
