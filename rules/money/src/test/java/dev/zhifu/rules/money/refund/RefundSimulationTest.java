package dev.zhifu.rules.money.refund;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.rules.money.refund.Books.Kind;
import dev.zhifu.rules.money.refund.Books.Place;
import dev.zhifu.rules.money.refund.Refunds.Allocation;
import dev.zhifu.rules.money.refund.Refunds.Claimed;
import dev.zhifu.rules.money.refund.Refunds.Refund;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Random cases of several victims, accounts and rounds, in both readings of the ratio, of a few fen
 * and of sums near the largest that a bank books. 2,000 by default; {@code -Dmoney.cases=100000}
 * runs more, {@code -Dmoney.seed=N -Dmoney.cases=1} plays one seed again.
 */
public class RefundSimulationTest {
  private static final int CASES = Integer.getInteger("money.cases", 2_000);

  /** 100 million yuan: 1,500 of them on an account are the most that a case here holds. */
  private static final long LARGE_FEN = 10_000_000_000L;

  private static final long SEED = Long.getLong("money.seed", 20_260_301L);

  @Test
  void moneyInIsMoneyOutAndNobodyGetsTooMuch() {
    long paid = 0;
    Told told = new Told();
    for (int i = 0; i < CASES; i++) {
      paid += play(SEED + i, told);
    }
    System.out.printf(
        "refunds: %d cases from seed %d, %d fen paid back, %d rounds by the literal ratio, %d refused by it%n",
        CASES, SEED, paid, told.literal, told.refused);
    assertThat(paid).isPositive();
    if (CASES > 100) {
      assertThat(told.literal).as("rounds by the literal ratio").isPositive();
      assertThat(told.refused).as("rounds that the literal ratio cannot pay").isPositive();
      assertThat(told.large).as("cases of large sums").isPositive();
    }
  }

  /** What the cases came to. */
  private static final class Told {
    private int literal;
    private int refused;
    private int large;
  }

  /** Fen paid back. */
  public static long play(long seed) {
    return play(seed, new Told());
  }

  private static long play(long seed, Told told) {
    Random random = new Random(seed);
    // Small sums are held against an allotment fen by fen; large ones show what overflows.
    boolean large = random.nextInt(4) == 0;
    long unit = large ? LARGE_FEN : 1;
    RatioMode wanted = random.nextBoolean() ? RatioMode.LITERAL : RatioMode.NORMALISED;
    told.large += large ? 1 : 0;
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
        long fen = random.nextInt(4) == 0 ? 0 : 1 + random.nextLong(300 * unit);
        if (fen > 0) {
          traced.computeIfAbsent("a" + a, name -> new TreeMap<>()).put("v" + v, fen);
          books.enter("in" + v + a, place(Kind.LOSS, "v" + v), place(Kind.TRACED, "a" + a), fen);
          sum += fen;
        }
      }
      if (sum > 0) {
        lost += sum;
        loss.put("v" + v, sum);
        compensation.put("v" + v, random.nextLong(sum + 1) / (1 + random.nextInt(3)));
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
        List<Claimed> claims = claims(entry.getValue(), admitted, random);
        long inCase = books.sum(Kind.FROZEN);
        RatioMode mode = wanted;
        Allocation allocation;
        try {
          allocation = rounds.prepare(entry.getKey(), claims, mode);
        } catch (RefundException tooLittleFrozen) {
          assertThat(mode).as("seed %d", seed).isEqualTo(RatioMode.LITERAL);
          assertThat(tooLittleFrozen).hasMessageContaining("Use the normalised ratio");
          told.refused++;
          mode = RatioMode.NORMALISED;
          allocation = rounds.prepare(entry.getKey(), claims, mode);
        }
        bounds(allocation, rounds, entry.getKey(), seed);
        if (mode == RatioMode.LITERAL) {
          told.literal++;
          shares(allocation, inCase, seed);
        } else if (large) {
          shares(allocation, 0, seed);
        } else {
          twin(allocation, seed);
        }
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
      long stopped = there == 0 ? 0 : random.nextLong(there + 1);
      if (stopped > 0) {
        books.enter("stop" + a, place(Kind.TRACED, "a" + a), place(Kind.STOPPED, "a" + a), stopped);
        long freeze = 1 + random.nextLong(stopped);
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
            claims.add(new Claimed(v, of, fen, random.nextLong(fen + 1), 0));
          }
        });
    return claims;
  }

  /** Nobody gets more than is owed, and what is paid and stays is what was frozen. */
  private static void bounds(
      Allocation allocation, RefundRounds rounds, String account, long seed) {
    assertThat(allocation.frozenFen()).isEqualTo(rounds.frozenFen(account));
    long sum = 0;
    for (Refund refund : allocation.refunds()) {
      assertThat(refund.fen()).as("seed %d", seed).isBetween(0L, refund.netFen());
      assertThat(refund.fen())
          .as("seed %d", seed)
          .isLessThanOrEqualTo(rounds.openFen(refund.claim()));
      sum += refund.fen();
    }
    assertThat(sum + allocation.residueFen()).as("seed %d", seed).isEqualTo(allocation.frozenFen());
  }

  private static long direct(Allocation allocation) {
    return allocation.refunds().stream()
        .filter(refund -> refund.refundClass() != RefundClass.PRORATA)
        .mapToLong(Refund::fen)
        .sum();
  }

  private static long net(Allocation allocation) {
    return allocation.refunds().stream()
        .filter(refund -> refund.refundClass() == RefundClass.PRORATA)
        .mapToLong(Refund::netFen)
        .sum();
  }

  /**
   * Every share lies within a fen of the exact one, in numbers of any size.
   *
   * @param inCase frozen in the case before, the base of the literal ratio; 0: the normalised one
   */
  private static void shares(Allocation allocation, long inCase, long seed) {
    long direct = direct(allocation);
    long net = net(allocation);
    long left = allocation.frozenFen() - direct;
    BigInteger pot = BigInteger.valueOf(inCase > 0 ? left : Math.min(left, net));
    BigInteger base = BigInteger.valueOf(inCase > 0 ? inCase - direct : net);
    for (Refund refund : allocation.refunds()) {
      if (refund.refundClass() == RefundClass.PRORATA && base.signum() > 0) {
        BigInteger exact = pot.multiply(BigInteger.valueOf(refund.netFen()));
        BigInteger off = BigInteger.valueOf(refund.fen()).multiply(base).subtract(exact).abs();
        assertThat(off).as("seed %d, %s", seed, allocation).isLessThan(base);
      }
    }
  }

  /** The same allocation fen by fen: every fen goes to whom it is owed most, by quotient. */
  private static void twin(Allocation allocation, long seed) {
    long net = net(allocation);
    long left = allocation.frozenFen() - direct(allocation);
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
