package dev.zhifu.rules.lives;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A life as a table that can be read beside the law, and its one small interpreter. Pure: the same
 * state, event, role and facts always give the same row; what no row allows does not happen.
 *
 * @param <S> states
 * @param <E> events
 * @param <F> facts
 * @param <X> effects
 */
public final class LifeTable<
    S extends Enum<S>,
    E extends Enum<E> & LifeEvent,
    F extends Enum<F> & LifeFact,
    X extends Enum<X> & LifeEffect> {

  private final Words name;
  private final Class<S> states;
  private final Function<S, Words> words;
  private final List<Row<S, E, F, X>> rows;

  private LifeTable(
      Words name, Class<S> states, Function<S, Words> words, List<Row<S, E, F, X>> rows) {
    this.name = name;
    this.states = states;
    this.words = words;
    this.rows = List.copyOf(rows);
  }

  /**
   * A table.
   *
   * @param name what lives by it
   * @param states its states
   * @param words what each state is called
   * @param rows its rows; of several that speak of an event, the first whose guard holds applies
   */
  public static <
          S extends Enum<S>,
          E extends Enum<E> & LifeEvent,
          F extends Enum<F> & LifeFact,
          X extends Enum<X> & LifeEffect>
      LifeTable<S, E, F, X> of(
          Words name, Class<S> states, Function<S, Words> words, List<Row<S, E, F, X>> rows) {
    return new LifeTable<>(name, states, words, rows);
  }

  public Words name() {
    return name;
  }

  /** Its states, in order of declaration. */
  public List<S> states() {
    return Arrays.asList(states.getEnumConstants());
  }

  /** What a state is called. */
  public Words wordsOf(S state) {
    return words.apply(state);
  }

  public List<Row<S, E, F, X>> rows() {
    return rows;
  }

  /** This table with one guard left out of every row: what a twin test plays. */
  public LifeTable<S, E, F, X> without(F fact) {
    return new LifeTable<>(
        name, states, words, rows.stream().map(row -> row.without(fact)).toList());
  }

  /** True when no row leads out of {@code state} into another. */
  public boolean terminal(S state) {
    return rows.stream().noneMatch(row -> row.from().contains(state) && row.to() != state);
  }

  /** True when no row starts from {@code state}: nothing more can happen. */
  public boolean over(S state) {
    return rows.stream().noneMatch(row -> row.from().contains(state));
  }

  /**
   * The row that applies, whoever acts.
   *
   * @param from state before; null when there is no such life yet
   * @param event what happened
   * @param facts what has been established; all else does not hold
   * @return the first row whose guard holds; empty: the event changes nothing
   */
  public Optional<Row<S, E, F, X>> step(S from, E event, Set<F> facts) {
    return rows.stream()
        .filter(row -> row.speaksOf(from, event) && facts.containsAll(row.guard()))
        .findFirst();
  }

  /**
   * What comes of an event.
   *
   * @param from state before; null when there is no such life yet
   * @param event what happened
   * @param role whose act it is
   * @param findings what has been established, with the values behind it
   */
  public Decision<S, E, F, X> decide(S from, E event, Role role, Findings<F> findings) {
    List<Row<S, E, F, X>> speaking =
        rows.stream().filter(row -> row.speaksOf(from, event)).toList();
    List<Row<S, E, F, X>> mine =
        speaking.stream().filter(row -> row.roles().contains(role)).toList();
    Optional<Row<S, E, F, X>> applies =
        mine.stream().filter(row -> findings.holding().containsAll(row.guard())).findFirst();
    if (applies.isPresent()) {
      return new Decision<>(applies.get(), List.of());
    }
    return new Decision<>(null, refusals(from, event, role, findings, speaking, mine));
  }

  private List<Refusal> refusals(
      S from,
      E event,
      Role role,
      Findings<F> findings,
      List<Row<S, E, F, X>> speaking,
      List<Row<S, E, F, X>> mine) {
    if (speaking.isEmpty()) {
      return List.of(noRow(from, event));
    }
    if (mine.isEmpty()) {
      return List.of(wrongRole(event, role, speaking));
    }
    // Of several rows the one that lacks least is the one meant.
    Row<S, E, F, X> nearest =
        mine.stream()
            .min(
                (a, b) -> Integer.compare(missing(a, findings).size(), missing(b, findings).size()))
            .orElseThrow();
    return missing(nearest, findings).stream()
        .map(
            fact ->
                new Refusal(
                    fact.name(),
                    fact.clause(),
                    fact.words().english() + " is not so: " + findings.valueOf(fact),
                    fact.wayOut()))
        .toList();
  }

  private List<F> missing(Row<S, E, F, X> row, Findings<F> findings) {
    List<F> missing = new ArrayList<>(row.guard());
    missing.removeAll(findings.holding());
    return missing;
  }

  private Refusal noRow(S from, E event) {
    String possible =
        rows.stream()
            .filter(row -> from == null ? row.from().isEmpty() : row.from().contains(from))
            .map(row -> row.event().name())
            .distinct()
            .sorted()
            .collect(Collectors.joining(", "));
    return new Refusal(
        "NO_SUCH_TRANSITION",
        Clause.OWN,
        name.english()
            + " that "
            + (from == null ? "does not exist yet" : "is " + from)
            + " knows no "
            + event.name(),
        possible.isEmpty() ? "nothing more can happen to it" : "possible are " + possible);
  }

  private Refusal wrongRole(E event, Role role, List<Row<S, E, F, X>> speaking) {
    String allowed =
        speaking.stream()
            .flatMap(row -> row.roles().stream())
            .distinct()
            .sorted()
            .map(may -> may.name() + " " + may.words().chinese())
            .collect(Collectors.joining(", "));
    return new Refusal(
        "WRONG_ROLE",
        speaking.get(0).clause(),
        event.name() + " by " + role.name() + " " + role.words().chinese(),
        "it is for " + allowed);
  }
}
