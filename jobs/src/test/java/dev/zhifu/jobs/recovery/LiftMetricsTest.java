package dev.zhifu.jobs.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.wire.OrderChannel;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;

class LiftMetricsTest {

  /** Keeps what is registered, by its path. */
  private static final class Kept extends UnregisteredMetricsGroup {
    private final String path;
    private final Map<String, Object> all;

    Kept(String path, Map<String, Object> all) {
      this.path = path;
      this.all = all;
    }

    @Override
    public Counter counter(String name) {
      Counter counter = new SimpleCounter();
      all.put(path + name, counter);
      return counter;
    }

    @Override
    public <T, G extends Gauge<T>> G gauge(String name, G gauge) {
      all.put(path + name, gauge);
      return gauge;
    }

    @Override
    public MetricGroup addGroup(String name) {
      return new Kept(path + name + ".", all);
    }
  }

  @Test
  void eachChannelHasItsLiftsTheirSecondsAndTheLongest() {
    Map<String, Object> all = new HashMap<>();
    LiftMetrics metrics = new LiftMetrics(new Kept("", all));

    metrics.lifted(OrderChannel.PLATFORM, Duration.ofSeconds(90));
    metrics.lifted(OrderChannel.PLATFORM, Duration.ofSeconds(30));
    metrics.lifted(OrderChannel.PAPER, Duration.ofHours(2));

    assertThat(count(all, "lifts.PLATFORM.confirmed")).isEqualTo(2);
    assertThat(count(all, "lifts.PLATFORM.seconds")).isEqualTo(120);
    assertThat(((Gauge<?>) all.get("lifts.PLATFORM.longestSeconds")).getValue()).isEqualTo(90L);
    assertThat(count(all, "lifts.PAPER.seconds")).isEqualTo(7_200);
    assertThat(count(all, "lifts.DIRECT.confirmed")).isZero();
  }

  private static long count(Map<String, Object> all, String name) {
    return ((Counter) all.get(name)).getCount();
  }
}
