package dev.zhifu.stack.cli;

import static dev.zhifu.stack.cli.Commands.require;

import dev.zhifu.workload.CitySettings;
import dev.zhifu.workload.FinalSeeds;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which cities a benchmark lives. */
final class CityOptions {
  private static final int MOST_DAYS = 60;

  @Option(
      names = "--set",
      defaultValue = FinalSeeds.JUDGING_SET,
      paramLabel = "SET",
      description = "parameters of the city: B and C judge, A may be tuned on (default: B)")
  private String set;

  @Option(names = "--days", paramLabel = "D", description = "of each city (default: 2; quick: 1)")
  private Integer days;

  @Option(
      names = "--seed",
      arity = "1..*",
      paramLabel = "S",
      description = "seeds (default: the first final seed for sets B and C, 1 for set A)")
  private List<Long> seeds = List.of();

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  /**
   * A, B or C.
   *
   * @throws ParameterException when there is no such set
   */
  String set() {
    require(spec, CitySettings.SETS.contains(set), "--set", set, "A, B or C");
    return set;
  }

  /**
   * Seeds that were asked for, without any the set's own first one.
   *
   * @throws ParameterException when there is no such set, or a seed is not for it
   */
  List<Long> seeds() {
    boolean judging = FinalSeeds.JUDGING_SETS.contains(set());
    for (long seed : seeds) {
      require(
          spec,
          judging || !FinalSeeds.ALL.contains(seed),
          "--seed",
          seed,
          "another seed with set A: " + FinalSeeds.ALL + " are kept for final figures");
    }
    return seeds.isEmpty() ? List.of(judging ? FinalSeeds.ALL.get(0) : 1L) : seeds;
  }

  /**
   * Days that were asked for, without any 2, quick 1.
   *
   * @throws ParameterException when these are too few or too many
   */
  int days(boolean quick) {
    int lived = days == null ? quick ? 1 : 2 : days;
    require(spec, lived >= 1 && lived <= MOST_DAYS, "--days", lived, "1 to " + MOST_DAYS);
    return lived;
  }
}
