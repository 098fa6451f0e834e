package dev.zhifu.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FormTest {
  private final Form full = Form.full(1);
  private final Form quick = Form.quick(1);

  @Test
  void theFullFormIsPlannedWithinNinetyMinutesAndTheQuickOneWithinSix() {
    assertThat(full.plannedMinutes()).isBetween(15.0, 90.0);
    assertThat(quick.plannedMinutes()).isBetween(2.0, 6.0);
  }

  @Test
  void theFullFormMeasuresWhatEveryTargetAndEverySweepNeeds() {
    List<String> configs = full.round(1);
    assertThat(configs)
        .containsAll(
            Target.ENGINE.stream()
                .flatMap(target -> Stream.of(target.config(), target.to()))
                .filter(Objects::nonNull)
                .toList())
        .containsAll(Sweep.configs(Sweep.ENGINE))
        .doesNotHaveDuplicates();
  }

  @Test
  void theSidesOfEveryRatioComeEquallyOften() {
    for (Target target : Target.ENGINE) {
      assertThat(Math.min(rounds(target.config()), rounds(target.to())))
          .as(target.what())
          .isGreaterThanOrEqualTo(2);
    }
  }

  private int rounds(String config) {
    return full.entries().stream()
        .filter(entry -> entry.config().equals(config))
        .mapToInt(Form.Entry::rounds)
        .sum();
  }

  @Test
  void aSweepVariesOneFactorFromABaseThatIsOneOfItsPoints() {
    for (Sweep sweep : Sweep.ENGINE) {
      assertThat(sweep.points()).as(sweep.factor()).contains(sweep.base()).hasSizeGreaterThan(1);
      assertThat(sweep.points().stream().map(Sweep.Point::config)).doesNotHaveDuplicates();
    }
  }

  @Test
  void laterRoundsTakeOnlyWhatComesThatOften() {
    assertThat(full.round(1)).hasSizeGreaterThan(full.round(2).size());
    assertThat(full.round(3)).contains("engine-37", "noop-37").doesNotContain("cep-event-37");
    assertThat(full.round(4)).isEmpty();
    assertThat(full.runs())
        .isEqualTo(full.round(1).size() + full.round(2).size() + full.round(3).size());
  }

  @Test
  void hitsAreVerifiedOnlyWhereSomebodyElseFindsThemToo() {
    assertThat(full.verifies("engine-37")).isTrue();
    assertThat(full.verifies("esper-10")).isTrue();
    assertThat(full.verifies("engine-1000")).isFalse();
    assertThat(full.verifies("noop-37")).isFalse();
    assertThat(full.verifies("cep-proc-37")).isFalse();
    assertThat(full.verifies("engine-37+shadow")).isFalse();
  }
}
