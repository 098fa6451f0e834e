package dev.zhifu.jobs.score;

import static dev.zhifu.jobs.score.Fixtures.MULE;
import static dev.zhifu.jobs.score.Fixtures.T0;
import static dev.zhifu.jobs.score.Fixtures.VICTIM;
import static dev.zhifu.jobs.score.Fixtures.hit;
import static dev.zhifu.jobs.score.Fixtures.transfer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.jobs.flow.HolderScore;
import dev.zhifu.jobs.flow.ReportedAccount;
import dev.zhifu.jobs.flow.StopProposal;
import dev.zhifu.wire.ActionCode;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.KeyKind;
import dev.zhifu.wire.OrderOrigin;
import dev.zhifu.wire.OwnStop;
import dev.zhifu.wire.ReasonCode;
import dev.zhifu.wire.ReportedTransfer;
import dev.zhifu.wire.RuleFamily;
import dev.zhifu.wire.RuleHit;
import dev.zhifu.wire.ScoreShare;
import dev.zhifu.wire.StopBasis;
import dev.zhifu.wire.TraceGround;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class AccountEvidenceTest {
  private static final ScoreSettings SETTINGS = ScoreSettings.defaults();
  private static final BankTransaction PAYMENT = transfer("t1", VICTIM, MULE, 40_000, T0);
  private static final BankTransaction ONWARD = transfer("t2", MULE, "mule-2", 39_500, T0 + 60_000);
  private static final RuleHit M01 =
      hit("M01", RuleFamily.M, 0.7, KeyKind.ACCOUNT, MULE, ONWARD, ActionCode.A3, ActionCode.A5);

  @Test
  void aVictimsRuleAndAMulesRuleTogetherProposeAStop() {
    StopProposal proposal = propose(List.of(M01), List.of(link(0.7)), List.of());

    assertThat(proposal.holds()).isTrue();
    assertThat(proposal.origin()).isEqualTo(OrderOrigin.HITS);
    assertThat(proposal.families()).containsExactly(RuleFamily.V, RuleFamily.M);
    assertThat(proposal.bankTransactionId()).isEqualTo("B02-t1");
    assertThat(proposal.tracedFen()).as("no accepted report yet").isZero();
  }

  @Test
  void aMulesRuleAloneProposesNothing() {
    assertThat(propose(List.of(M01), List.of(), List.of()).holds()).isFalse();
  }

  @Test
  void anAcceptedReportProposesAloneAndIsTracedToTheFen() {
    StopProposal proposal =
        propose(List.of(), List.of(), List.of(report("t1", 4_000_000), report("t9", 77)));

    assertThat(proposal.holds()).isTrue();
    assertThat(proposal.origin()).isEqualTo(OrderOrigin.REPORT);
    assertThat(proposal.reasonCode()).isEqualTo(ReasonCode.VICTIM_REPORT);
    assertThat(proposal.tracedFen()).isEqualTo(4_000_077);
  }

  @Test
  void aTransferThatIsBothReportedAndLinkedIsTracedOnce() {
    HolderScore link = link(0.7);
    HolderScore accepted =
        new HolderScore(
            link.targetAccount(),
            link.target(),
            link.holder(),
            link.transaction(),
            link.caseId(),
            link.shares(),
            link.actions(),
            true,
            false,
            "r1",
            T0);

    assertThat(propose(List.of(), List.of(accepted), List.of(report("t1", 4_000_000))).tracedFen())
        .isEqualTo(4_000_000);
  }

  @Test
  void theNewestBalanceCounts() {
    StopProposal proposal = propose(List.of(M01), List.of(link(0.7)), List.of());

    assertThat(proposal.lastBalanceFen()).as("after the onward transfer").isEqualTo(-3_950_000);
    assertThat(proposal.balanceAtMs()).isEqualTo(T0 + 60_000);
  }

  @Test
  void twoVictimsOfOneAccountAreTwoProofs() {
    AccountEvidence evidence =
        new AccountEvidence(
            MULE, List.of(), List.of(link(0.7), linkOf("victim-2", 0.7)), List.of());

    assertThat(evidence.score(SETTINGS).value())
        .isCloseTo(0.91, org.assertj.core.api.Assertions.within(1e-9));
  }

  private static StopProposal propose(
      List<RuleHit> hits, List<HolderScore> links, List<ReportedAccount> reports) {
    AccountEvidence evidence = new AccountEvidence(MULE, hits, links, reports);
    return evidence.proposal(evidence.score(SETTINGS), SETTINGS, "case-1", "cause");
  }

  private static HolderScore link(double weight) {
    return linkOf(VICTIM, weight);
  }

  private static HolderScore linkOf(String holder, double weight) {
    ScoreShare share =
        ScoreShare.newBuilder()
            .setHitId("hit-" + holder)
            .setRuleId("V03")
            .setRuleVersion(1)
            .setFamily(RuleFamily.V)
            .setWeight(weight)
            .build();
    return new HolderScore(
        MULE,
        PAYMENT.getPayee(),
        holder,
        PAYMENT,
        "case-" + holder,
        List.of(share),
        List.of("A3", "A5"),
        true,
        false,
        null,
        T0);
  }

  @Test
  void whatATraceBringsProposesWithTheFieldsOfItsOwnHop() {
    StopProposal proposal = propose(List.of(), List.of(), List.of(hop("r1", 3_000_000)));

    assertThat(proposal.holds()).isTrue();
    assertThat(proposal.origin()).isEqualTo(OrderOrigin.HOP);
    assertThat(proposal.tracedFen()).as("what is there, not the transfer").isEqualTo(3_000_000);
    assertThat(proposal.transferAmountFen()).isEqualTo(3_900_000);
    assertThat(proposal.bankTransactionId()).isEqualTo("B02-hop");
    assertThat(proposal.caseIds()).contains("case-of-the-trace");
    assertThat(proposal.reasonCode()).isEqualTo(ReasonCode.HOP_OF_REPORT);
    assertThat(proposal.grounds()).as("why, for one sentence").containsExactly(ground());
    assertThat(proposal.basisAtMs()).as("the hop is newer than the act").isEqualTo(T0 + 9_000);
  }

  @Test
  void anAccountThatTheReportNamesItselfIsThatAndItsMoneyCountsOnce() {
    StopProposal proposal =
        propose(List.of(), List.of(), List.of(report("t1", 4_000_000), hop("r1", 3_000_000)));

    assertThat(proposal.origin()).isEqualTo(OrderOrigin.REPORT);
    assertThat(proposal.transferAmountFen()).isEqualTo(4_000_000);
    assertThat(proposal.tracedFen()).isEqualTo(4_000_000);
    assertThat(
            propose(List.of(), List.of(), List.of(report("t1", 4_000_000), hop("r2", 7)))
                .tracedFen())
        .as("another victim's")
        .isEqualTo(4_000_007);
  }

  @Test
  void aBanksOwnStopGoesWithTheProposalTheOneThatBeganLast() {
    OwnStop first = ownStop(T0 - 3_600_000);
    OwnStop second = ownStop(T0 - 60_000);
    ReportedAccount newest = report("t3", 3_000_000);
    ReportedAccount withFirst = report("t1", 4_000_000);
    withFirst.transfer().setOwnStop(first);
    ReportedAccount withSecond = report("t2", 5_000_000);
    withSecond.transfer().setOwnStop(second);

    assertThat(propose(List.of(), List.of(), List.of(newest)).ownStop()).isNull();
    assertThat(propose(List.of(), List.of(), List.of(withSecond, withFirst, newest)).ownStop())
        .isEqualTo(second);
  }

  @Test
  void whatABanksReportSaysGoesWithTheProposalByTheNewestThatNamesTheAccount() {
    StopBasis basis = new StopBasis("cdcdcdcd-cdcd-cdcd-cdcd-cdcdcdcdcdcd", true);
    ReportedAccount plain = report("t1", 4_000_000);
    ReportedAccount lodged = report("t2", 5_000_000);
    lodged.transfer().setBasis(basis);

    assertThat(propose(List.of(), List.of(), List.of(lodged, plain)).basis()).isNull();
    assertThat(propose(List.of(), List.of(), List.of(plain, lodged)).basis()).isEqualTo(basis);
    assertThat(propose(List.of(), List.of(), List.of(plain, lodged, hop("r9", 1))).basis())
        .as("a trace names no kind of account")
        .isEqualTo(basis);
  }

  private static OwnStop ownStop(long startMs) {
    Instant start = Instant.ofEpochMilli(startMs);
    return new OwnStop(
        "cdcdcdcd-cdcd-cdcd-cdcd-cdcdcdcdcdcd", start, start.plusSeconds(172_800), 5L, true);
  }

  private static TraceGround ground() {
    return TraceGround.newBuilder()
        .setReportId("r1")
        .setCaseId("case-of-the-trace")
        .setFromAccount("mule-0")
        .setFromBank("B01")
        .setLevel(2)
        .setArrivedAt(Instant.ofEpochMilli(T0 + 9_000))
        .setLowFen(3_000_000)
        .setHighFen(3_100_000)
        .setBalanceFen(5_000_000L)
        .build();
  }

  private static ReportedAccount hop(String reportId, long thereFen) {
    return new ReportedAccount(
        MULE,
        ReportedTransfer.newBuilder()
            .setPayer(Fixtures.account("mule-0", "B01"))
            .setPayee(Fixtures.account(MULE, "B02"))
            .setAmountFen(3_900_000)
            .setOccurredAt(Instant.ofEpochMilli(T0 + 9_000))
            .setTransactionId("B01:hop")
            .setPayeeBankTransactionId("B02-hop")
            .build(),
        reportId,
        VICTIM,
        T0 + 5_000,
        "act-1",
        5_000_000L,
        T0 + 9_000,
        2,
        1,
        true,
        thereFen,
        T0 + 9_000,
        "case-of-the-trace",
        ground());
  }

  private static ReportedAccount report(String transactionId, long fen) {
    return new ReportedAccount(
        MULE,
        ReportedTransfer.newBuilder()
            .setPayer(Fixtures.account(VICTIM, "B01"))
            .setPayee(Fixtures.account(MULE, "B02"))
            .setAmountFen(fen)
            .setOccurredAt(Instant.ofEpochMilli(T0))
            .setTransactionId(transactionId)
            .setPayeeBankTransactionId("B02-" + transactionId)
            .build(),
        "r1",
        VICTIM,
        T0 + 5_000,
        "act-1",
        1_000L,
        T0);
  }
}
