package dev.zhifu.rules.money.refund;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.rules.money.refund.Books.Kind;
import dev.zhifu.rules.money.refund.Books.Place;
import dev.zhifu.rules.money.refund.Refunds.Allocation;
import dev.zhifu.rules.money.refund.Refunds.Claimed;
import dev.zhifu.rules.money.refund.Refunds.Refund;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Random cases of several victims, accounts and rounds. 2,000 by default; {@code
 * -Dmoney.cases=100000} runs more, {@code -Dmoney.seed=N -Dmoney.cases=1} plays one seed again.
 */
public class RefundSimulationTest {
  private static final int CASES = Integer.getInteger("money.cases", 2_000);
  private static final long SEED = Long.getLong("money.seed", 20_260_301L);

  @Test
  void moneyInIsMoneyOutAndNobodyGetsTooMuch() {
    long paid = 0;
    for (int i = 0; i < CASES; i++) {
      paid += play(SEED + i);
    }
    System.out.printf("refunds: %d cases from seed %d, %d fen paid back%n", CASES, SEED, paid);
    assertThat(paid).isPositive();
  }

  /** Fen paid back. */
  public static long play(long seed) {
    Random random = new Random(seed);
    Books books = new Books();
    RefundRounds rounds = new RefundRounds(books);
    int victims = 1 + random.nextInt(5);
    int accounts = 1 + random.nextInt(3);
    long lost = 0;
    Map<String, Long> loss = new TreeMap<>();
    Map<String, Long> compensation = new HashMap<>();
    Map<String, Map<String, Long>> traced = new TreeMap<>();
    for (int v = 0; v < victims; v++) {
      long sum = 0;
      for (int a = 0; a < accounts; a++) {
        long fen = random.nextInt(4) == 0 ? 0 : 1 + random.nextInt(300);
        if (fen > 0) {
          traced.computeIfAbsent("a" + a, name -> new TreeMap<>()).put("v" + v, fen);
          books.enter("in" + v + a, place(Kind.LOSS, "v" + v), place(Kind.TRACED, "a" + a), fen);
          sum += fen;
        }
      }
      if (sum > 0) {
        lost += sum;
        loss.put("v" + v, sum);
        compensation.put("v" + v, (long) random.nextInt((int) sum + 1) / (1 + random.nextInt(3)));
      }
    }
    freeze(books, accounts, random);
    long frozen = books.sum(Kind.FROZEN);
    Map<String, Long> got = new HashMap<>();
    for (int round = 0; round < 3; round++) {
      int known = round == 0 ? Math.max(1, loss.size() / 2) : loss.size();
      List<String> admitted =
          new ArrayList<>(loss.keySet()).subList(0, Math.min(known, loss.size()));
      admitted.forEach(v -> rounds.admit(v, loss.get(v), compensation.get(v)));
      for (Map.Entry<String, Map<String, Long>> entry : traced.entrySet()) {
        Allocation allocation =
            rounds.prepare(
                entry.getKey(), claims(entry.getValue(), admitted, random), RatioMode.NORMALISED);
        check(allocation, rounds, entry.getKey(), seed);
        rounds.execute(entry.getKey(), allocation);
        for (Refund refund : allocation.refunds()) {
          got.merge(refund.claim(), refund.fen(), Long::sum);
        }
        assertThat(books.total()).as("seed %d", seed).isZero();
      }
      books
          .balances()
          .forEach((at, fen) -> assertThat(fen >= 0 || at.kind() == Kind.LOSS).isTrue());
      Books restored = Books.of(books.toBytes());
      assertThat(restored.balances()).isEqualTo(books.balances());
    }
    long paid = got.values().stream().mapToLong(Long::longValue).sum();
    assertThat(books.sum(Kind.REFUNDED)).as("seed %d", seed).isEqualTo(paid);
    assertThat(books.sum(Kind.FROZEN)).as("seed %d", seed).isEqualTo(frozen - paid);
    assertThat(-books.sum(Kind.LOSS)).as("seed %d", seed).isEqualTo(lost);
    got.forEach(
        (v, fen) ->
            assertThat(fen + compensation.get(v))
                .as("seed %d, %s", seed, v)
                .isLessThanOrEqualTo(loss.get(v)));
    return paid;
  }

