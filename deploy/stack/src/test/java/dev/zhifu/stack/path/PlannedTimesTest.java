package dev.zhifu.stack.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class PlannedTimesTest {

  @Test
  void theFirstPlannedTimeOfAnIdCounts() {
    PlannedTimes times = new PlannedTimes(10);
    times.note("B01:t1:AWAITING", 5);
    times.note("B01:t1:AWAITING", 9);

    assertThat(times.of("B01:t1:AWAITING")).isEqualTo(5);
    assertThat(times.of("B01:t1:COMPLETED")).isEqualTo(PlannedTimes.UNKNOWN);
  }

  @Test
  void keepsAtLeastItsCapacityOfTheNewest() {
    PlannedTimes times = new PlannedTimes(1_000);
    for (int i = 0; i < 100_000; i++) {
      times.note("event-" + i, i + 1);
    }

    for (int i = 99_000; i < 100_000; i++) {
      assertThat(times.of("event-" + i)).isEqualTo(i + 1);
    }
    assertThat(times.of("event-97999")).isEqualTo(PlannedTimes.UNKNOWN);
  }

  @Test
  void manyIdsKeepTheirOwnTimes() {
    PlannedTimes times = new PlannedTimes(200_000);
    Random random = new Random(3);
    String[] ids = new String[200_000];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = Long.toHexString(random.nextLong()) + i;
      times.note(ids[i], i + 1);
    }

    for (int i = 0; i < ids.length; i++) {
      assertThat(times.of(ids[i])).isEqualTo(i + 1);
    }
  }
}
