package dev.zhifu.rules.money.refund;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhifu.rules.money.refund.Books.Kind;
import dev.zhifu.rules.money.refund.RefundRound.Standing;
import dev.zhifu.rules.money.refund.Refunds.Allocation;
import dev.zhifu.rules.money.refund.Refunds.Refund;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Books of a restricted account, and rounds worked out from what stands about each victim. */
class HeldBooksTest {
  private static final int CASES = Integer.getInteger("money.cases", 2_000);
  private static final long SEED = Long.getLong("money.seed", 20_260_301L);

  @Test
  void holdsStopsFreezesAndReleasesGiveBackWhatTheyTook() {
    HeldBooks held = new HeldBooks("mule", new Books());
    held.hold("hold:1", Kind.HELD, 0, 70);
    held.hold("order:2", Kind.STOPPED, 0, 60);
    held.hold("hold:2", Kind.HELD, 70, 0);
    held.hold("freeze:4", Kind.FROZEN, 0, 100);
    held.hold("order:3", Kind.STOPPED, 60, 0);
    held.hold("order:3", Kind.STOPPED, 60, 0);
    assertThat(held.of(Kind.FROZEN)).isEqualTo(100);
    assertThat(held.of(Kind.AT_LARGE)).isEqualTo(-100);
    held.hold("freeze:5", Kind.FROZEN, 100, 0);
    assertThat(held.books().balances()).isEmpty();
  }

  @Test
  void aRefundAboveTheFrozenSumIsNoEntry() {
    HeldBooks held = new HeldBooks("mule", new Books());
    held.hold("freeze:4", Kind.FROZEN, 0, 100);
    assertThatThrownBy(() -> held.leftFreeze("freeze:5", 101))
        .isInstanceOf(RefundException.class)
        .hasMessageContaining("101")
        .hasMessageContaining("100 lie");
  }

  @Test
  void whatLeftAFreezeWaitsForTheReceiptOrTheReceiptForIt() {
    HeldBooks held = new HeldBooks("mule", new Books());
    held.hold("freeze:4", Kind.FROZEN, 0, 100);
    assertThat(held.paid("refund:9", Map.of("a", 30L, "b", 20L))).hasSize(2);
    assertThat(held.paid("refund:9", Map.of("a", 30L, "b", 20L))).isEmpty();
    assertThat(held.of(Kind.PAYING)).isEqualTo(-50);
    held.leftFreeze("freeze:5", 50);
    assertThat(held.of(Kind.PAYING)).isZero();
    assertThat(held.refunded("a")).isEqualTo(30);
    assertThat(held.books().total()).isZero();
    assertThat(Books.of(held.books().toBytes()).balances()).isEqualTo(held.books().balances());
  }

  /** Several accounts and rounds: the bounds hold over all of them, to the fen. */
  @Test
  void overAccountsAndRoundsNobodyGetsMoreThanWasLost() {
    long paid = 0;
    for (int i = 0; i < CASES; i++) {
      paid += play(SEED + i);
    }
    assertThat(paid).isPositive();
  }

  private static long play(long seed) {
    Random random = new Random(seed);
    int accounts = 1 + random.nextInt(3);
    int victims = 1 + random.nextInt(4);
    long[][] traced = new long[accounts][victims];
    long[] loss = new long[victims];
    long[] compensation = new long[victims];
    long[] refunded = new long[victims];
    long[][] here = new long[accounts][victims];
    long[] frozen = new long[accounts];
    for (int v = 0; v < victims; v++) {
      for (int a = 0; a < accounts; a++) {
        traced[a][v] = random.nextInt(300);
        loss[v] += traced[a][v];
        frozen[a] += random.nextInt((int) traced[a][v] + 1);
      }
      // Some money was spent before: the same fen may be traced through two accounts in turn.
      loss[v] = Math.max(1, loss[v] - random.nextInt(100));
      compensation[v] = random.nextInt((int) loss[v] + 1) / (1 + random.nextInt(4));
    }
    long before = Arrays.stream(frozen).sum();
    long paid = 0;
    for (int round = 0; round < 3; round++) {
      for (int a = 0; a < accounts; a++) {
        List<Standing> standings = new ArrayList<>();
        for (int v = 0; v < (round == 0 ? (victims + 1) / 2 : victims); v++) {
          long there = random.nextInt((int) traced[a][v] + 1);
          standings.add(
              new Standing(
                  "v" + v,
                  RefundClass.values()[random.nextInt(3)],
                  loss[v],
                  traced[a][v],
                  there,
                  compensation[v],
                  here[a][v],
                  refunded[v]));
        }
        Allocation allocation =
            RefundRound.allocate(frozen[a], frozen[a], standings, RatioMode.NORMALISED);
        Map<String, Long> due = new TreeMap<>();
        for (Refund refund : allocation.refunds()) {
          int v = refund.claim().charAt(1) - '0';
          due.put(refund.claim(), refund.fen());
          here[a][v] += refund.fen();
          refunded[v] += refund.fen();
          paid += refund.fen();
        }
        assertThat(due.values().stream().mapToLong(Long::longValue).sum())
            .as("seed %d", seed)
            .isEqualTo(frozen[a] - allocation.residueFen());
        frozen[a] = allocation.residueFen();
      }
    }
    assertThat(Arrays.stream(frozen).sum() + paid).as("seed %d", seed).isEqualTo(before);
    for (int v = 0; v < victims; v++) {
      assertThat(refunded[v] + compensation[v]).as("seed %d", seed).isLessThanOrEqualTo(loss[v]);
      for (int a = 0; a < accounts; a++) {
        assertThat(here[a][v]).as("seed %d", seed).isLessThanOrEqualTo(traced[a][v]);
      }
    }
    return paid;
  }
}
