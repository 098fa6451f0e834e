package dev.zhifu.rules.scenario;

import java.util.List;

/**
 * One line of a scenario's {@code expect}, or of what a subject made, in the scenario's own names.
 *
 * @param at offset of the hit from the scenario's start, as written
 * @param rule rule id
 * @param key role of the key
 * @param evidence names of the events that matched, in order
 * @param retracted true when the hit was announced and does not hold in the end
 */
public record ExpectedHit(
    String at, String rule, String key, List<String> evidence, boolean retracted)
    implements Comparable<ExpectedHit> {

  @Override
  public int compareTo(ExpectedHit other) {
    return toString().compareTo(other.toString());
  }

  /** The line as a scenario file writes it. */
  @Override
  public String toString() {
    return at
        + "  "
        + rule
        + "  "
        + key
        + "  "
        + String.join(" ", evidence)
        + (retracted ? "  retracted" : "");
  }
}
