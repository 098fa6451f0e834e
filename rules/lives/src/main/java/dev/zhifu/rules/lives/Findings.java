package dev.zhifu.rules.lives;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * What has been found out about the facts of one event: which hold, and the values behind them. A
 * fact that is not in it was established by nobody.
 *
 * @param <F> facts
 */
public final class Findings<F extends Enum<F> & LifeFact> {

  private final EnumSet<F> holding;
  private final EnumMap<F, String> values;

  private Findings(Class<F> facts) {
    holding = EnumSet.noneOf(facts);
    values = new EnumMap<>(facts);
  }

  /** Nothing established. */
  public static <F extends Enum<F> & LifeFact> Findings<F> none(Class<F> facts) {
    return new Findings<>(facts);
  }

  /**
   * Notes what was found.
   *
   * @param holds whether the fact holds
   * @param value the value looked at, for the refusal's sentence
   */
  public Findings<F> found(F fact, boolean holds, Object value) {
    values.put(fact, String.valueOf(value));
    if (holds) {
      holding.add(fact);
    } else {
      holding.remove(fact);
    }
    return this;
  }

  /** Notes that a fact holds. */
  public Findings<F> holds(F fact) {
    return found(fact, true, "yes");
  }

  /** The facts that hold. */
  public Set<F> holding() {
    return EnumSet.copyOf(holding);
  }

  /** The value looked at; when nobody looked, says so. */
  public String valueOf(F fact) {
    return values.getOrDefault(fact, "established by nobody");
  }

  /** All values looked at. */
  public Map<F, String> values() {
    return Map.copyOf(values);
  }
}
