package dev.zhifu.rules.money.refund;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.rules.money.refund.RefundSteps.Line;
import dev.zhifu.wire.AccountExamined;
import dev.zhifu.wire.AccountKind;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.RefundPlan;
import dev.zhifu.wire.RefundShare;
import dev.zhifu.wire.RefundVictim;
import dev.zhifu.wire.RefundWay;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RefundStepsTest {
  private static final Instant T0 = Instant.parse("2026-03-02T18:10:00Z");
  private static final AccountRef ACCOUNT =
      AccountRef.newBuilder()
          .setAccountToken("mule")
          .setBank("B02")
          .setKind(AccountKind.PERSONAL)
          .build();

  private static RefundVictim victim(String name, RefundWay way, long fen) {
    return RefundVictim.newBuilder()
        .setVictim(name)
        .setClaims(List.of("claim-" + name))
        .setWay(way)
        .setWhy("why")
        .setLossFen(fen)
        .setTracedFen(fen)
        .setThereFen(fen)
        .setRefundedHereFen(0)
        .setRefundedFen(0)
        .setCompensationFen(0)
        .build();
  }

  private static RefundPlan plan(long frozen, long inCase, List<RefundVictim> victims) {
    return RefundPlan.newBuilder()
        .setFreezeId("freeze-1")
        .setCaseId("case-1")
        .setAccount(ACCOUNT)
        .setFrozenFen(frozen)
        .setFrozenInCaseFen(inCase)
        .setWay(RefundWay.PRORATA)
        .setVictims(victims)
        .setObstacles(List.of())
        .setExamined(
            AccountExamined.newBuilder()
                .setFreezeId("freeze-1")
                .setCaseId("case-1")
                .setAccountToken("mule")
                .setFrozenAt(T0)
                .setCredits(victims.size())
                .setBalanceFen(frozen)
                .setOverflowed(false)
                .setFindings(List.of())
                .build())
        .setRevision(1)
        .build();
  }

  private static RefundPlan mixed() {
    return plan(
        100_000,
        100_000,
        List.of(
            victim("a", RefundWay.PRORATA, 60_000),
            victim("b", RefundWay.PRORATA, 90_000),
            victim("c", RefundWay.PRORATA, 50_000)));
  }

  @Test
  void theLastFenGoesToTheLargestRemainderAndTheStepsSayHow() {
    RefundSteps steps =
        RefundSteps.of(mixed(), RatioMode.NORMALISED, Map.of("a", 10_000L), 100_000, 100_000)
            .orElseThrow();

    assertThat(steps.netFen()).isEqualTo(190_000);
    assertThat(steps.lines()).extracting(Line::netFen).containsExactly(50_000L, 90_000L, 50_000L);
    assertThat(steps.lines()).extracting(Line::floorFen).containsExactly(26_315L, 47_368L, 26_315L);
    // 100,000 × 50,000 = 26,315 × 190,000 + 150,000; of b 80,000 are left.
    assertThat(steps.lines())
        .extracting(Line::remainder)
        .containsExactly(150_000L, 80_000L, 150_000L);
    assertThat(steps.lines()).extracting(Line::lastFen).containsExactly(1L, 0L, 1L);
    assertThat(steps.refundFen() + steps.residueFen()).isEqualTo(100_000);
  }

  @Test
  void theLiteralRatioIsNoneWhereItWouldPayMoreThanIsFrozen() {
    assertThat(RefundSteps.of(mixed(), RatioMode.LITERAL, Map.of(), 100_000, 100_000)).isEmpty();
    RefundSteps over =
        RefundSteps.of(mixed(), RatioMode.LITERAL, Map.of(), 100_000, 400_000).orElseThrow();
    assertThat(over.baseFen()).isEqualTo(400_000);
    assertThat(over.lines()).extracting(Line::refundFen).containsExactly(15_000L, 22_500L, 12_500L);
    assertThat(over.residueFen()).isEqualTo(50_000);
  }

  @Test
  void theStepsMeetTheAllocationWhateverThePlan() {
    Random random = new Random(20_260_302);
    int shared = 0;
    for (int round = 0; round < 2_000; round++) {
      List<RefundVictim> victims = new ArrayList<>();
      for (int i = 0; i <= random.nextInt(6); i++) {
        long traced = 1 + random.nextInt(5_000_000);
        RefundWay way = RefundWay.values()[1 + random.nextInt(2)];
        victims.add(
            RefundVictim.newBuilder(victim("v" + i, way, traced))
                .setLossFen(traced + random.nextInt(1_000_000))
                .setThereFen(random.nextInt((int) traced + 1))
                .setCompensationFen(random.nextInt(400_000))
                .build());
      }
      long frozen = 1 + random.nextInt(8_000_000);
      RefundPlan plan = plan(frozen, frozen + random.nextInt(8_000_000), victims);
      for (RatioMode mode : RatioMode.values()) {
        shared += met(plan, mode);
      }
    }
    assertThat(shared).as("plans in which the ratio was needed").isGreaterThan(500);
  }

  private static int met(RefundPlan plan, RatioMode mode) {
    Map<String, Long> received = PlanSums.compensations(plan);
    long inCase = plan.getFrozenInCaseFen();
    Optional<Map<String, Long>> due =
        PlanSums.due(plan, mode, received, plan.getFrozenFen(), inCase);
    Optional<RefundSteps> steps = RefundSteps.of(plan, mode, received, plan.getFrozenFen(), inCase);
    assertThat(steps.isPresent()).isEqualTo(due.isPresent());
    if (steps.isEmpty()) {
      return 0;
    }
    RefundSteps found = steps.get();
    assertThat(found.refundFen() + found.residueFen()).isEqualTo(plan.getFrozenFen());
    List<RefundShare> shares = new ArrayList<>();
    for (Line line : found.lines()) {
      assertThat(line.refundFen()).isEqualTo(due.get().get(line.victim()));
      assertThat(line.refundFen()).isEqualTo(line.floorFen() + line.lastFen());
      assertThat(line.lastFen()).isBetween(0L, 1L);
      assertThat(line.refundFen()).isLessThanOrEqualTo(line.netFen());
      shares.add(share(line));
    }
    assertThat(
            PlanCheck.fault(
                "PREPARED", "freeze-1", ACCOUNT, plan, shares, plan.getFrozenFen(), inCase))
        .as("a list made of the steps is what the job accepts")
        .isEmpty();
    shares.get(0).setRefundFen(shares.get(0).getRefundFen() + 1);
    assertThat(
            PlanCheck.fault(
                "PREPARED", "freeze-1", ACCOUNT, plan, shares, plan.getFrozenFen(), inCase))
        .hasValueSatisfying(why -> assertThat(why).startsWith("SUMS_BY_LEDGER"));
    return found.lines().stream().anyMatch(line -> line.lastFen() > 0) ? 1 : 0;
  }

  private static RefundShare share(Line line) {
    return RefundShare.newBuilder()
        .setVictim(line.victim())
        .setAccountToken("account of " + line.victim())
        .setAccountHolder(line.victim())
        .setLossFen(line.lossFen())
        .setTracedFen(line.tracedFen())
        .setCompensationFen(line.compensationFen())
        .setRefundFen(line.refundFen())
        .build();
  }
}
