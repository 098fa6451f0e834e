package dev.zhifu.jobs.score;

import static dev.zhifu.jobs.score.Fixtures.MULE;
import static dev.zhifu.jobs.score.Fixtures.T0;
import static dev.zhifu.jobs.score.Fixtures.VICTIM;
import static dev.zhifu.jobs.score.Fixtures.hit;
import static dev.zhifu.jobs.score.Fixtures.retracted;
import static dev.zhifu.jobs.score.Fixtures.transfer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.zhifu.jobs.flow.Curb;
import dev.zhifu.jobs.flow.HolderScore;
import dev.zhifu.jobs.flow.PartReport;
import dev.zhifu.jobs.flow.ReportedAccount;
import dev.zhifu.jobs.flow.StopProposal;
import dev.zhifu.rules.money.network.NetworkRule;
import dev.zhifu.schemas.events.EventIds;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.ActionCode;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.CaseChangeKind;
import dev.zhifu.wire.CaseState;
import dev.zhifu.wire.FraudCase;
import dev.zhifu.wire.HoldAction;
import dev.zhifu.wire.KeyKind;
import dev.zhifu.wire.OrderOrigin;
import dev.zhifu.wire.ReasonCode;
import dev.zhifu.wire.ReportedTransfer;
import dev.zhifu.wire.RestrictionNotice;
import dev.zhifu.wire.RiskHold;
import dev.zhifu.wire.RuleFamily;
import dev.zhifu.wire.RuleHit;
import dev.zhifu.wire.ScoreShare;
import dev.zhifu.wire.Side;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedBroadcastOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ScoreByAccountTest {
  private static final long MINUTE = 60_000;

  /** Some moment before these tests. */
  private static final long LEFT_MS = 1_000;

  private static final ScoreSettings SETTINGS = ScoreSettings.defaults();
  private static final BankTransaction PAYMENT = transfer("t1", VICTIM, MULE, 40_000, T0);
  private static final BankTransaction ONWARD = transfer("t2", MULE, "mule-2", 39_500, T0 + MINUTE);
  private static final RuleHit M01 = mule("M01", 0.7, ONWARD);

  private KeyedBroadcastOperatorTestHarness<String, AccountInput, Curb, StopProposal> harness;

  @BeforeEach
  void start() throws Exception {
    harness = create();
    harness.open();
  }

  @AfterEach
  void stop() throws Exception {
    harness.close();
  }

  @Test
  void aMulesHitAndAVictimsProposeAStopOnce() throws Exception {
    send(M01);
    send(link(VICTIM, PAYMENT, V03));
    send(link(VICTIM, PAYMENT, V03));

    assertThat(proposals())
        .singleElement()
        .satisfies(
            proposal -> {
              assertThat(proposal.holds()).isTrue();
              assertThat(proposal.accountToken()).isEqualTo(MULE);
              assertThat(proposal.origin()).isEqualTo(OrderOrigin.HITS);
              assertThat(proposal.score()).isCloseTo(0.91, within(1e-9));
              assertThat(proposal.families()).containsExactly(RuleFamily.V, RuleFamily.M);
            });
    assertThat(side(ScoreByAccount.CASES))
        .extracting(FraudCase::getChange)
        .startsWith(CaseChangeKind.OPENED, CaseChangeKind.SCORE);
  }

  @Test
  void anAbsenceDecidedWhileASourceWasSilentHoldsAndTellsStopOrders() throws Exception {
    RuleHit guessed = mule("M01", 0.7, ONWARD);
    guessed.setIdleSources(List.of("telecom.events"));
    send(guessed);
    send(link(VICTIM, PAYMENT, V03));

    assertThat(side(ScoreByAccount.HOLDS))
        .extracting(RiskHold::getAction)
        .containsExactly(HoldAction.PLACE);
    assertThat(last(proposals()).holds()).as("a request leaves").isTrue();
    assertThat(last(proposals()).idle()).as("and is never signed by itself").isTrue();
  }

  @Test
  void shapesAmongAccountsScoreAndNeverHoldOrStopByThemselves() throws Exception {
    for (NetworkRule rule : NetworkRule.values()) {
      RuleHit shape = shape(rule);
      send(shape);
      send(shape);
    }
    assertThat(proposals()).isEmpty();
    assertThat(side(ScoreByAccount.HOLDS)).isEmpty();
    FraudCase alone = last(side(ScoreByAccount.CASES));
    assertThat(side(ScoreByAccount.CASES)).as("a copy changes nothing").hasSize(4);
    assertThat(alone.getFamilies()).as("counts with M").containsExactly(RuleFamily.M);
    assertThat(alone.getProposedActions()).isEmpty();
    assertThat(alone.getScore()).isLessThan(SETTINGS.holdScore());

    send(mule("M03", 0.5, ONWARD));
    assertThat(last(side(ScoreByAccount.CASES)).getScore()).isGreaterThan(SETTINGS.holdScore());
    assertThat(proposals()).as("one family").isEmpty();
  }

  private static RuleHit shape(NetworkRule rule) {
    RuleHit hit = hit(rule.id(), RuleFamily.G, rule.weight(), KeyKind.ACCOUNT, MULE, ONWARD);
    hit.setTransaction(null);
    return hit;
  }

  @Test
  void newEvidenceIsAnUpsertOfTheSameProposal() throws Exception {
    send(M01);
    send(link(VICTIM, PAYMENT, V03));
    send(link(VICTIM, PAYMENT, V03, T02));

    assertThat(proposals()).hasSize(2).extracting(StopProposal::accountToken).containsOnly(MULE);
    assertThat(last(proposals()).ruleIds()).containsExactlyInAnyOrder("M01", "V03", "T02");
    assertThat(last(proposals()).score()).isGreaterThan(proposals().get(0).score());
  }

  @Test
  void whenTooLittleIsLeftTheProposalIsWithdrawnOnce() throws Exception {
    send(M01);
    send(link(VICTIM, PAYMENT, V03));
    send(link(VICTIM, PAYMENT));
    send(retracted(M01));

    assertThat(proposals()).extracting(StopProposal::holds).containsExactly(true, false);
  }

  @Test
  void whenNothingIsLeftTheWithdrawalNamesTheStopItTakesBack() throws Exception {
    send(link(VICTIM, PAYMENT, V03, T02));
    send(link(VICTIM, PAYMENT));

    assertThat(proposals()).extracting(StopProposal::holds).containsExactly(true, false);
    assertThat(last(proposals()).caseIds()).isEqualTo(proposals().get(0).caseIds());
    assertThat(last(proposals()).score()).isZero();
  }

  @Test
  void aWithdrawalOfWhatWasNeverThereSaysNothing() throws Exception {
    send(link(VICTIM, PAYMENT));
    send(retracted(M01));

    assertThat(harness.getOutput()).isEmpty();
    assertThat(side(ScoreByAccount.CASES)).isEmpty();
    assertThat(statesLeft()).isEmpty();
  }

  @Test
  void aHoldIsPlacedOnceAndLiftedWhenItsHitIsRetracted() throws Exception {
    RuleHit more = mule("M03", 0.7, ONWARD);
    send(M01, more);
    assertThat(side(ScoreByAccount.HOLDS))
        .extracting(RiskHold::getAction)
        .containsExactly(HoldAction.PLACE);

    send(retracted(M01));
    assertThat(side(ScoreByAccount.HOLDS)).as("one ground is left").hasSize(1);

    send(retracted(more));
    assertThat(side(ScoreByAccount.HOLDS))
        .extracting(RiskHold::getAction)
        .containsExactly(HoldAction.PLACE, HoldAction.LIFT);
    assertThat(last(side(ScoreByAccount.HOLDS)).getReasonCode())
        .isEqualTo(ReasonCode.SCORE_DROPPED);
    assertThat(side(ScoreByAccount.NOTICES))
        .extracting(RestrictionNotice::getInForce)
        .containsExactly(true, false);
    assertThat(timesToLift()).isEqualTo(1);
  }

  @Test
  void aVerdictLiftsTheHoldWithItsReasonAndTakesTheProposalBack() throws Exception {
    send(M01);
    send(report("r1", "t1", 4_000_000));
    long at = T0 + 5_000_000;
    send(new Verdict(MULE, at, "act-1", ReasonCode.NOT_INVOLVED));

    RiskHold lift = last(side(ScoreByAccount.HOLDS));
    assertThat(side(ScoreByAccount.HOLDS))
        .extracting(RiskHold::getAction)
        .containsExactly(HoldAction.PLACE, HoldAction.LIFT);
    assertThat(lift.getReasonCode()).isEqualTo(ReasonCode.NOT_INVOLVED);
    assertThat(lift.getOccurredAt().toEpochMilli()).isEqualTo(at);
    assertThat(last(side(ScoreByAccount.NOTICES)).getInForce()).isFalse();
    assertThat(proposals()).extracting(StopProposal::holds).containsExactly(true, false);
    assertThat(last(proposals()).cause()).isEqualTo("verdict:act-1");
    assertThat(last(side(ScoreByAccount.CASES)).getScore()).isZero();
    assertThat(timesToLift()).isEqualTo(1);
    part();
    assertThat(last(side(ScoreByAccount.PARTS)).hold()).isFalse();
  }

  @Test
  void anUpheldAppealLiftsAlsoWhatWasHeldForAVictimsSake() throws Exception {
    send(link(VICTIM, PAYMENT, V03, T02));
    assertThat(side(ScoreByAccount.HOLDS)).as("scoring by holder asked for it").isEmpty();
    send(new Verdict(MULE, T0 + MINUTE, "act-1", ReasonCode.APPEAL_UPHELD));

    assertThat(side(ScoreByAccount.HOLDS))
        .singleElement()
        .satisfies(
            lift -> {
              assertThat(lift.getAction()).isEqualTo(HoldAction.LIFT);
              assertThat(lift.getReasonCode()).isEqualTo(ReasonCode.APPEAL_UPHELD);
              assertThat(lift.getHoldId())
                  .isEqualTo(EventIds.holdId("B01:" + PAYMENT.getTransactionId(), MULE));
            });
  }

  @Test
  void aVerdictDiscountsWhatWasBeforeItAndNothingAfter() throws Exception {
    send(M01);
    send(new Verdict(MULE, T0 + 2 * MINUTE, "act-1", ReasonCode.NOT_INVOLVED));
    send(new Verdict(MULE, T0 + 2 * MINUTE, "act-1", ReasonCode.NOT_INVOLVED));
    int said = side(ScoreByAccount.CASES).size();

    send(RuleHit.newBuilder(M01).setRevision(2).setIsFinal(true).build());
    send(mule("M03", 0.7, ONWARD));
    send(link(VICTIM, PAYMENT, V03));
    assertThat(side(ScoreByAccount.CASES)).as("older evidence, come late").hasSize(said);

    send(mule("M03", 0.7, transfer("t9", MULE, "mule-2", 39_500, T0 + 3 * MINUTE)));
    assertThat(last(side(ScoreByAccount.CASES)).getScore()).isEqualTo(0.7);
    assertThat(side(ScoreByAccount.HOLDS))
        .extracting(RiskHold::getAction)
        .containsExactly(HoldAction.PLACE, HoldAction.LIFT, HoldAction.PLACE);
  }

  @Test
  void aVerdictOnAnAccountWithoutACaseLeavesNothingInTheEnd() throws Exception {
    send(new Verdict(MULE, T0, "act-1", ReasonCode.NOT_INVOLVED));
    assertThat(harness.getOutput()).isEmpty();
    assertThat(side(ScoreByAccount.CASES)).isEmpty();

    harness.watermark(T0 + 2 * SETTINGS.caseMemoryMs());
    assertThat(harness.numEventTimeTimers()).isZero();
    assertThat(statesLeft()).isEmpty();
  }

  @Test
  void aHoldStandsAtTheAccountsOwnBank() throws Exception {
    send(M01);

    RiskHold hold = side(ScoreByAccount.HOLDS).get(0);
    assertThat(hold.getAccount().getAccountToken()).isEqualTo(MULE);
    assertThat(hold.getBank())
        .as("the mule pays in t2, so B01 holds the account there")
        .isEqualTo("B01");
    assertThat(hold.getEndsAt().toEpochMilli() - hold.getOccurredAt().toEpochMilli())
        .isEqualTo(SETTINGS.holdTermMs());
  }

  @Test
  void victimsHitsAloneNeverPlaceAHoldOnThePayee() throws Exception {
    send(link(VICTIM, PAYMENT, V03, T02));

    assertThat(side(ScoreByAccount.HOLDS)).isEmpty();
  }

  @Test
  void theMulesOwnHitHoldsOtherPeoplesPayments() throws Exception {
    send(M01);
    part();

    PartReport judged = last(side(ScoreByAccount.PARTS));
    assertThat(judged.hold()).isTrue();
    assertThat(judged.score()).isEqualTo(0.7);
    assertThat(judged.reasonCode()).isEqualTo(ReasonCode.PASS_THROUGH);
  }

  @Test
  void oneVictimsRuleAloneDoesNotHoldOtherPeoplesPayments() throws Exception {
    send(link(VICTIM, PAYMENT, V03));
    part();

    PartReport judged = last(side(ScoreByAccount.PARTS));
    assertThat(judged.score()).isEqualTo(0.7);
    assertThat(judged.hold()).isFalse();
    assertThat(judged.reasonCode()).isNull();
  }

  @Test
  void oneVictimsRulesNeverHoldOtherPeoplesPayments() throws Exception {
    send(link(VICTIM, PAYMENT, V03, T02));
    part();

    assertThat(last(side(ScoreByAccount.PARTS)).hold()).isFalse();
  }

  @Test
  void twoVictimsRulesHoldThePayment() throws Exception {
    send(link(VICTIM, PAYMENT, V03));
    send(link("victim-2", PAYMENT, V03));
    part();

    assertThat(last(side(ScoreByAccount.PARTS)).hold()).isTrue();
  }

  @Test
  void personsWithOneWeakSignEachDoNotHoldOtherPeoplesPayments() throws Exception {
    for (int i = 1; i <= 9; i++) {
      send(link("driver-" + i, transfer("f" + i, "driver-" + i, MULE, 6_000, T0 + i), V15));
    }
    part();

    PartReport judged = last(side(ScoreByAccount.PARTS));
    assertThat(judged.score()).isGreaterThan(SETTINGS.holdScore());
    assertThat(judged.hold()).isFalse();
  }

  @Test
  void theOwnHitThatOnlyAsksAddsNothingToThem() throws Exception {
    send(
        hit("M02", RuleFamily.M, 0.5, KeyKind.ACCOUNT, MULE, PAYMENT, ActionCode.A7),
        hit("M14", RuleFamily.M, 0.5, KeyKind.ACCOUNT, MULE, PAYMENT, ActionCode.A7));
    send(link(VICTIM, PAYMENT, V15));
    send(link("victim-2", PAYMENT, V15));
    part();

    assertThat(last(side(ScoreByAccount.PARTS)).hold()).isFalse();
  }

  @Test
  void twoPersonsWithTwoSignsEachHoldThePayment() throws Exception {
    send(link(VICTIM, PAYMENT, V15));
    send(link(VICTIM, transfer("t5", VICTIM, MULE, 3_000, T0 + 1), V09));
    send(link("victim-2", PAYMENT, V15, T02));
    part();

    assertThat(last(side(ScoreByAccount.PARTS)).hold()).isTrue();
  }

  @Test
  void anAcceptedStatementHoldsThePayment() throws Exception {
    send(report("r1", "t1", 4_000_000));
    part();

    PartReport judged = last(side(ScoreByAccount.PARTS));
    assertThat(judged.hold()).isTrue();
    assertThat(judged.reasonCode()).isEqualTo(ReasonCode.VICTIM_REPORT);
  }

  @Test
  void anAccountWithoutACasePassesAndLeavesNothing() throws Exception {
    part();

    assertThat(last(side(ScoreByAccount.PARTS)).hold()).isFalse();
    assertThat(statesLeft()).isEmpty();
  }

  @Test
  void aPartKeepsWhatItBrings() throws Exception {
    PartReport held =
        new PartReport(
            "e",
            "t",
            "B01",
            T0,
            T0 + 800,
            KeyKind.HOLDER,
            VICTIM,
            Side.DEBIT,
            MULE,
            0.95,
            true,
            ReasonCode.VICTIM_AT_RISK);
    send(M01);
    harness.processElement(new AccountInput(MULE, null, null, null, held), T0);

    assertThat(last(side(ScoreByAccount.PARTS))).isEqualTo(held);
  }

  @Test
  void theSameReportTwiceIsOneStatement() throws Exception {
    send(report("r1", "t1", 4_000_000));
    send(report("r1", "t1", 4_000_000));

    assertThat(proposals())
        .singleElement()
        .satisfies(
            proposal -> {
              assertThat(proposal.origin()).isEqualTo(OrderOrigin.REPORT);
              assertThat(proposal.tracedFen()).isEqualTo(4_000_000);
              assertThat(proposal.actId()).isEqualTo("act-r1");
            });
    assertThat(last(side(ScoreByAccount.CASES)).getState()).isEqualTo(CaseState.REPORTED);
  }

  @Test
  void aTracesWordIsReplacedByItsNewerOneAndTakenBack() throws Exception {
    send(hop(5, true, 3_000_000));
    assertThat(last(proposals()).origin()).isEqualTo(OrderOrigin.HOP);
    assertThat(last(proposals()).tracedFen()).isEqualTo(3_000_000);
    int said = proposals().size();

    send(hop(5, true, 3_000_000));
    send(hop(4, false, 0));
    assertThat(proposals()).as("a copy, and an older word").hasSize(said);

    send(hop(6, true, 2_000_000));
    assertThat(last(proposals()).tracedFen()).isEqualTo(2_000_000);
    send(hop(7, false, 0));
    assertThat(last(proposals()).holds()).isFalse();
    assertThat(last(side(ScoreByAccount.CASES)).getScore()).isZero();
  }

  private static ReportedAccount hop(long revision, boolean holds, long thereFen) {
    ReportedAccount named = report("r1", "t1", 4_000_000);
    return new ReportedAccount(
        named.accountToken(),
        named.transfer(),
        named.reportId(),
        named.victimHolder(),
        named.acceptedAtMs(),
        named.actId(),
        named.lastBalanceFen(),
        named.balanceAtMs(),
        2,
        revision,
        holds,
        thereFen,
        T0 + revision,
        "case-1",
        null);
  }

  @Test
  void aReportAcceptedAgainWithAnotherNameCarriesItsCiphertextAndCountsOnce() throws Exception {
    ReportedAccount stated = report("r1", "t1", 4_000_000);
    send(stated);
    ByteBuffer right = ByteBuffer.wrap(new byte[] {7, 7});
    ReportedTransfer renamed =
        ReportedTransfer.newBuilder(stated.transfer())
            .setPayee(AccountRef.newBuilder(stated.transfer().getPayee()).setCipher(right).build())
            .build();
    ReportedAccount corrected =
        new ReportedAccount(
            MULE, renamed, "r1", VICTIM, stated.acceptedAtMs() + 1, "act-2", 5_000_000L, T0);

    send(corrected);
    send(stated);
    send(corrected);

    assertThat(proposals()).hasSize(2);
    StopProposal newest = last(proposals());
    assertThat(newest.target().getCipher()).isEqualTo(right);
    assertThat(newest.actId()).isEqualTo("act-2");
    assertThat(newest.tracedFen()).as("the money is one").isEqualTo(4_000_000);
  }

  @Test
  void aReportWhoseBookingIsFoundLaterIsOneStatementThatQuotesIt() throws Exception {
    ReportedAccount stated = report("r1", null, 4_000_000);
    ReportedTransfer booked =
        ReportedTransfer.newBuilder(stated.transfer())
            .setTransactionId("t1")
            .setPayeeBankTransactionId("b-t1")
            .setOccurredAt(Instant.ofEpochMilli(T0 - 40_000))
            .build();
    send(stated);
    assertThat(last(proposals()).bankTransactionId()).isNull();

    send(
        new ReportedAccount(
            MULE, booked, "r1", VICTIM, stated.acceptedAtMs() + 1, "act-2", 5_000_000L, T0));

    StopProposal newest = last(proposals());
    assertThat(newest.bankTransactionId()).isEqualTo("b-t1");
    assertThat(newest.transferTimeMs()).isEqualTo(T0 - 40_000);
    assertThat(newest.tracedFen()).as("the money is one").isEqualTo(4_000_000);
    assertThat(newest.actId()).isEqualTo("act-2");
  }

  @Test
  void evidenceOfEachKindIsBoundedAndTheOldestLeaves() throws Exception {
    for (int i = 0; i < SETTINGS.maxHits() + 3; i++) {
      send(mule("M01", 0.1, transfer("x" + i, MULE, "mule-2", 10, T0 + i)));
      send(link("victim-" + i, transfer("y" + i, "victim-" + i, MULE, 10, T0 + i), V03));
      send(report("r" + i, "z" + i, 100 + i));
    }

    StopProposal newest = last(proposals());
    assertThat(newest.tracedFen()).isEqualTo(sumOfReports());
    assertThat(newest.caseIds())
        .as("own case and one for each link kept")
        .hasSize(SETTINGS.maxHits() + 1);
    assertThat(newest.reportId()).isEqualTo("r" + (SETTINGS.maxHits() + 2));
  }

  private static long sumOfReports() {
    long sum = 0;
    for (int i = 3; i < SETTINGS.maxHits() + 3; i++) {
      sum += 100 + i;
    }
    return sum;
  }

  @Test
  void evidenceIsForgottenTheStopWithdrawnAndInTheEndNothingIsLeft() throws Exception {
    send(M01);
    send(link(VICTIM, PAYMENT, V03));
    String caseId = last(side(ScoreByAccount.CASES)).getCaseId();

    harness.watermark(T0 + MINUTE + SETTINGS.hitMemoryMs());
    assertThat(proposals()).extracting(StopProposal::holds).containsExactly(true, false);
    assertThat(last(side(ScoreByAccount.CASES)).getScore()).isZero();
    assertThat(last(side(ScoreByAccount.CASES)).getCaseId()).isEqualTo(caseId);
    assertThat(side(ScoreByAccount.HOLDS))
        .as("a hold whose term is over needs no lifting")
        .hasSize(1);

    harness.watermark(T0 + 3 * SETTINGS.caseMemoryMs());
    assertThat(harness.numEventTimeTimers()).isZero();
    assertThat(statesLeft()).isEmpty();
  }

  @Test
  void aReportOutlivesHitsAndThenLeavesNothing() throws Exception {
    send(report("r1", "t1", 4_000_000));

    harness.watermark(T0 + 2 * SETTINGS.hitMemoryMs());
    part();
    assertThat(last(side(ScoreByAccount.PARTS)).hold()).isTrue();

    harness.watermark(T0 + 3 * SETTINGS.caseMemoryMs());
    assertThat(harness.numEventTimeTimers()).isZero();
    assertThat(statesLeft()).isEmpty();
  }

  @Test
  void aRestoreInTheMiddleChangesNothing() throws Exception {
    send(M01);
    send(link(VICTIM, PAYMENT, V03));
    String caseId = last(side(ScoreByAccount.CASES)).getCaseId();
    OperatorSubtaskState snapshot = harness.snapshot(1, 1);
    harness.close();
    harness = create();
    harness.initializeState(snapshot);
    harness.open();

    send(M01);
    send(link(VICTIM, PAYMENT, V03));
    assertThat(proposals()).as("known already").isEmpty();
    send(retracted(M01));

    assertThat(proposals()).extracting(StopProposal::holds).containsExactly(false);
    assertThat(side(ScoreByAccount.HOLDS))
        .extracting(RiskHold::getAction)
        .containsExactly(HoldAction.LIFT);
    assertThat(last(side(ScoreByAccount.CASES)).getCaseId()).isEqualTo(caseId);
    assertThat(last(side(ScoreByAccount.CASES)).getSequence()).isGreaterThan(2);
  }

  private static final ScoreShare V03 = share("V03", RuleFamily.V, 0.7);
  private static final ScoreShare V09 = share("V09", RuleFamily.V, 0.5);
  private static final ScoreShare V15 = share("V15", RuleFamily.V, 0.5);
  private static final ScoreShare T02 = share("T02", RuleFamily.T, 0.5);

  private static ScoreShare share(String rule, RuleFamily family, double weight) {
    return new ScoreShare("hit-" + rule, rule, 1, family, weight);
  }

  private static RuleHit mule(String rule, double weight, BankTransaction transaction) {
    return hit(
        rule,
        RuleFamily.M,
        weight,
        KeyKind.ACCOUNT,
        MULE,
        transaction,
        ActionCode.A3,
        ActionCode.A5);
  }

  private static HolderScore link(String holder, BankTransaction payment, ScoreShare... shares) {
    return new HolderScore(
        MULE,
        payment.getPayee(),
        holder,
        payment,
        "case-" + holder,
        List.of(shares),
        List.of("A3", "A5"),
        true,
        false,
        null,
        payment.getOccurredAt().toEpochMilli());
  }

  @Test
  void twiceTheEvidenceCostsTwiceTheReadsAndNoMoreTimersOrScans() throws Exception {
    Cost once = cost(100);
    Cost twice = cost(200);

    assertThat(once.cases()).isEqualTo(300);
    assertThat(twice.cases()).isEqualTo(600);
    assertThat(twice.reads()).isLessThan(once.reads() * 22 / 10);
    assertThat(twice.scans() - once.scans())
        .as("reports, of which there are none, are looked for")
        .isLessThanOrEqualTo(300);
    assertThat(List.of(once.timers(), twice.timers())).containsOnly(1);
  }

  /** What so many hits and links of one account, an hour apart, cost until all is forgotten. */
  private Cost cost(int each) throws Exception {
    long hour = 60 * MINUTE;
    harness.close();
    ScoreByAccount scoring = new ScoreByAccount(SETTINGS);
    harness = create(scoring);
    harness.open();
    for (int i = 0; i < each; i++) {
      send(mule("M01", 0.7, transfer("o" + i, MULE, "mule-2", 39_500, T0 + i * hour)));
      send(link(VICTIM, transfer("i" + i, VICTIM, MULE, 40_000, T0 + i * hour), V03));
      harness.watermark(T0 + i * hour);
    }
    int timers = harness.numEventTimeTimers();
    harness.watermark(Long.MAX_VALUE);
    return new Cost(
        scoring.stateReads(), scoring.stateScans(), timers, side(ScoreByAccount.CASES).size());
  }

  private record Cost(long reads, long scans, int timers, int cases) {}

  private static ReportedAccount report(String reportId, String transactionId, long fen) {
    ReportedTransfer transfer =
        ReportedTransfer.newBuilder()
            .setPayer(Fixtures.account(VICTIM, "B01"))
            .setPayee(Fixtures.account(MULE, "B02"))
            .setAmountFen(fen)
            .setOccurredAt(Instant.ofEpochMilli(T0))
            .setTransactionId(transactionId)
            .build();
    return new ReportedAccount(
        MULE, transfer, reportId, VICTIM, T0 + fen, "act-" + reportId, 5_000_000L, T0);
  }

  private void send(RuleHit... hits) throws Exception {
    for (RuleHit one : hits) {
      harness.processElement(AccountInput.of(MULE, one, one.getHolds() ? 0 : LEFT_MS), T0);
    }
  }

  private void send(HolderScore link) throws Exception {
    harness.processElement(new AccountInput(MULE, null, link, null, null), T0);
  }

  private void send(ReportedAccount reported) throws Exception {
    harness.processElement(new AccountInput(MULE, null, null, reported, null), T0);
  }

  private void send(Verdict verdict) throws Exception {
    harness.processElement(AccountInput.of(verdict, LEFT_MS), T0);
  }

  private void part() throws Exception {
    PartReport part =
        new PartReport(
            "B01:lunch:AWAITING",
            "lunch",
            "B01",
            T0,
            T0 + 800,
            KeyKind.ACCOUNT,
            MULE,
            Side.CREDIT,
            MULE,
            0,
            false,
            null);
    harness.processElement(new AccountInput(MULE, null, null, null, part), T0);
  }

  /** Of {@code retractionToLiftMs}. */
  private long timesToLift() {
    var operator = (CoBroadcastWithKeyedOperator<?, ?, ?, ?>) harness.getOperator();
    return ((ScoreByAccount) operator.getUserFunction()).lifts().sinceRetraction().getCount();
  }

  private List<String> statesLeft() {
    List<String> left = new ArrayList<>();
    for (String name :
        List.of(
            "hits",
            "hits-index",
            "links",
            "links-index",
            "reports",
            "reports-index",
            "head",
            "hold",
            "proposal",
            "cleared",
            "limited")) {
      try (Stream<?> keys =
          harness
              .getOperator()
              .getKeyedStateBackend()
              .getKeys("score-account." + name + ".v1", VoidNamespace.INSTANCE)) {
        if (keys.findAny().isPresent()) {
          left.add(name);
        }
      }
    }
    return left;
  }

  private List<StopProposal> proposals() {
    return harness.extractOutputValues();
  }

  private <T> List<T> side(OutputTag<T> tag) {
    var records = harness.getSideOutput(tag);
    List<T> values = new ArrayList<>();
    if (records != null) {
      for (StreamRecord<T> one : records) {
        values.add(one.getValue());
      }
    }
    return values;
  }

  private static KeyedBroadcastOperatorTestHarness<String, AccountInput, Curb, StopProposal>
      create() throws Exception {
    return create(new ScoreByAccount(SETTINGS));
  }

  private static KeyedBroadcastOperatorTestHarness<String, AccountInput, Curb, StopProposal> create(
      ScoreByAccount scoring) throws Exception {
    var harness =
        new KeyedBroadcastOperatorTestHarness<>(
            new CoBroadcastWithKeyedOperator<>(scoring, List.of(Curbs.ACCOUNTS)),
            AccountInput::account,
            Types.STRING,
            1,
            1,
            0);
    harness.setStateBackend(new EmbeddedRocksDBStateBackend(true));
    return harness;
  }

  private static <T> T last(List<T> list) {
    return list.get(list.size() - 1);
  }
}
