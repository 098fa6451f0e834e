package dev.zhifu.jobs.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NumberScoreTest {
  private static final Map<String, Boolean> LABELS =
      Map.of("bad-1", true, "bad-2", true, "bad-3", true, "good-1", false, "good-2", false);

  @Test
  void aNumberCountsOnceHoweverOftenItIsAlerted() {
    Map<String, Level> figures =
        NumberScore.of(
            List.of(
                alert("h1", "T06", "bad-1"), alert("h2", "T06", "bad-1"),
                alert("h3", "T06", "bad-2"), alert("h4", "T06", "good-1")),
            LABELS);

    Level all = figures.get("all");
    assertThat(figures).containsOnlyKeys("all", "rule T06");
    assertThat(all.alerted()).isEqualTo(3);
    assertThat(all.precision()).isEqualTo(2.0 / 3);
    assertThat(all.recall()).isEqualTo(2.0 / 3);
    assertThat(all.f1()).isEqualTo(2.0 / 3);
  }

  @Test
  void whatTheLabelsDoNotListIsNeitherRightNorWrong() {
    Level all =
        NumberScore.of(List.of(alert("h1", "T06", "stranger"), alert("h2", "M01", null)), LABELS)
            .get("all");

    assertThat(all.alerted()).isZero();
    assertThat(all.precision()).isNull();
    assertThat(all.recall()).isZero();
  }

  @Test
  void withoutLabelsThereAreNoFigures() {
    assertThat(NumberScore.of(List.of(alert("h1", "T06", "bad-1")), Map.of())).isEmpty();
  }

  private static Alert alert(String id, String rule, String number) {
    return new Alert(id, rule, null, number, List.of("e"), 0);
  }
}
