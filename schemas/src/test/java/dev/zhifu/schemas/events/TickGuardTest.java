package dev.zhifu.schemas.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.wire.ClockTick;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TickGuardTest {
  private static final Instant T0 = Instant.parse("2026-03-02T00:00:00Z");

  private final TickGuard guard = new TickGuard(List.of());

  @Test
  void aTickASecondIsGood() {
    for (int second = 0; second < 1_000; second++) {
      assertThat(guard.fault(tick(second, second))).isEmpty();
    }
  }

  @Test
  void aClockMayStandStillAndBeReadAgain() {
    assertThat(guard.fault(tick(10, 10))).isEmpty();
    assertThat(guard.fault(tick(11, 10))).isEmpty();
    assertThat(guard.fault(tick(3, 3))).isEmpty();
    assertThat(guard.last()).containsExactly(10L, T0.plusSeconds(10).toEpochMilli());
  }

  @Test
  void theAllowanceIsJustGoodAndAMillisecondMoreIsAJump() {
    guard.fault(tick(0, 0));

    assertThat(guard.fault(new ClockTick(T0.plusMillis(61_001), 1L, "c", false)))
        .hasValueSatisfying(why -> assertThat(why).contains("tick 1").contains("60 s ahead"));
    assertThat(guard.fault(new ClockTick(T0.plusMillis(61_000), 1L, "c", false))).isEmpty();
  }

  @Test
  void aJumpStaysRefusedHoweverOftenTheWrongClockGoesOn() {
    guard.fault(tick(0, 0));

    for (int number = 1; number < 1_000; number++) {
      assertThat(guard.fault(tick(number, 86_400 + number))).isPresent();
    }
    assertThat(guard.fault(tick(1_000, 1_000))).isEmpty();
  }

  @Test
  void ticksMissingInTheTopicAreNoJump() {
    guard.fault(tick(0, 0));

    assertThat(guard.fault(tick(21_600, 21_600))).isEmpty();
  }

  @Test
  void numbersThatBeginAnewAllowNoLeap() {
    guard.fault(tick(50_000, 0));

    assertThat(guard.fault(tick(1, 3_600))).isPresent();
  }

  @Test
  void aRestartRemembersTheLastGoodTick() {
    guard.fault(tick(7, 7));

    assertThat(new TickGuard(guard.last()).fault(tick(8, 86_400))).isPresent();
    assertThat(new TickGuard(List.of()).fault(tick(8, 86_400))).isEmpty();
  }

  @Test
  void aNumberBeyondAllReasonIsNoExcuse() {
    guard.fault(tick(0, 0));

    assertThat(guard.fault(new ClockTick(T0.plusSeconds(40_000_000), Long.MAX_VALUE, "c", false)))
        .isPresent();
  }

  private static ClockTick tick(long number, long second) {
    return new ClockTick(T0.plusSeconds(second), number, "c", false);
  }
}
