package dev.zhifu.rules.lives;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * One row of a table.
 *
 * @param from states it starts from; empty: there is no such life yet
 * @param event what happens
 * @param guard facts that must all hold, in the order they are shown
 * @param to state after it
 * @param effects what else it does, in order
 * @param roles who may bring it about
 * @param clause where it stands
 * @param <S> states
 * @param <E> events
 * @param <F> facts
 * @param <X> effects
 */
public record Row<
    S extends Enum<S>,
    E extends Enum<E> & LifeEvent,
    F extends Enum<F> & LifeFact,
    X extends Enum<X> & LifeEffect>(
    Set<S> from, E event, List<F> guard, S to, List<X> effects, Set<Role> roles, Clause clause) {

  public Row {
    from = Set.copyOf(from);
    guard = List.copyOf(guard);
    effects = List.copyOf(effects);
    roles = Set.copyOf(roles);
  }

  /** True when this row speaks of {@code happened} in {@code state}; null: no such life yet. */
  public boolean speaksOf(S state, E happened) {
    return event == happened && (state == null ? from.isEmpty() : from.contains(state));
  }

  /** The effects that are clocks. */
  public List<X> clocks() {
    return effects.stream().filter(LifeEffect::clock).toList();
  }

  /** The effects that are no clocks. */
  public List<X> otherEffects() {
    return effects.stream().filter(effect -> !effect.clock()).toList();
  }

  /** This row with one guard left out: what a twin test plays. */
  public Row<S, E, F, X> without(F fact) {
    Set<F> rest = new LinkedHashSet<>(guard);
    rest.remove(fact);
    return new Row<>(from, event, List.copyOf(rest), to, effects, roles, clause);
  }
}
