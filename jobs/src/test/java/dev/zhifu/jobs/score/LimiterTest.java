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
  void subtasksTogetherLetPassTheLimitAndNeverMore() {
    for (int subtasks = 1; subtasks <= 13; subtasks++) {
      int passed = 0;
      for (int subtask = 0; subtask < subtasks; subtask++) {
        passed += passed(new Limiter(subtask, subtasks));
      }
      assertThat(passed).as("%d subtasks, each with hits enough", subtasks).isEqualTo(10);
    }
  }

  @Test
  void whereAllHitsFallToOneSubtaskItsShareAloneMayPass() {
    assertThat(passed(new Limiter(0, 4))).isEqualTo(3);
    assertThat(passed(new Limiter(3, 4))).isEqualTo(2);
    assertThat(passed(new Limiter(12, 13))).as("fewer hits than subtasks").isZero();
  }

  private static int passed(Limiter limiter) {
    int passed = 0;
    for (int i = 0; i < 100; i++) {
      passed += limiter.passes(at(i), TEN_A_MINUTE) ? 1 : 0;
    }
    return passed;
  }

  @Test
  void theSpanSlidesWithEventTime() {
    Limiter limiter = new Limiter(0, 1);
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
    Limiter limiter = new Limiter(1, 2);
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
