package dev.zhifu.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FlatnessTest {

  private static List<Double> line(int samples, double from, double step) {
    return IntStream.range(0, samples).mapToObj(i -> from + step * i).toList();
  }

  @Test
  void whatGrowsInTheSecondHalfIsNotFlat() {
    Flatness growing = Flatness.of(line(60, 100, 2), 0);

    // 30 samples from 160 to 218: 58 gained on a mean of 189.
    assertThat(growing.growth()).isCloseTo(58.0 / 189, within(1e-9));
    assertThat(growing.flat()).isFalse();
  }

  @Test
  void whatGrewInTheFirstHalfAloneIsFlat() {
    List<Double> samples =
        IntStream.range(0, 60).mapToObj(i -> i < 30 ? 10.0 * i : 300.0 + i % 2).toList();

    assertThat(Flatness.of(samples, 0).flat()).isTrue();
  }

  @Test
  void aFallIsFlatAndAGrainNeverCounts() {
    assertThat(Flatness.of(line(20, 100, -3), 0).flat()).isTrue();
    assertThat(Flatness.of(line(20, 1, 1), 100).flat()).isTrue();
    assertThat(Flatness.of(line(20, 1, 1), 5).flat()).isFalse();
  }

  @Test
  void tooFewSamplesJudgeNothing() {
    assertThat(Flatness.of(line(3, 1, 0), 0).flat()).isFalse();
    assertThat(Flatness.of(line(3, 1, 0), 0).growth()).isNaN();
  }
}
