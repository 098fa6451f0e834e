package dev.zhifu.jobs.score;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.jobs.flow.Curb;
import dev.zhifu.wire.ActionCode;
import dev.zhifu.wire.KeyKind;
import dev.zhifu.wire.RuleFamily;
import dev.zhifu.wire.RuleHit;
import org.junit.jupiter.api.Test;

class LimiterTest {
  private static final Curb TEN_A_MINUTE = Curb.limit("l", "V03", 10, 60_000, 0);

  @Test
  void subtasksTogetherLetPassTheLimitAndAtMostOneMoreEach() {
    int passed = 0;
    for (int subtask = 0; subtask < 4; subtask++) {
      Limiter limiter = new Limiter(4);
      for (int i = 0; i < 100; i++) {
        passed += limiter.passes(at(i), TEN_A_MINUTE) ? 1 : 0;
      }
    }
    assertThat(passed).isBetween(10, 13);
  }

  @Test
  void theSpanSlidesWithEventTime() {
    Limiter limiter = new Limiter(1);
    int passed = 0;
    for (int second = 0; second < 600; second++) {
      passed += limiter.passes(at(second * 1000L), TEN_A_MINUTE) ? 1 : 0;
    }
    assertThat(passed).as("ten in each of ten minutes").isEqualTo(100);
    assertThat(limiter.state())
        .as("no more is kept than a span holds")
        .hasSizeLessThanOrEqualTo(10);
  }

  @Test
  void aLimitOfNoneKeepsAllBackAndNoLimitNone() {
    Limiter limiter = new Limiter(2);
    assertThat(limiter.passes(at(0), Curb.limit("l", "V03", 0, 60_000, 0))).isFalse();
    assertThat(limiter.passes(at(0), null)).isTrue();
  }

  private static RuleHit at(long atMs) {
    return Fixtures.hit(
        "V03",
        RuleFamily.V,
        0.7,
        KeyKind.HOLDER,
        "v",
        Fixtures.transfer("t", "v", "m", 1, atMs),
        ActionCode.A3);
  }
}
