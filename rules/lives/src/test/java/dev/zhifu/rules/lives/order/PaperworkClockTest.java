package dev.zhifu.rules.lives.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.OwnStop;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaperworkClockTest {
  private static final Instant START = Instant.parse("2026-03-02T01:00:00Z");
  private static final Duration DAY = Duration.ofHours(24);

  private static OwnStop stop(Instant start, int hours) {
    return OwnStop.newBuilder()
        .setApplicationId("abababab-abab-abab-abab-abababababab")
        .setStartTime(start)
        .setExpireTime(start.plus(Duration.ofHours(hours)))
        .setBalanceFen(1)
        .build();
  }

  private static long at(Duration after) {
    return START.plus(after).toEpochMilli();
  }

  @Test
  void aStopThatEndsBeforeOurServiceLevelIsOwedItsOrderByItsEnd() {
    PaperworkClock clock = PaperworkClock.NONE.reported("r", "B01", stop(START, 10), DAY);

    assertThat(clock.next()).contains(START.plus(Duration.ofHours(6)));
    assertThat(clock.due(at(Duration.ofHours(10))))
        .hasValueSatisfying(due -> assertThat(due.alarm()).isEqualTo(PaperworkClock.OVERDUE));
  }

  @Test
  void aShortTimeIsWarnedOfAtItsHalf() {
    PaperworkClock clock =
        PaperworkClock.NONE.reported("r", "B01", stop(START, 48), Duration.ofHours(2));

    assertThat(clock.next()).contains(START.plus(Duration.ofHours(1)));
  }

  @Test
  void aReportThatComesAfterItsTimeRingsTheAlarmAlone() {
    PaperworkClock clock = PaperworkClock.NONE.reported("r", "B01", stop(START, 48), DAY);

    assertThat(clock.due(at(Duration.ofHours(30))))
        .hasValueSatisfying(due -> assertThat(due.alarm()).isEqualTo(PaperworkClock.OVERDUE));
    assertThat(clock.rung(at(Duration.ofHours(30))).due(at(Duration.ofHours(31)))).isEmpty();
  }

  @Test
  void anOlderReportOrACopyChangesNothingAndANewerStopIsOwedAnOrderOfItsOwn() {
    PaperworkClock clock =
        PaperworkClock.NONE
            .reported("r", "B01", stop(START, 48), DAY)
            .rung(at(Duration.ofHours(24)));

    assertThat(clock.reported("r", "B01", stop(START, 48), DAY)).isEqualTo(clock);
    assertThat(clock.reported("q", "B01", stop(START.minusSeconds(1), 48), DAY)).isEqualTo(clock);
    Instant again = START.plus(Duration.ofDays(3));
    assertThat(clock.reported("s", "B01", stop(again, 48), DAY).next())
        .contains(again.plus(Duration.ofHours(20)));
  }

  @Test
  void everyStateSaysWhetherAnOrderHasGoneOut() {
    PaperworkClock owed = PaperworkClock.NONE.reported("r", "B01", stop(START, 48), DAY);
    for (OrderState state : OrderState.values()) {
      boolean silent = owed.told(state, List.of("c")).due(at(DAY)).isEmpty();
      boolean expected =
          switch (state) {
            case SIGNED, SENT, TIMEOUT, ACTIVE, ACTIVE_ZERO, EXTENDED, CONVERTING -> true;
            default -> false;
          };
      assertThat(silent).as("%s", state).isEqualTo(expected);
    }
  }
}
