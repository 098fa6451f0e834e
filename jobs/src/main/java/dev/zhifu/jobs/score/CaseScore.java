package dev.zhifu.jobs.score;

import dev.zhifu.wire.RuleFamily;
import dev.zhifu.wire.ScoreShare;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;

/**
 * One case's score: 1 − Π(1 − w) over rules, each rule counted once with its newest hit, so that a
 * rule which fires ten times is not ten proofs (ADR-0011).
 *
 * @param value 0 to 1
 * @param shares one per rule, heaviest first, then by rule id
 * @param families independent families that hold, G counted with M, in the enum's order
 */
public record CaseScore(double value, List<ScoreShare> shares, List<RuleFamily> families) {

  /** Rule id under which a victim's accepted statement stands among the shares. */
  public static final String STATEMENT = "REPORT";

  /**
   * Combines shares.
   *
   * @param byProof one share per independent proof: the rule id for own hits, rule and holder for
   *     what holders forward
   */
  public static CaseScore of(Map<String, ScoreShare> byProof) {
    double rest = 1;
    EnumSet<RuleFamily> families = EnumSet.noneOf(RuleFamily.class);
    for (ScoreShare share : byProof.values()) {
      rest *= 1 - share.getWeight();
      // A rule in shadow has no weight, and no voice among the families either.
      if (!STATEMENT.equals(share.getRuleId()) && share.getWeight() > 0) {
        families.add(share.getFamily() == RuleFamily.G ? RuleFamily.M : share.getFamily());
      }
    }
    List<ScoreShare> sorted = new ArrayList<>(byProof.values());
    sorted.sort(
        Comparator.comparingDouble(ScoreShare::getWeight)
            .reversed()
            .thenComparing(ScoreShare::getRuleId));
    // Nine decimals: 1 − 0.3 × 0.5 must not miss a threshold of 0.85 by the last bit of a double.
    return new CaseScore(
        Math.round((1 - rest) * 1e9) / 1e9, List.copyOf(sorted), List.copyOf(families));
  }

  /** True when a victim's accepted statement is among the shares. */
  public boolean hasStatement() {
    return shares.stream().anyMatch(share -> STATEMENT.equals(share.getRuleId()));
  }

  /**
   * True when a stop may be asked for: score high enough, and a victim's statement or two
   * independent families.
   *
   * @param threshold least score
   */
  public boolean sufficesForStop(double threshold) {
    return value >= threshold && (hasStatement() || families.size() >= 2);
  }
}
