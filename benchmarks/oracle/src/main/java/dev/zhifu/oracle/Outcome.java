package dev.zhifu.oracle;

import dev.zhifu.wire.RuleHit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the engine said about one history.
 *
 * @param finals ids of the hits that became final
 * @param latest the highest revision of every hit, by id
 * @param retracted revisions that took a hit back
 * @param overflowed true when the key reached the cap on partial matches: it proves nothing
 * @param complaints what must never happen, in words; empty as a rule
 */
record Outcome(
    Set<String> finals,
    Map<String, RuleHit> latest,
    int retracted,
    boolean overflowed,
    List<String> complaints) {

  /** Ids of the hits whose highest revision holds. */
  Set<String> standing() {
    return latest.values().stream()
        .filter(RuleHit::getHolds)
        .map(RuleHit::getHitId)
        .collect(Collectors.toSet());
  }
}
