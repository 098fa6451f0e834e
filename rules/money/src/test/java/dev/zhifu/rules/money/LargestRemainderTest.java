package dev.zhifu.rules.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LargestRemainderTest {
  @Test
  void partsAddUpAndNeverPassTheirWeights() {
    Random random = new Random(5);
    for (int i = 0; i < 20_000; i++) {
      long[] weights = random.longs(1 + random.nextInt(9), 0, i % 2 == 0 ? 9 : 1L << 50).toArray();
      long total = Arrays.stream(weights).sum();
      long amount = total == 0 ? 0 : Math.floorMod(random.nextLong(), total + 1);
      long[] parts = LargestRemainder.split(amount, weights, total);

      assertThat(Arrays.stream(parts).sum()).isEqualTo(amount);
      for (int j = 0; j < parts.length; j++) {
        assertThat(parts[j]).isBetween(0L, weights[j]);
      }
    }
  }

  @Test
  void theExampleOfTheFormula() {
    assertThat(LargestRemainder.share(100_000, new long[] {60_000, 90_000, 50_000}, 200_000))
        .containsExactly(30_000, 45_000, 25_000);
  }

  @Test
  void moreThanThereIsIsRefused() {
    assertThatThrownBy(() -> LargestRemainder.split(3, new long[] {1, 1}, 2))
        .hasMessageContaining("it must be 0 to 2");
  }
}
