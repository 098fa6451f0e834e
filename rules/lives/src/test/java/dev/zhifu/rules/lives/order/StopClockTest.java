package dev.zhifu.rules.lives.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.wire.OrderState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StopClockTest {

  private static final Instant T0 = Instant.parse("2026-06-01T02:00:00Z");
  private static final long MS = T0.toEpochMilli();

  @Test
  void anUnansweredOrderGoesUpAtOneThreeAndFiveMinutes() {
    StopClock clock = StopClock.NONE.told(OrderState.SENT, 3, MS);

    assertThat(rung(clock, Duration.ofMinutes(10)))
        .containsExactly("ESCALATE_BANK", "ESCALATE_BANNER", "ESCALATE_CITY");
    assertThat(clock.next()).contains(T0.plusSeconds(60));
    assertThat(clock.due(MS + 59_999)).isEmpty();
    assertThat(clock.due(MS + 60_000)).hasSize(1);
  }

  @Test
  void anAnswerEndsTheEscalation() {
    StopClock clock =
        StopClock.NONE
            .told(OrderState.SENT, 3, MS)
            .rung(MS + 60_000)
            .started(MS + 90_000)
            .told(OrderState.ACTIVE, 4, MS + 100_000);

    assertThat(clock.due(MS + 600_000)).isEmpty();
  }

  @Test
  void anEndIsAnnouncedTwelveFourAndOneHourAheadOfTheBanksOwn48Hours() {
    StopClock clock =
        StopClock.NONE
            .told(OrderState.SENT, 3, MS)
            .started(MS + 7_000)
            .told(OrderState.ACTIVE, 4, MS + 9_000);

    Instant end = T0.plusSeconds(7).plus(Duration.ofHours(48));
    List<Instant> at = new ArrayList<>();
    for (Instant now = T0; now.isBefore(end.plusSeconds(5)); now = now.plusSeconds(60)) {
      for (StopClock.Due due : clock.due(now.toEpochMilli())) {
        at.add(due.at());
      }
      clock = clock.rung(now.toEpochMilli());
    }
    assertThat(at)
        .containsExactly(
            end.minus(Duration.ofHours(12)),
            end.minus(Duration.ofHours(4)),
            end.minus(Duration.ofHours(1)));
  }

  @Test
  void aStopThatEndedIsAnnouncedNoMoreAndOldNewsChangeNothing() {
    StopClock active =
        StopClock.NONE
            .told(OrderState.SENT, 3, MS)
            .started(MS)
            .told(OrderState.ACTIVE, 4, MS)
            .rung(MS + 1);
    StopClock released = active.told(OrderState.RELEASED, 5, MS + 2);

    assertThat(released.told(OrderState.ACTIVE, 4, MS + 3)).isEqualTo(released);
    assertThat(released.due(MS + Duration.ofHours(47).toMillis())).isEmpty();
    assertThat(active.started(MS + 999)).isEqualTo(active);
    assertThat(active.due(MS + Duration.ofHours(49).toMillis()))
        .as("after the end it is the expiry's to speak")
        .isEmpty();
  }

  private static List<String> rung(StopClock clock, Duration span) {
    return clock.due(MS + span.toMillis()).stream().map(StopClock.Due::alarm).toList();
  }
}
