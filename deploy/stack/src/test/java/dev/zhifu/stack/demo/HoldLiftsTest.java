package dev.zhifu.stack.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.schemas.events.EventIds;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.HoldAction;
import dev.zhifu.wire.KeyKind;
import dev.zhifu.wire.ReasonCode;
import dev.zhifu.wire.RiskHold;
import dev.zhifu.wire.RuleFamily;
import dev.zhifu.wire.RuleHit;
import dev.zhifu.wire.TransactionKind;
import dev.zhifu.wire.TransactionPhase;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HoldLiftsTest {
  private static final Instant T0 = Instant.parse("2026-03-01T16:00:00Z");

  private final HoldLifts lifts = new HoldLifts();

  @Test
  void theTimeRunsFromTheRetractionToTheLiftWhicheverIsReadFirst() {
    lifts.hold(hold("mule", HoldAction.PLACE, ReasonCode.VICTIM_AT_RISK), 1_000);
    lifts.hold(hold("mule", HoldAction.LIFT, ReasonCode.SCORE_DROPPED), 5_030);
    lifts.hold(hold("mule", HoldAction.LIFT, ReasonCode.SCORE_DROPPED), 9_999);
    lifts.hit(hit(1, true), 990);
    lifts.hit(hit(2, false), 5_000);

    assertThat(lifts.json()).containsEntry("byReason", Map.of("SCORE_DROPPED", 1));
    assertThat(after()).containsEntry("max", 30L).containsEntry("count", 1L);
  }

  @Test
  void aLiftByAnOfficerFollowsNoRetraction() {
    lifts.hit(hit(1, true), 990);
    lifts.hold(hold("mule", HoldAction.LIFT, ReasonCode.NOT_INVOLVED), 5_030);

    assertThat(lifts.json()).containsEntry("byReason", Map.of("NOT_INVOLVED", 1));
    assertThat(after()).containsEntry("count", 0L);
  }

  @SuppressWarnings("unchecked")
  private Map<String, Object> after() {
    return (Map<String, Object>) lifts.json().get("afterRetractionMs");
  }

  private static RuleHit hit(int revision, boolean holds) {
    return RuleHit.newBuilder()
        .setHitId("hit-1")
        .setRevision(revision)
        .setHolds(holds)
        .setIsFinal(false)
        .setRuleId("T02")
        .setRuleVersion(1)
        .setFamily(RuleFamily.T)
        .setWeight(0.7)
        .setActions(List.of())
        .setMonotone(true)
        .setKeyKind(KeyKind.HOLDER)
        .setKey("victim")
        .setEvidence(List.of())
        .setOccurredAt(T0)
        .setTransaction(holds ? transfer() : null)
        .build();
  }

  private static BankTransaction transfer() {
    return BankTransaction.newBuilder()
        .setEventId("B01:t1:COMPLETED")
        .setSource("B01")
        .setTransactionId("t1")
        .setKind(TransactionKind.TRANSFER)
        .setPhase(TransactionPhase.COMPLETED)
        .setOccurredAt(T0)
        .setReceivedAt(T0)
        .setAmountFen(1_000)
        .setCurrency("CNY")
        .setPayer(account("victim-account"))
        .setPayee(account("mule"))
        .build();
  }

  private static AccountRef account(String token) {
    return AccountRef.newBuilder().setAccountToken(token).setBank("B01").build();
  }

  private static RiskHold hold(String account, HoldAction action, ReasonCode reason) {
    return RiskHold.newBuilder()
        .setHoldId(EventIds.holdId("B01:t1", account))
        .setSequence(action == HoldAction.PLACE ? 1 : 2)
        .setAction(action)
        .setBank("B01")
        .setAccount(account(account))
        .setAmountFen(1_000)
        .setReasonCode(reason)
        .setOccurredAt(T0)
        .setEndsAt(T0.plusSeconds(86_400))
        .setNoticeId("notice-1")
        .build();
  }
}
