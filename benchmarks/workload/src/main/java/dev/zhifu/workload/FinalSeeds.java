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

  /**
   * True when a city may only be judged on.
   *
   * @param set A, B or what another file calls itself
   */
  public static boolean judgesAlone(String set, long seed) {
    return JUDGING_SET.equals(set) || ALL.contains(seed);
  }
}
