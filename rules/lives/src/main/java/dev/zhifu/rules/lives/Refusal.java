package dev.zhifu.rules.lives;

/**
 * Why an event changes nothing.
 *
 * @param rule name of the guard, or of what the table lacks
 * @param clause where it stands
 * @param value the value that breaks it
 * @param wayOut what to do instead
 */
public record Refusal(String rule, Clause clause, String value, String wayOut) {

  /** One sentence with all four. */
  public String sentence() {
    return rule + " (" + clause.cited() + "): " + value + "; " + wayOut;
  }
}
