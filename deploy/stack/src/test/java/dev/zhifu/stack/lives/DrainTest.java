package dev.zhifu.stack.lives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.zhifu.stack.StackException;
import org.junit.jupiter.api.Test;

class DrainTest {
  private static final long SECOND = 1_000_000_000L;
  private final Drain drain = new Drain(100_000, 0.3, 0.97);

  @Test
  void countsBetweenTwoFreshCountsAfterTheWriterHasGone() {
    drain.sample(0, 0, false);
    drain.sample(10 * SECOND, 40_000, false); // the writer takes its share of the machine still
    drain.sample(14 * SECOND, 40_000, true); // an old count
    drain.sample(20 * SECOND, 50_000, true);
    drain.sample(29 * SECOND, 50_000, true);
    drain.sample(30 * SECOND, 68_000, true);
    assertThat(drain.done()).isFalse();
    drain.sample(40 * SECOND, 86_000, true);
    drain.sample(50 * SECOND, 98_000, true);

    assertThat(drain.done()).isTrue();
    assertThat((Double) drain.row().get("eventsPerSecond")).isCloseTo(48_000 / 30.0, within(1e-9));
  }

  @Test
  void aSmallBacklogCountsFromTheFirstLookThatSawIt() {
    drain.sample(10 * SECOND, 20_000, false);
    drain.sample(20 * SECOND, 100_000, true);

    assertThat((Double) drain.row().get("eventsPerSecond")).isCloseTo(8_000, within(1e-9));
  }

  @Test
  void aBacklogGoneBetweenTwoLooksIsRefused() {
    drain.sample(10 * SECOND, 100_000, true);

    assertThatThrownBy(drain::row)
        .isInstanceOf(StackException.class)
        .hasMessageContaining("100,000")
        .hasMessageContaining("--backlog");
  }
}
