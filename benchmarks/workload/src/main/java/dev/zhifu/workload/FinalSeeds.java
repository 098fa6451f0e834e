package dev.zhifu.workload;

import java.util.List;

/**
 * Seeds of final figures. Nothing is tuned on cities of these seeds, whatever their parameters, nor
 * on any city of set B or C ({@code docs/adr/0065}).
 */
public final class FinalSeeds {
  /** The seeds: three of set B's final figures, then three of set C's. */
  public static final List<Long> ALL =
      List.of(20_261_201L, 20_261_202L, 20_261_203L, 20_261_204L, 20_261_205L, 20_261_206L);

  /** Set of parameters that judges unless another is asked for. */
  public static final String JUDGING_SET = "B";

  /** Every set of parameters that judges alone. */
  public static final List<String> JUDGING_SETS = List.of(JUDGING_SET, "C");

  private FinalSeeds() {}

  /**
   * True when a city may only be judged on: by its seed, or because its frauds are a judging set's.
   */
  public static boolean judgesAlone(CitySettings settings) {
    return ALL.contains(settings.run().seed())
        || JUDGING_SETS.stream()
            .anyMatch(set -> settings.fraud().equals(CitySettings.ofSet(set).fraud()));
  }
}
