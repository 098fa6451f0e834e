package dev.zhifu.stack.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LatenciesTest {
  @Test
  void quantilesAreTakenByNearestRank() {
    Latencies latencies = new Latencies();
    for (long i = 1000; i >= 1; i--) {
      latencies.add(i);
    }

    assertThat(latencies.quantiles())
        .containsEntry("p50", 500L)
        .containsEntry("p99", 990L)
        .containsEntry("p999", 999L)
        .containsEntry("max", 1000L)
        .containsEntry("count", 1000L);
  }

  @Test
  void withoutValuesThereAreNoQuantiles() {
    assertThat(new Latencies().quantiles()).containsEntry("p50", null).containsEntry("count", 0L);
  }
}
