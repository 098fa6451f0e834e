package dev.zhifu.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
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
                "engine", 37, "city", ConfigName.BASE_CACHE, 5_000, false, HOURS_72_MS, false));
  }

  @Test
  void aVariationChangesOneFactorAndNothingElse() {
    assertThat(ConfigName.of("engine-37@zipf+cache1"))
        .isEqualTo(new ConfigName("engine", 37, "zipf", 1, 5_000, false, HOURS_72_MS, false));
    assertThat(ConfigName.of("engine-37@uniform+late0s"))
        .isEqualTo(
            new ConfigName(
                "engine", 37, "uniform", ConfigName.BASE_CACHE, 0, false, HOURS_72_MS, false));
    assertThat(ConfigName.of("match@pairs+window1m"))
        .isEqualTo(
            new ConfigName(
                "match", 37, "pairs", ConfigName.BASE_CACHE, 5_000, false, 60_000, false));
    assertThat(ConfigName.of("engine-200+shadow"))
        .isEqualTo(
            new ConfigName(
                "engine", 200, "city", ConfigName.BASE_CACHE, 5_000, true, HOURS_72_MS, false));
    assertThat(ConfigName.of("cep-event-10+filled"))
        .isEqualTo(
            new ConfigName(
                "cep-event", 10, "city", ConfigName.BASE_CACHE, 5_000, false, HOURS_72_MS, true));
  }

  @Test
  void everyConfigurationOfTheFormsMeansSomething() {
    for (Form form : List.of(Form.full(1), Form.quick(1), Form.city(false, 1))) {
      assertThat(form.entries())
          .allSatisfy(entry -> assertThat(ConfigName.of(entry.config())).isNotNull());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "engine-37@moon, no stream 'moon'",
    "engine-37+late, no variation '+late'",
    "engine-37+late60, no variation '+late60'",
    "engine-37+window1m, no variation '+window1m'",
    "noop-37+shadow, no variation '+shadow'",
    "engine 37, is not of the form",
    "engine-37+cache99999999999, no variation '+cache99999999999'",
    "engine-x, no kind 'engine-x'",
    "flink-37, no kind 'flink'",
    "engine-0, 0 rules; there can be 1 to 10000",
    "engine-99999999999, 99999999999 rules; there can be",
    "esper-10@zipf, Esper runs over the city as it is",
    "esper-10+cache1, Esper runs over the city as it is",
  })
  void aNameThatMeansNothingIsRefused(String name, String why) {
    assertThatThrownBy(() -> ConfigName.of(name)).hasMessageContaining(why);
  }
}
