package dev.zhifu.workload;

import java.util.List;

/**
 * Seeds of final figures. Nothing is tuned on cities of these seeds, whatever their parameters, nor
 * on any city of set B ({@code docs/adr/0065}).
 */
public final class FinalSeeds {
  /** The seeds. */
  public static final List<Long> ALL = List.of(20_261_201L, 20_261_202L, 20_261_203L);

  /** Set of parameters that judges alone. */
  public static final String JUDGING_SET = "B";

  private FinalSeeds() {}

  /** True when a city may only be judged on: by its seed, or because its frauds are set B's. */
  public static boolean judgesAlone(CitySettings settings) {
    return ALL.contains(settings.run().seed())
        || settings.fraud().equals(CitySettings.ofSet(JUDGING_SET).fraud());
  }
}
