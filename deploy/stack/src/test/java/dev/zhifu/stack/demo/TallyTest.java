package dev.zhifu.stack.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.wire.AccountKind;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.ClockTick;
import dev.zhifu.wire.DecisionKind;
import dev.zhifu.wire.FreezeDetail;
import dev.zhifu.wire.FreezeMode;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.OrderChannel;
import dev.zhifu.wire.RefundDetail;
import dev.zhifu.wire.TransferDecision;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class TallyTest {
  private static final Instant T0 = Instant.parse("2026-03-01T16:00:00Z");

  private final Tally tally = new Tally(T0);

  @Test
  void historyIsNotCountedAmongTheLiveEvents() {
    tally.event("old", T0.minusSeconds(1), OptionalLong.empty(), 5_000);
    tally.event("a", T0, OptionalLong.of(10_000), 10_000);
    tally.event("b", T0.plusSeconds(1), OptionalLong.of(11_000), 12_000);

    assertThat(tally.history()).isEqualTo(1);
    assertThat(tally.events()).isEqualTo(2);
    assertThat(tally.eventsPerSecond()).isEqualTo(1.0);
  }

  @Test
  void latencyRunsFromThePlannedSendTimeToTheAppendOfTheFirstAnswer() {
    tally.event("B01:t1:AWAITING", T0, OptionalLong.of(10_000), 10_040);

    tally.decision(decision(DecisionKind.HOLD), 10_070);
    tally.decision(decision(DecisionKind.HOLD), 10_900);

    assertThat(tally.decisions(DecisionKind.HOLD)).isEqualTo(1);
    assertThat(tally.decisionLatency().quantiles())
        .containsEntry("max", 70L)
        .containsEntry("count", 1L);
  }

  @Test
  void nothingIsUnansweredBeforeItsTime() {
    tally.tick(new ClockTick(T0, 1L, "city", false));

    assertThat(tally.unanswered()).isZero();
  }

  @Test
  void aFreezeCountsByTheMostItHeldAndARefundByItsNewestWord() {
    tally.life(freeze("F1", 1, 0));
    tally.life(freeze("F1", 2, 70_000));
    tally.life(freeze("F1", 3, 0));
    tally.life(freeze("F2", 1, 5_000));
    tally.life(freeze("F2", 1, 5_000));
    tally.life(refund("R1", 2, 40_000));
    tally.life(refund("R1", 1, 0));

    assertThat(tally.frozenFen()).isEqualTo(75_000);
    assertThat(tally.refundedFen()).isEqualTo(40_000);
  }

  static LifeTransition freeze(String id, long sequence, long fen) {
    return life(
        LifeKind.FREEZE,
        id,
        sequence,
        FreezeDetail.newBuilder()
            .setApplicationId(id)
            .setTarget(
                AccountRef.newBuilder()
                    .setAccountToken("t")
                    .setBank("B01")
                    .setKind(AccountKind.PERSONAL)
                    .build())
            .setAuthority("c")
            .setChannel(OrderChannel.PAPER)
            .setMode(FreezeMode.AMOUNT)
            .setAmountFen(fen)
            .setTracedFen(fen)
            .setTermMonths(6)
            .setFrozenFen(fen)
            .build());
  }

  static LifeTransition refund(String id, long sequence, long fen) {
    return life(
        LifeKind.REFUND,
        id,
        sequence,
        RefundDetail.newBuilder().setFreezeId("F1").setPaidFen(fen).build());
  }

  private static LifeTransition life(LifeKind kind, String id, long sequence, Object detail) {
    return LifeTransition.newBuilder()
        .setObjectId(id)
        .setKind(kind)
        .setCaseId("c")
        .setSequence(sequence)
        .setState("S")
        .setEvent("E")
        .setRole("BANK")
        .setCause("m")
        .setTickAt(T0)
        .setDetail(detail)
        .build();
  }

  private static TransferDecision decision(DecisionKind kind) {
    return TransferDecision.newBuilder()
        .setEventId("B01:t1:AWAITING")
        .setTransactionId("t1")
        .setBank("B01")
        .setDecision(kind)
        .setOccurredAt(T0)
        .setAnswerBy(T0.plusMillis(500))
        .build();
  }
}
