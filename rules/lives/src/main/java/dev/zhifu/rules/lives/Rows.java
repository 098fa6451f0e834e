package dev.zhifu.rules.lives;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Collects rows while a table is being written; a row ends where the next begins.
 *
 * @param <S> states
 * @param <E> events
 * @param <F> facts
 * @param <X> effects
 */
public final class Rows<
    S extends Enum<S>,
    E extends Enum<E> & LifeEvent,
    F extends Enum<F> & LifeFact,
    X extends Enum<X> & LifeEffect> {

  private final List<Row<S, E, F, X>> rows = new ArrayList<>();
  private Draft draft;

  /** A row for a life that does not exist yet. */
  public Rows<S, E, F, X> fresh() {
    return begin(Set.of());
  }

  /** A row that starts from any of {@code states}. */
  @SafeVarargs
  public final Rows<S, E, F, X> from(S... states) {
    return begin(EnumSet.copyOf(Arrays.asList(states)));
  }

  /** As {@link #from(Enum[])}. */
  public Rows<S, E, F, X> from(Set<S> states) {
    return begin(states);
  }

  private Rows<S, E, F, X> begin(Collection<S> states) {
    end();
    draft = new Draft(Set.copyOf(states));
    return this;
  }

  public Rows<S, E, F, X> on(E event) {
    draft.event = event;
    return this;
  }

  @SafeVarargs
  public final Rows<S, E, F, X> when(F... facts) {
    draft.guard = Arrays.asList(facts);
    return this;
  }

  public Rows<S, E, F, X> to(S state) {
    draft.to = state;
    return this;
  }

  /** The state stays as it is: one row a state. */
  public Rows<S, E, F, X> same() {
    draft.to = null;
    return this;
  }

  @SafeVarargs
  public final Rows<S, E, F, X> effects(X... effects) {
    draft.effects = Arrays.asList(effects);
    return this;
  }

  public Rows<S, E, F, X> by(Role... roles) {
    draft.roles = EnumSet.copyOf(Arrays.asList(roles));
    return this;
  }

  public Rows<S, E, F, X> under(Clause clause) {
    draft.clause = clause;
    return this;
  }

  /**
   * All rows, in the order written.
   *
   * @throws IllegalStateException if a row names no event, role or clause
   */
  public List<Row<S, E, F, X>> done() {
    end();
    return List.copyOf(rows);
  }

  private void end() {
    if (draft == null) {
      return;
    }
    draft.addTo(rows);
    draft = null;
  }

  private final class Draft {
    private final Set<S> from;
    private E event;
    private List<F> guard = List.of();
    private S to;
    private List<X> effects = List.of();
    private Set<Role> roles = Set.of();
    private Clause clause;

    Draft(Set<S> from) {
      this.from = from;
    }

    void addTo(List<Row<S, E, F, X>> all) {
      if (event == null || roles.isEmpty() || clause == null || (to == null && from.isEmpty())) {
        throw new IllegalStateException(
            "row from " + from + " on " + event + " lacks its event, role, clause or end state");
      }
      if (to != null) {
        all.add(new Row<>(from, event, guard, to, effects, roles, clause));
        return;
      }
      from.stream()
          .sorted()
          .forEach(
              state ->
                  all.add(new Row<>(Set.of(state), event, guard, state, effects, roles, clause)));
    }
  }
}
