package dev.zhifu.rules.matching;

/**
 * Bounds and numbering of matching.
 *
 * @param maxPartials most live partial matches of one key and rule; beyond it the pair overflows.
 *     Default 200, twice what {@code rules check} admits
 * @param revisionFloor revisions start above it: raised after each restore, so that a revision sent
 *     again after a restore outranks what was sent before
 */
public record MatchSettings(int maxPartials, int revisionFloor) {
  /** The defaults. */
  public static final MatchSettings DEFAULT = new MatchSettings(200, 0);

  /** Checks the bounds. */
  public MatchSettings {
    if (maxPartials < 1 || revisionFloor < 0) {
      throw new IllegalArgumentException(
          "maxPartials is "
              + maxPartials
              + " and revisionFloor "
              + revisionFloor
              + ": at least 1 and 0");
    }
  }
}
