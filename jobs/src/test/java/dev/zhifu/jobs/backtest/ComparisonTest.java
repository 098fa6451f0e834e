package dev.zhifu.jobs.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static final long DAY = 86_400_000L;

  @Test
  void newLostAndSharedAreCountedByRuleAccountAndEvidenceWhateverTheVersion() {
    List<Alert> live = List.of(alert("1", "a", "x", 0, 100), alert("2", "b", "y", 0, 200));
    List<Alert> drafted = List.of(alert("3", "a", "x", 0, 100), alert("4", "c", "z", DAY, 400));

    Comparison comparison = Comparison.of(live, drafted);

    assertThat(comparison.hits()).isEqualTo(new Comparison.Change(2, 2, 1, 1, 1));
    assertThat(comparison.accounts()).isEqualTo(new Comparison.Change(2, 2, 1, 1, 1));
    assertThat(comparison.moneyFen()).isEqualTo(new Comparison.Change(300, 500, 400, 200, 100));
    assertThat(comparison.days())
        .containsExactly(
            new Comparison.Day("1970-01-01", 2, 1), new Comparison.Day("1970-01-02", 0, 1));
  }

  @Test
  void aTransactionThatTwoHitsLinkIsCountedOnce() {
    List<Alert> twice = List.of(alert("1", "a", "x", 0, 100), alert("2", "a", "x", 0, 100));

    assertThat(Comparison.of(List.of(), twice).moneyFen().added()).isEqualTo(100);
  }

  private static Alert alert(String id, String account, String event, long atMs, long fen) {
    return new Alert(id, "M01", account, null, List.of(event), atMs, event, fen);
  }
}
