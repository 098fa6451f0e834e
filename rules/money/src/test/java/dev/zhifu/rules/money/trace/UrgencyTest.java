package dev.zhifu.rules.money.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.rules.money.trace.Urgency.Batch;
import dev.zhifu.rules.money.trace.Urgency.Request;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UrgencyTest {
  /** Noon in China. */
  private static final long NOW = 1_772_424_000_000L;

  private final Urgency urgency = Urgency.defaults();

  @Test
  void moneyThatHasJustComeIsLessSureToStay() {
    assertThat(urgency.chance(request("a", 1, 100, 0), NOW))
        .isLessThan(urgency.chance(request("a", 1, 100, 3600), NOW));
    assertThat(urgency.chance(request("a", 3, 100, 60), NOW))
        .isLessThan(urgency.chance(request("a", 1, 100, 60), NOW));
    long night = NOW - 10 * 3_600_000L;
    assertThat(urgency.chance(new Request("a", "B", 1, 1, night), night))
        .isLessThan(urgency.chance(new Request("a", "B", 1, 1, NOW), NOW));
    for (int dwell = 0; dwell < 400_000; dwell += 97) {
      assertThat(urgency.chance(request("a", 2, 1, dwell), NOW)).isBetween(0.0, 1.0);
    }
  }

  @Test
  void aBurstOfAThousandIsWorkedByMoneyKeptASecond() {
    List<Request> burst = burst();
    List<Request> ordered = urgency.order(burst, NOW);

    assertThat(ordered).hasSize(1_000);
    for (int i = 1; i < ordered.size(); i++) {
      assertThat(urgency.of(ordered.get(i - 1), NOW))
          .isGreaterThanOrEqualTo(urgency.of(ordered.get(i), NOW));
    }
    Collections.shuffle(burst, new Random(3));
    assertThat(urgency.order(burst, NOW)).isEqualTo(ordered);
    // The order keeps more than the one in which they came, and than the largest sum first.
    List<Request> bySize = new ArrayList<>(burst);
    bySize.sort((a, b) -> Long.compare(b.thereFen(), a.thereFen()));
    assertThat(kept(ordered)).isGreaterThan(kept(burst)).isGreaterThanOrEqualTo(kept(bySize));
  }

  @Test
  void batchesHoldEveryRequestOnceAndOneBankEach() {
    List<Batch> batches = urgency.batches(burst(), NOW);
    Set<String> seen = new HashSet<>();
    for (Batch batch : batches) {
      assertThat(batch.requests().size()).isLessThanOrEqualTo(50);
      for (Request request : batch.requests()) {
        assertThat(request.bank()).isEqualTo(batch.bank());
        assertThat(seen.add(request.account())).isTrue();
      }
    }
    assertThat(seen).hasSize(1_000);
  }

  /** Fen likely kept within the first twenty minutes of work. */
  private double kept(List<Request> order) {
    double kept = 0;
    double used = 0;
    for (Request request : order) {
      used += urgency.secondsPerRequest();
      if (used > 1_200) {
        break;
      }
      kept += request.thereFen() * urgency.chance(request, NOW);
    }
    return kept;
  }

  private static List<Request> burst() {
    Random random = new Random(11);
    List<Request> burst = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      burst.add(
          new Request(
              "a" + i,
              "B" + random.nextInt(12),
              1 + random.nextInt(6),
              1 + (long) Math.exp(random.nextDouble() * 16),
              NOW - random.nextInt(50_000) * 1000L));
    }
    return burst;
  }

  private static Request request(String account, int level, long fen, int secondsAgo) {
    return new Request(account, "B", level, fen, NOW - secondsAgo * 1000L);
  }
}
