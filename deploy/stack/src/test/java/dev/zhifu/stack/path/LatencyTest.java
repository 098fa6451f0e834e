package dev.zhifu.stack.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LatencyTest {

  @Test
  void quantilesAgreeWithASortedListWithinThreeDigits() {
    Latency latency = Latency.inMillis();
    Random random = new Random(11);
    long[] values = new long[50_000];
    for (int i = 0; i < values.length; i++) {
      values[i] = (long) Math.exp(2 + 1.5 * random.nextGaussian());
      latency.add(values[i]);
    }
    Arrays.sort(values);

    Map<String, Object> row = latency.row();

    near(row.get("p50"), values[24_999]);
    near(row.get("p99"), values[49_499]);
    near(row.get("p999"), values[49_949]);
    near(row.get("max"), values[49_999]);
    assertThat(row).containsEntry("count", 50_000L);
  }

  private static void near(Object measured, long expected) {
    assertThat((double) (long) measured)
        .isBetween(expected * 0.998 - 1, Math.max(1, expected) * 1.002 + 1);
  }

  @Test
  void nothingHasNoQuantiles() {
    assertThat(Latency.inMillis().row())
        .containsEntry("p50", null)
        .containsEntry("max", null)
        .containsEntry("count", 0L);
  }

  @Test
  void whatSeemsEarlyByTheClocksGrainCountsAsNoTimeAndIsSaid() {
    Latency latency = Latency.inMillis();
    latency.add(-1);
    latency.add(4);

    assertThat(latency.row()).containsEntry("belowZero", 1L).containsEntry("count", 2L);
  }
}
