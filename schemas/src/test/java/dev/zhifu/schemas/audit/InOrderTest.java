package dev.zhifu.schemas.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InOrderTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void resultsComeInOrderOnTheGivingThreadAndFewAreUnderWay(int threads) {
    InOrder crew = new InOrder(threads);
    List<Integer> handedOn = new ArrayList<>();
    Set<Thread> by = new HashSet<>();
    AtomicInteger given = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    for (int i = 0; i < 500; i++) {
      int piece = i;
      given.incrementAndGet();
      crew.give(
          () -> piece,
          done -> {
            most.accumulateAndGet(given.get() - handedOn.size(), Math::max);
            handedOn.add(done);
            by.add(Thread.currentThread());
          });
    }
    crew.finish();

    assertThat(handedOn).isEqualTo(IntStream.range(0, 500).boxed().toList());
    assertThat(by).containsExactly(Thread.currentThread());
    assertThat(most.get()).isLessThanOrEqualTo(4 * threads + 1);
  }

  /** Each piece waits for the other: on one thread this would never end. */
  @Test
  @Timeout(30)
  void twoThreadsWorkAtOnce() {
    InOrder crew = new InOrder(2);
    CountDownLatch both = new CountDownLatch(2);
    Set<Thread> by = ConcurrentHashMap.newKeySet();
    for (int i = 0; i < 2; i++) {
      crew.give(
          () -> {
            by.add(Thread.currentThread());
            both.countDown();
            return await(both);
          },
          met -> assertThat(met).isTrue());
    }
    crew.finish();
    assertThat(by).hasSize(2);
  }

  private static boolean await(CountDownLatch latch) {
    try {
      return latch.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void theFirstFaultIsToldAndWhatFollowsIsForgotten(int threads) {
    InOrder crew = new InOrder(threads);
    List<Integer> handedOn = new ArrayList<>();

    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 50; i++) {
                int piece = i;
                crew.give(() -> 100 / (20 - piece), handedOn::add);
              }
              crew.finish();
            })
        .isInstanceOf(ArithmeticException.class);

    crew.finish();
    assertThat(handedOn).hasSize(20);
    crew.give(() -> 7, handedOn::add);
    crew.finish();
    assertThat(handedOn).hasSize(21).endsWith(7);
  }

  /** What the taker throws is told as it is, on any number of threads. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void aFaultOfTheTakerIsTold(int threads) {
    InOrder crew = new InOrder(threads);
    assertThatThrownBy(
            () -> {
              crew.give(
                  () -> 1,
                  one -> {
                    throw new IllegalStateException("not taken");
                  });
              crew.finish();
            })
        .hasMessage("not taken");
  }
}
