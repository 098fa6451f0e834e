package dev.zhifu.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A check that finds nothing wrong with a wrong engine is no check. */
class SeededFaultsTest {

  @ParameterizedTest
  @EnumSource
  void theShortFormFindsTheFault(Fault fault) throws Exception {
    List<Difference> found = List.of();
    long seed = OracleTest.SEED;
    for (; found.isEmpty() && seed < OracleTest.SEED + OracleTest.TRIALS; seed++) {
      found = new Trial(seed, fault::run).run().differences();
    }
    assertThat(found).as(fault + " in the trials of the short form").isNotEmpty();
    System.out.println(fault + " found: " + found.get(0).line());
  }
}
