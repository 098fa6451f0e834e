package dev.zhifu.jobs.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhifu.jobs.orders.OrderSettings.StopLimitScope;
import dev.zhifu.wire.Environment;
import java.util.List;
import org.junit.jupiter.api.Test;

class OrderSettingsTest {

  @Test
  void theDefaultsAreTheDocumentedOnes() {
    assertThat(OrderSettings.defaults(Environment.DEMO))
        .isEqualTo(
            new OrderSettings(
                Environment.DEMO,
                StopLimitScope.ACCOUNT,
                600_000,
                60_000,
                30_000,
                86_400_000,
                0.5,
                2,
                60_000,
                3,
                1_800_000,
                1_000,
                20,
                8,
                List.of("DUTY_OFFICER", "SHIFT_LEADER", "HEAD"),
                false));
  }

  @Test
  void theLawsNumbersAreNoSettings() {
    assertThat(OrderSettings.TERM_MS).isEqualTo(48L * 3_600_000);
    assertThat(OrderSettings.STOPS_MAX).isEqualTo(2);
  }

  @Test
  void aSettingOutOfItsRangeIsRefusedByName() {
    assertThatThrownBy(() -> withEvidenceAge(2 * 3_600_000))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("evidenceMaxAgeMs is 7200000");
  }

  private static OrderSettings withEvidenceAge(long ms) {
    return new OrderSettings(
        Environment.DEMO,
        StopLimitScope.ACCOUNT,
        ms,
        60_000,
        30_000,
        86_400_000,
        0.5,
        2,
        60_000,
        3,
        1_800_000,
        1_000,
        20,
        8,
        List.of("HEAD"),
        false);
  }
}
