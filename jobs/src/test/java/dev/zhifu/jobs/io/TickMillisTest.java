package dev.zhifu.jobs.io;

import static dev.zhifu.jobs.io.Wire.T0;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.wire.ClockTick;
import org.junit.jupiter.api.Test;

class TickMillisTest {

  @Test
  void aLeapAndNoiseArePassedOverAndTheClockGoesOn() throws Exception {
    Decoding<Long> decoded =
        Decoding.of(
            new TickMillis(Wire::codec),
            OrderReading.DEAD,
            Wire.raw("clock.ticks", 0, new ClockTick(T0, 1L, "clock-1", false)),
            Wire.raw(
                "clock.ticks", 1, new ClockTick(T0.plusSeconds(180_000), 2L, "clock-1", false)),
            Wire.raw("clock.ticks", 2, Wire.GARBAGE),
            Wire.raw("clock.ticks", 3, new ClockTick(T0.plusSeconds(1), 3L, "clock-1", false)));

    assertThat(decoded.out()).containsExactly(T0.toEpochMilli(), T0.plusSeconds(1).toEpochMilli());
    assertThat(decoded.dead()).isEmpty();
  }
}
