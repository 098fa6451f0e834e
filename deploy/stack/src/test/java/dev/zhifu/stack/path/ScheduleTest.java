package dev.zhifu.stack.path;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static final long START_NANOS = 7_000_000_000L;
  private static final long START_MS = 1_700_000_000_000L;

  @Test
  void plannedMomentsDependOnNothingButTheirNumber() {
    Schedule schedule = new Schedule(START_NANOS, START_MS, 20_000);

    assertThat(schedule.nanos(0)).isEqualTo(START_NANOS);
    assertThat(schedule.nanos(1)).isEqualTo(START_NANOS + 50_000);
    assertThat(schedule.nanos(72_000_000)).isEqualTo(START_NANOS + 3_600_000_000_000L);
  }

  @Test
  void wallTimesAreRoundedDownAsTheBrokerRoundsItsOwn() {
    Schedule schedule = new Schedule(START_NANOS, START_MS, 3_000);

    assertThat(schedule.ms(0)).isEqualTo(START_MS);
    assertThat(schedule.ms(2)).isEqualTo(START_MS);
    assertThat(schedule.ms(4)).isEqualTo(START_MS + 1);
    assertThat(schedule.ms(3_000)).isEqualTo(START_MS + 1_000);
  }
}
