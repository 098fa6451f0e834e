package dev.zhifu.jobs.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.zhifu.jobs.score.ScoreSettings;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.ActionCode;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.CaseChangeKind;
import dev.zhifu.wire.CaseState;
import dev.zhifu.wire.Channel;
import dev.zhifu.wire.Evidence;
import dev.zhifu.wire.FraudCase;
import dev.zhifu.wire.KeyKind;
import dev.zhifu.wire.RuleFamily;
import dev.zhifu.wire.RuleHit;
import dev.zhifu.wire.ScoreShare;
import dev.zhifu.wire.Side;
import dev.zhifu.wire.SubjectKind;
import dev.zhifu.wire.TransactionKind;
import dev.zhifu.wire.TransactionPhase;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A stream whose truth is known gives the figures that files with labels give. */
class CityScoreTest {
  private static final long T0 = 1_772_000_000_000L;
  private static final long MINUTE = 60_000;

  private final CityScore score = new CityScore(ScoreSettings.defaults());

  @Test
  void aStoryCaughtAndALookAlikeAlertedAreCountedByHand() {
    move("v1", TransactionPhase.AWAITING, "victim", "mule", 100_000, 0);
    move("v1", TransactionPhase.COMPLETED, "victim", "mule", 100_000, 0);
    move("h1", TransactionPhase.COMPLETED, "mule", "mule-2", 99_000, 30);
    move("i1", TransactionPhase.COMPLETED, "buyer", "shop", 5_000, 10);
    move("o1", TransactionPhase.COMPLETED, "a", "b", 700, 20);
    for (int i = 0; i < 100; i++) {
      score.account();
    }
    RuleHit mule = hit("hit-1", "M01", "mule", 5, "B01:v1:COMPLETED", "C1:call-7");
    RuleHit shop = hit("hit-2", "M03", "shop", 12, "B01:i1:COMPLETED");
    reached("case-1", SubjectKind.ACCOUNT, "mule", mule, 5);
    reached("case-2", SubjectKind.ACCOUNT, "shop", shop, 12);
    reached("case-3", SubjectKind.NUMBER, "a number", hit("hit-3", "T06", "n", 1, "C1:call-7"), 1);

    score.label("B01", "v1", true, "TASK_REBATE", "F-1", 100_000, T0);
    score.label("B01", "h1", true, "TASK_REBATE", "F-1", 99_000, T0 + 30 * MINUTE);
    score.label("B01", "i1", false, "SHOPPING", "I-1", 5_000, T0 + 10 * MINUTE);
    score.label("B01", "before", true, "TASK_REBATE", "F-0", 1, T0);
    score.label("mule", true, Set.of("TASK_REBATE"));
    score.label("mule-2", true, Set.of("TASK_REBATE"));
    score.label("shop", false, Set.of("SHOPPING"));
    JsonNode figures = score.figures(List.of(mule, shop));

    JsonNode all = figures.path("all");
    assertThat(figures.path("transactions").asInt()).as("both phases are one").isEqualTo(4);
    assertThat(figures.path("accounts").asInt()).isEqualTo(100);
    assertThat(all.at("/transactions/alerted").asInt()).as("calls are none").isEqualTo(2);
    assertThat(all.at("/transactions/precision").asDouble()).isEqualTo(0.5);
    assertThat(all.at("/transactions/recall").asDouble()).isEqualTo(0.5);
    assertThat(all.at("/cases/illicit").asInt()).as("nothing of it was in the stream").isEqualTo(1);
    assertThat(all.at("/cases/alerted").asInt()).as("a number's case is left out").isEqualTo(2);
    assertThat(all.at("/cases/recall").asDouble()).isEqualTo(1);
    assertThat(all.at("/cases/precisionDecoysAside").asDouble()).isEqualTo(1);
    assertThat(all.at("/accounts/recall").asDouble()).isEqualTo(0.5);
    assertThat(all.path("caseRecallInTime").asDouble()).isEqualTo(1);
    assertThat(all.path("moneyRecall").asDouble()).isEqualTo(100_000 / 199_000.0);
    assertThat(all.path("alertsPer10kAccounts").asDouble()).isEqualTo(200);
    assertThat(all.path("alertsPer10kTransactions").asDouble()).isEqualTo(5_000);
    assertThat(all.path("medianMinutesToAlert").asDouble()).isEqualTo(5);
    assertThat(all.at("/decoys/caseRate").asDouble()).isEqualTo(1);
    assertThat(all.at("/budgets/0/perTenThousand").asDouble()).isEqualTo(10);
    assertThat(figures.at("/byTypology/TASK_REBATE/cases/recall").asDouble()).isEqualTo(1);
    assertThat(figures.at("/byRule/M03/cases/right").asInt()).isZero();
  }

  private void move(
      String id, TransactionPhase phase, String payer, String payee, long fen, long minute) {
    Instant at = Instant.ofEpochMilli(T0 + minute * MINUTE);
    score.seen(
        BankTransaction.newBuilder()
            .setEventId("B01:" + id + ":" + phase)
            .setSource("B01")
            .setTransactionId(id)
            .setKind(TransactionKind.TRANSFER)
            .setPhase(phase)
            .setOccurredAt(at)
            .setReceivedAt(at)
            .setAmountFen(fen)
            .setCurrency("CNY")
            .setPayer(account(payer))
            .setPayee(account(payee))
            .setChannel(Channel.MOBILE_APP)
            .build());
  }

  private static AccountRef account(String token) {
    return AccountRef.newBuilder()
        .setAccountToken(token)
        .setHolderToken("holder of " + token)
        .setBank("B01")
        .build();
  }

  private void reached(String id, SubjectKind kind, String subject, RuleHit hit, long minute) {
    score.changed(
        FraudCase.newBuilder()
            .setCaseId(id)
            .setSequence(1)
            .setState(CaseState.ALERT)
            .setOpenedAt(Instant.ofEpochMilli(T0))
            .setChange(CaseChangeKind.SCORE)
            .setSubjectKind(kind)
            .setSubject(subject)
            .setScore(0.95)
            .setFamilies(List.of(RuleFamily.V, RuleFamily.M))
            .setShares(
                List.of(
                    new ScoreShare(
                        hit.getHitId(), hit.getRuleId(), 1, hit.getFamily(), hit.getWeight())))
            .setProposedActions(List.of(ActionCode.A3))
            .setOccurredAt(Instant.ofEpochMilli(T0 + minute * MINUTE))
            .build());
  }

  private static RuleHit hit(String id, String rule, String key, long minute, String... events) {
    Instant at = Instant.ofEpochMilli(T0 + minute * MINUTE);
    return RuleHit.newBuilder()
        .setHitId(id)
        .setRevision(1)
        .setHolds(true)
        .setIsFinal(true)
        .setRuleId(rule)
        .setRuleVersion(1)
        .setFamily(RuleFamily.M)
        .setWeight(0.7)
        .setActions(List.of(ActionCode.A3))
        .setMonotone(true)
        .setKeyKind(KeyKind.ACCOUNT)
        .setKey(key)
        .setEvidence(
            Arrays.stream(events)
                .map(event -> new Evidence("step", event, at, Side.CREDIT))
                .toList())
        .setOccurredAt(at)
        .build();
  }
}
