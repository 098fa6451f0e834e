package dev.zhifu.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How one story departs from its script, and that sets A and B do not. */
class MannerTest {
  private static final Manner HALF = new Manner(0.5, 0.5, 0.5, 0.5);

  @Test
  void thePlainMannerChangesNothing() {
    for (long fen : new long[] {1, 99, 100, 1314_00, 9_90, 40_000_00, 987_654_321}) {
      assertThat(Manner.PLAIN.fen(fen)).isEqualTo(fen);
      assertThat(Manner.PLAIN.waits(fen)).isEqualTo(fen);
    }
    assertThat(Manner.PLAIN.count(0)).isZero();
    assertThat(Manner.PLAIN.count(7)).isEqualTo(7);
    assertThat(Manner.PLAIN.talk(5399)).isEqualTo(5399);
  }

  @Test
  void setsAAndBPlayEveryScriptAsWritten() {
    for (String set : List.of("A", "B")) {
      MannerSettings manners = CitySettings.ofSet(set).manners();
      assertThat(Manner.of(manners.frauds(), 3, "F-1-001")).isEqualTo(Manner.PLAIN);
      assertThat(Manner.of(manners.lookAlikes(), 3, "I-1-TUITION-01")).isEqualTo(Manner.PLAIN);
    }
  }

  @Test
  void sumsStayAsRoundAsTheScriptHasThem() {
    assertThat(HALF.fen(90_000_00)).isEqualTo(45_000_00);
    assertThat(new Manner(1, 1, 0.777, 1).fen(90_000_00) % 1000_00).isZero();
    assertThat(new Manner(1, 1, 0.777, 1).fen(2_000_00) % 100_00).isZero();
    assertThat(new Manner(1, 1, 0.001, 1).fen(1)).isEqualTo(1);
  }

  @Test
  void whereTheScriptHasOneOneIsLeftAndNoneIsMadeOfNone() {
    assertThat(HALF.count(1)).isEqualTo(1);
    assertThat(HALF.count(9)).isEqualTo(5);
    assertThat(HALF.count(0)).isZero();
    assertThat(HALF.waits(-600_000)).as("before the story begins").isEqualTo(-300_000);
  }

  @Test
  void storiesOfSetCDifferAroundTheirMediansAndTheSameStoryNever() {
    MannerSettings.Spread spread = CitySettings.ofSet("C").manners().frauds();
    List<Manner> drawn =
        IntStream.range(0, 2_000).mapToObj(i -> Manner.of(spread, 11, "F-" + i)).toList();
    assertThat(drawn).doesNotHaveDuplicates();
    assertThat(Manner.of(spread, 11, "F-7")).isEqualTo(drawn.get(7));
    assertThat(Manner.of(spread, 12, "F-7")).isNotEqualTo(drawn.get(7));
    double median = drawn.stream().mapToDouble(Manner::talks).sorted().toArray()[1_000];
    assertThat(median / spread.talks()).isBetween(0.95, 1.05);
    double far = StrictMath.exp(2.5 * spread.talksSigma());
    assertThat(drawn)
        .allMatch(manner -> manner.talks() <= spread.talks() * far * 1.000001)
        .allMatch(manner -> manner.talks() >= spread.talks() / far * 0.999999);
  }

  @Test
  void aMedianOutOfRangeIsNamed() {
    assertThatThrownBy(() -> new MannerSettings.Spread(9, 0, 1, 0, 1, 0, 1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("manners.pace is 9.0, must be 0.2 to 5");
    assertThatThrownBy(() -> new MannerSettings.Spread(1, 0, 1, 0, 1, 2, 1, 0))
        .hasMessageContaining("manners.sumsSigma is 2.0, must be 0 to 1");
  }
}
