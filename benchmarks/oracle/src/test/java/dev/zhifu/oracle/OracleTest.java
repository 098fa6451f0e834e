package dev.zhifu.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * The short form of {@code zhifu bench oracle}: every operator with every skip strategy once, each
 * with histories of every disturbance. Another run: {@code -Dseed=… -Dtrials=…}.
 */
class OracleTest {
  static final long SEED = Long.getLong("seed", 0);
  static final int TRIALS = Integer.getInteger("trials", 65);

  @Test
  void theEngineAndBothOraclesFindTheSameHits() throws Exception {
    Tally tally = new Tally();
    for (long seed = SEED; seed < SEED + TRIALS; seed++) {
      tally.add(new Trial(seed, EngineRun::new).run().runUnfiltered());
    }
    System.out.printf(
        "Oracles, seed %d: %d histories, %d overflowed%n  engine   %s%n  stock    %s%n  language %s%n",
        SEED, tally.histories(), tally.overflowed(), tally.engine(), tally.stock(), tally.spec());

    assertThat(tally.kept()).as("seed %d", SEED).isEmpty();
    assertThat(tally.engine().size()).as("a run without hits shows nothing").isPositive();
    assertThat(tally.stock()).hasToString(tally.engine().toString());
    assertThat(tally.spec()).hasToString(tally.engine().toString());
    assertThat(tally.all())
        .as("every operator with every skip strategy and disturbance")
        .allMatch(cell -> cell.histories() > 0);
  }
}
