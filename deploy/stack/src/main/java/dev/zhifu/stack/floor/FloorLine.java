package dev.zhifu.stack.floor;

import java.util.Map;

/**
 * One rule's figures on one set. Precision counts every illicit transaction as right, whatever its
 * typology; recall counts those of the rule's own typology where the set has it, else all. A ratio
 * without a denominator is null.
 *
 * @param rule name of the rule; "all four" for their union
 * @param alertedTransactions transactions the rule points at
 * @param precision illicit share of them
 * @param recall share of the illicit transactions that it is for
 * @param f1 of the two
 * @param accountsPer10k accounts alerted per 10,000
 */
public record FloorLine(
    String rule,
    int alertedTransactions,
    Double precision,
    Double recall,
    Double f1,
    double accountsPer10k) {

  static FloorLine of(String name, Flags flags, FloorSet set, String typology) {
    Map<Integer, String> illicit = set.illicit();
    boolean own = illicit.containsValue(typology);
    long right = flags.transactions().stream().filter(illicit::containsKey).count();
    long found =
        flags.transactions().stream()
            .filter(index -> own ? typology.equals(illicit.get(index)) : illicit.containsKey(index))
            .count();
    long wanted = illicit.values().stream().filter(word -> !own || word.equals(typology)).count();
    int alerted = flags.transactions().cardinality();
    Double precision = ratio(right, alerted);
    Double recall = ratio(found, wanted);
    return new FloorLine(
        name,
        alerted,
        precision,
        recall,
        f1(precision, recall),
        flags.accounts().size() * 10_000.0 / Math.max(1, set.accounts()));
  }

  private static Double ratio(long part, long whole) {
    return whole == 0 ? null : (double) part / whole;
  }

  private static Double f1(Double precision, Double recall) {
    if (precision == null || recall == null) {
      return null;
    }
    return precision + recall == 0 ? 0.0 : 2 * precision * recall / (precision + recall);
  }
}
