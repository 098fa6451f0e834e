package dev.zhifu.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhifu.jobs.features.HolderStep;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigNameTest {
  private static final long HOURS_72_MS = 72 * 3_600_000L;

  @Test
  void aBareNameIsTheBasePoint() {
    assertThat(ConfigName.of("engine"))
        .isEqualTo(
            new ConfigName(
                "engine", 37, "city", HolderStep.BY_HEAP, 5_000, false, HOURS_72_MS, false));
  }

  @Test
  void aVariationChangesOneFactorAndNothingElse() {
    assertThat(ConfigName.of("engine-37@zipf+cache1"))
        .isEqualTo(new ConfigName("engine", 37, "zipf", 1, 5_000, false, HOURS_72_MS, false));
    assertThat(ConfigName.of("engine-37@uniform+late0s"))
        .isEqualTo(
            new ConfigName(
                "engine", 37, "uniform", HolderStep.BY_HEAP, 0, false, HOURS_72_MS, false));
    assertThat(ConfigName.of("match@pairs+window1m"))
        .isEqualTo(
            new ConfigName("match", 37, "pairs", HolderStep.BY_HEAP, 5_000, false, 60_000, false));
    assertThat(ConfigName.of("engine-200+shadow"))
        .isEqualTo(
            new ConfigName(
                "engine", 200, "city", HolderStep.BY_HEAP, 5_000, true, HOURS_72_MS, false));
    assertThat(ConfigName.of("cep-event-10+filled"))
        .isEqualTo(
            new ConfigName(
                "cep-event", 10, "city", HolderStep.BY_HEAP, 5_000, false, HOURS_72_MS, true));
  }

  @ParameterizedTest
  @CsvSource({
    "engine-37@moon, no stream 'moon'",
    "engine-37+late, no variation '+late'",
    "engine-37+late60, no variation '+late60'",
    "engine-37+window1m, no variation '+window1m'",
    "noop-37+shadow, no variation '+shadow'",
    "engine 37, is not of the form",
  })
  void aNameThatMeansNothingIsRefused(String name, String why) {
    assertThatThrownBy(() -> ConfigName.of(name)).hasMessageContaining(why);
  }
}
