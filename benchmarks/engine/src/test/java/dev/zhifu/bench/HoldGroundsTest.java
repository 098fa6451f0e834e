package dev.zhifu.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.jobs.score.ScoreSettings;
import dev.zhifu.schemas.events.EventIds;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.ActionCode;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.CaseChangeKind;
import dev.zhifu.wire.CaseState;
import dev.zhifu.wire.DecisionKind;
import dev.zhifu.wire.Evidence;
import dev.zhifu.wire.FraudCase;
import dev.zhifu.wire.HoldAction;
import dev.zhifu.wire.KeyKind;
import dev.zhifu.wire.ReasonCode;
import dev.zhifu.wire.RiskHold;
import dev.zhifu.wire.RuleFamily;
import dev.zhifu.wire.RuleHit;
import dev.zhifu.wire.ScoreShare;
import dev.zhifu.wire.Side;
import dev.zhifu.wire.SubjectKind;
import dev.zhifu.wire.TransactionKind;
import dev.zhifu.wire.TransactionPhase;
import dev.zhifu.wire.TransferDecision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HoldGroundsTest {
  private static final long T0 = 1_780_000_000_000L;
  private static final String OWNER = "fleet-owner";

  private final CaughtFindings findings = CaughtFindings.start(null, ScoreSettings.defaults());

  @AfterEach
  void end() {
    findings.close();
  }

  @Test
  void aPaymentWithoutAHitIsHeldOnTheCaseOfItsPayee() {
    BankTransaction asked = payment("t3", "driver-3", TransactionPhase.AWAITING, T0 + 3);
    findings.asked(asked);
    for (int i = 1; i <= 2; i++) {
      findings.hit(
          hit(
              "V15",
              RuleFamily.V,
              payment("t" + i, "driver-" + i, TransactionPhase.COMPLETED, T0)));
    }
    findings.changed(account(T0, share("V15", "t1"), share("V15", "t2")));
    findings.changed(account(T0 + 9, share("V15", "t1"), share("V15", "t2"), share("M01", "t4")));

    HoldGrounds.Ground ground = new HoldGrounds(findings).of(held(asked));
    assertThat(ground.rules()).as("as the case was when it was asked").isEqualTo("payee's V15");
    assertThat(ground.subject()).isEqualTo("ACCOUNT:" + OWNER);
    assertThat(ground.lasted()).isTrue();
  }

  @Test
  void aPaymentWithAHitThatAsksForItIsHeldOnTheCaseOfWhoPays() {
    BankTransaction asked = payment("t1", "driver-1", TransactionPhase.AWAITING, T0);
    findings.asked(asked);
    RuleHit t02 = hit("T02", RuleFamily.T, asked);
    findings.raised(t02);
    findings.hit(t02);
    findings.changed(account(T0, share("V15", "t8"), share("V15", "t9")));
    findings.changed(holder("driver-1", T0, share("T02", "t1")));

    assertThat(new HoldGrounds(findings).of(held(asked)).rules()).isEqualTo("payer's T02");
  }

  @Test
  void aHitThatWasRetractedBeforeItWasFinalDidNotLast() {
    BankTransaction paid = payment("t1", "driver-1", TransactionPhase.COMPLETED, T0);
    RuleHit t02 = hit("T02", RuleFamily.T, paid);
    findings.raised(t02);
    findings.raised(
        RuleHit.newBuilder(t02).setRevision(2).setHolds(false).setRetractedBecause("late").build());
    findings.changed(holder("driver-1", T0, share("T02", "t1")));
    RiskHold hold = risk(paid, HoldAction.PLACE, T0);
    findings.held(hold);
    findings.held(risk(paid, HoldAction.LIFT, T0 + 4_000));

    HoldGrounds.Ground ground = new HoldGrounds(findings).of(hold);
    assertThat(ground.rules()).isEqualTo("payer's T02");
    assertThat(ground.lasted()).isFalse();
    assertThat(findings.liftedAt(hold.getHoldId())).isEqualTo(T0 + 4_000);
    assertThat(CaughtFigures.fate(hold, findings.liftedAt(hold.getHoldId())))
        .isEqualTo("risk hold lifted within a minute");
    assertThat(CaughtFigures.fate(hold, null)).isEqualTo("risk hold to its term");
  }

  @Test
  void aHoldOnTheConductOfAnAccountRestsOnThatAccountsCase() {
    BankTransaction paid = payment("t1", OWNER, TransactionPhase.COMPLETED, T0);
    findings.raised(hit("M01", RuleFamily.M, paid));
    findings.changed(account(T0, share("M01", "t1")));

    assertThat(new HoldGrounds(findings).of(risk(paid, HoldAction.PLACE, T0)).rules())
        .isEqualTo("account's M01");
  }

  @Test
  void whatNobodyAskedForHasNoCase() {
    BankTransaction asked = payment("t1", "driver-1", TransactionPhase.AWAITING, T0);

    assertThat(new HoldGrounds(findings).of(held(asked)).rules()).isEqualTo("no case");
  }

  private static BankTransaction payment(
      String id, String payer, TransactionPhase phase, long atMs) {
    return BankTransaction.newBuilder()
        .setEventId("B01:" + id + ":" + phase)
        .setSource("B01")
        .setTransactionId(id)
        .setKind(TransactionKind.TRANSFER)
        .setPhase(phase)
        .setOccurredAt(Instant.ofEpochMilli(atMs))
        .setReceivedAt(Instant.ofEpochMilli(atMs))
        .setAmountFen(600_000)
        .setCurrency("CNY")
        .setPayer(account(payer))
        .setPayee(account(OWNER))
        .build();
  }

  private static AccountRef account(String token) {
    return AccountRef.newBuilder()
        .setAccountToken(token)
        .setHolderToken("h-" + token)
        .setBank("B01")
        .build();
  }

  private static RuleHit hit(String rule, RuleFamily family, BankTransaction payment) {
    boolean person = family != RuleFamily.M;
    return RuleHit.newBuilder()
        .setHitId(rule + payment.getTransactionId())
        .setRevision(1)
        .setHolds(true)
        .setIsFinal(false)
        .setRuleId(rule)
        .setRuleVersion(1)
        .setFamily(family)
        .setWeight(0.7)
        .setActions(List.of(ActionCode.A3))
        .setMonotone(true)
        .setKeyKind(person ? KeyKind.HOLDER : KeyKind.ACCOUNT)
        .setKey(person ? payment.getPayer().getHolderToken() : payment.getPayer().getAccountToken())
        .setEvidence(
            List.of(
                Evidence.newBuilder()
                    .setStep("payment")
                    .setEventId(payment.getEventId())
                    .setOccurredAt(payment.getOccurredAt())
                    .setSide(Side.DEBIT)
                    .build()))
        .setOccurredAt(payment.getOccurredAt())
        .setTransaction(payment)
        .build();
  }

  private static ScoreShare share(String rule, String payment) {
    return ScoreShare.newBuilder()
        .setHitId(rule + payment)
        .setRuleId(rule)
        .setRuleVersion(1)
        .setFamily(RuleFamily.V)
        .setWeight(0.5)
        .build();
  }

  private static FraudCase account(long atMs, ScoreShare... shares) {
    return change(SubjectKind.ACCOUNT, OWNER, atMs, shares);
  }

  private static FraudCase holder(String payer, long atMs, ScoreShare... shares) {
    return change(SubjectKind.HOLDER, "h-" + payer, atMs, shares);
  }

  private static FraudCase change(
      SubjectKind kind, String subject, long atMs, ScoreShare... shares) {
    return FraudCase.newBuilder()
        .setCaseId("case-" + subject)
        .setSequence(1)
        .setChange(CaseChangeKind.SCORE)
        .setSubjectKind(kind)
        .setSubject(subject)
        .setState(CaseState.ALERT)
        .setScore(0.75)
        .setFamilies(List.of(RuleFamily.V))
        .setShares(new ArrayList<>(List.of(shares)))
        .setProposedActions(List.of(ActionCode.A3))
        .setOccurredAt(Instant.ofEpochMilli(atMs))
        .setOpenedAt(Instant.ofEpochMilli(T0))
        .build();
  }

  private static TransferDecision held(BankTransaction asked) {
    return TransferDecision.newBuilder()
        .setEventId(asked.getEventId())
        .setTransactionId(asked.getTransactionId())
        .setBank("B01")
        .setDecision(DecisionKind.HOLD)
        .setReasonCode(ReasonCode.VICTIM_AT_RISK)
        .setOccurredAt(asked.getOccurredAt())
        .setAnswerBy(asked.getOccurredAt())
        .build();
  }

  private static RiskHold risk(BankTransaction paid, HoldAction action, long atMs) {
    AccountRef account =
        paid.getPayer().getAccountToken().equals(OWNER) ? paid.getPayer() : paid.getPayee();
    String holdId = EventIds.holdId("B01:" + paid.getTransactionId(), account.getAccountToken());
    return RiskHold.newBuilder()
        .setHoldId(holdId)
        .setSequence(1)
        .setAction(action)
        .setBank("B01")
        .setAccount(account)
        .setAmountFen(paid.getAmountFen())
        .setReasonCode(ReasonCode.VICTIM_AT_RISK)
        .setOccurredAt(Instant.ofEpochMilli(atMs))
        .setEndsAt(Instant.ofEpochMilli(atMs + 86_400_000))
        .setNoticeId("n")
        .build();
  }
}
