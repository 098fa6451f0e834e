package dev.zhifu.rules.lives;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What a table says of one event.
 *
 * @param row the row that applies; null when refused
 * @param refusals why not; empty exactly when a row applies
 * @param <S> states
 * @param <E> events
 * @param <F> facts
 * @param <X> effects
 */
public record Decision<
    S extends Enum<S>,
    E extends Enum<E> & LifeEvent,
    F extends Enum<F> & LifeFact,
    X extends Enum<X> & LifeEffect>(
    Row<S, E, F, X> row, List<Refusal> refusals) {

  public Decision {
    refusals = List.copyOf(refusals);
  }

  /** True when the event happens. */
  public boolean allowed() {
    return row != null;
  }

  /** Names of the rules broken. */
  public List<String> rulesBroken() {
    return refusals.stream().map(Refusal::rule).toList();
  }

  /** All refusals in one text. */
  public String sentences() {
    return refusals.stream().map(Refusal::sentence).collect(Collectors.joining(" | "));
  }
}
