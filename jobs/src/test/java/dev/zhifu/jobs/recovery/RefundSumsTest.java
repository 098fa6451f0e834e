package dev.zhifu.jobs.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.rules.lives.desk.CaseFile;
import dev.zhifu.wire.AccountKind;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.FreezeDetail;
import dev.zhifu.wire.FreezeMode;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.OrderChannel;
import dev.zhifu.wire.RefundDetail;
import dev.zhifu.wire.RefundShare;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RefundSumsTest {
  private static final Instant T0 = Instant.parse("2026-06-01T02:00:00Z");

  private static LifeTransition life(String id, LifeKind kind, String state, Object detail) {
    return LifeTransition.newBuilder()
        .setObjectId(id)
        .setKind(kind)
        .setCaseId("case-1")
        .setSequence(1)
        .setState(state)
        .setEvent("TOLD")
        .setRole("CASE_OFFICER")
        .setCause("act")
        .setTickAt(T0)
        .setDetail(detail)
        .build();
  }

  private static LifeTransition freeze(long frozenFen) {
    return life(
        "freeze-1",
        LifeKind.FREEZE,
        "ACTIVE",
        FreezeDetail.newBuilder()
            .setApplicationId("a")
            .setTarget(
                AccountRef.newBuilder()
                    .setAccountToken("mule")
                    .setBank("B01")
                    .setKind(AccountKind.PERSONAL)
                    .build())
            .setAuthority("county")
            .setChannel(OrderChannel.PLATFORM)
            .setMode(FreezeMode.AMOUNT)
            .setAmountFen(frozenFen)
            .setTracedFen(frozenFen)
            .setTermMonths(6)
            .setFrozenFen(frozenFen)
            .build());
  }

  private static RefundShare share(String victim, long lossFen, long refundFen) {
    return RefundShare.newBuilder()
        .setVictim(victim)
        .setAccountToken(victim + "-account")
        .setAccountHolder(victim)
        .setLossFen(lossFen)
        .setTracedFen(lossFen)
        .setRefundFen(refundFen)
        .build();
  }

  private static RefundDetail refund(RefundShare... shares) {
    return RefundDetail.newBuilder().setFreezeId("freeze-1").setShares(List.of(shares)).build();
  }

  private static CaseFile file(String state, long frozenFen) {
    return new CaseFile(
        "case-1",
        Map.of(
            "freeze-1",
            freeze(frozenFen),
            "refund-1",
            life("refund-1", LifeKind.REFUND, state, refund())));
  }

  /** The example of domain knowledge: 100,000 frozen, losses of 60,000, 90,000 and 50,000. */
  @Test
  void theSumsOfTheRatioPassToTheFen() {
    RefundDetail told =
        refund(share("a", 60_000, 30_000), share("b", 90_000, 45_000), share("c", 50_000, 25_000));

    assertThat(RefundSums.fault(file("NOTICE", 100_000), "refund-1", told)).isEmpty();
  }

  @Test
  void oneFenMovedFromOneVictimToAnotherIsRefusedWithTheRightSums() {
    RefundDetail told =
        refund(share("a", 60_000, 30_001), share("b", 90_000, 44_999), share("c", 50_000, 25_000));

    assertThat(RefundSums.fault(file("OBJECTION", 100_000), "refund-1", told).orElseThrow())
        .contains("NORMALISED {a=30000, b=45000, c=25000}");
  }

  @Test
  void whatIsNotDecidedByTheRatioIsTheTablesToJudge() {
    RefundDetail told = refund(share("a", 60_000, 1));

    assertThat(RefundSums.fault(file("SINGLE", 100_000), "refund-1", told)).isEmpty();
    assertThat(RefundSums.fault(file("NOTICE", 100_000), "refund-2", told)).isEmpty();
  }

  @Test
  void whereMoreIsFrozenThanWasLostEveryVictimGetsTheLossBack() {
    assertThat(
            RefundSums.fault(
                file("NOTICE", 500_000), "refund-1", refund(share("a", 60_000, 60_000))))
        .isEmpty();
  }
}