  private static void freeze(Books books, int accounts, Random random) {
    for (int a = 0; a < accounts; a++) {
      long there = books.of(place(Kind.TRACED, "a" + a));
      long stopped = there == 0 ? 0 : random.nextInt((int) there + 1);
      if (stopped > 0) {
        books.enter("stop" + a, place(Kind.TRACED, "a" + a), place(Kind.STOPPED, "a" + a), stopped);
        long freeze = 1 + random.nextInt((int) stopped);
        books.enter("f" + a, place(Kind.STOPPED, "a" + a), place(Kind.FROZEN, "a" + a), freeze);
        if (stopped > freeze) {
          books.enter(
              "r" + a, place(Kind.STOPPED, "a" + a), place(Kind.TRACED, "a" + a), stopped - freeze);
        }
      }
    }
  }

  private static List<Claimed> claims(
      Map<String, Long> traced, List<String> admitted, Random random) {
    List<Claimed> claims = new ArrayList<>();
    traced.forEach(
        (v, fen) -> {
          if (admitted.contains(v)) {
            RefundClass of = RefundClass.values()[random.nextInt(3)];
            claims.add(new Claimed(v, of, fen, random.nextInt(fen.intValue() + 1), 0));
          }
        });
    return claims;
  }

  /** The same allocation fen by fen: every fen goes to whom it is owed most, by quotient. */
  private static void check(Allocation allocation, RefundRounds rounds, String account, long seed) {
    assertThat(allocation.frozenFen()).isEqualTo(rounds.frozenFen(account));
    long sum = 0;
    long directs = 0;
    long net = 0;
    for (Refund refund : allocation.refunds()) {
      assertThat(refund.fen()).as("seed %d", seed).isBetween(0L, refund.netFen());
      assertThat(refund.fen())
          .as("seed %d", seed)
          .isLessThanOrEqualTo(rounds.openFen(refund.claim()));
      sum += refund.fen();
      boolean ratio = refund.refundClass() == RefundClass.PRORATA;
      directs += ratio ? 0 : refund.fen();
      net += ratio ? refund.netFen() : 0;
    }
    assertThat(sum + allocation.residueFen()).as("seed %d", seed).isEqualTo(allocation.frozenFen());
    long left = allocation.frozenFen() - directs;
    Map<String, Long> twin = new HashMap<>();
    if (net > 0) {
      long pot = Math.min(left, net);
      for (long fen = 0; fen < pot; fen++) {
        twin.merge(owedMost(allocation, twin, pot, net), 1L, Long::sum);
      }
    }
    for (Refund refund : allocation.refunds()) {
      if (refund.refundClass() == RefundClass.PRORATA) {
        assertThat(refund.fen())
            .as("seed %d, %s", seed, allocation)
            .isEqualTo(twin.getOrDefault(refund.claim(), 0L));
      }
    }
  }

  /** Whoever is furthest below the exact share of the whole pot; whole fen first, then the rest. */
  private static String owedMost(
      Allocation allocation, Map<String, Long> twin, long pot, long net) {
    String best = null;
    long bestOwed = Long.MIN_VALUE;
    long bestNet = 0;
    for (Refund refund : allocation.refunds()) {
      if (refund.refundClass() == RefundClass.PRORATA) {
        long owed = pot * refund.netFen() - twin.getOrDefault(refund.claim(), 0L) * net;
        if (owed > bestOwed || owed == bestOwed && refund.netFen() > bestNet) {
          best = refund.claim();
          bestOwed = owed;
          bestNet = refund.netFen();
        }
      }
    }
    return best;
  }

  private static Place place(Kind kind, String of) {
    return new Place(kind, of);
  }
}
