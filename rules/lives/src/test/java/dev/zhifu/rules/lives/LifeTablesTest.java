package dev.zhifu.rules.lives;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What every table keeps to, whatever it is about. */
class LifeTablesTest {

  @TestFactory
  Stream<DynamicTest> everyGuardFailsClosed() {
    return each(LifeTablesTest::failsClosed);
  }

  @TestFactory
  Stream<DynamicTest> noRowHidesBehindAnotherOfTheSameRole() {
    return each(LifeTablesTest::noRowHides);
  }

  @TestFactory
  Stream<DynamicTest> onlyMessagesTimersAndFollowingStepsMoveByThemselves() {
    return each(LifeTablesTest::personsDecide);
  }

  @TestFactory
  Stream<DynamicTest> everyStateIsReachedEveryEventUsedEveryFactAndEffectNamed() {
    return each(LifeTablesTest::nothingIdle);
  }

  @TestFactory
  Stream<DynamicTest> everyPersonsActIsVerifiedUnlessItComesFromTheHolderOrVictim() {
    return each(LifeTablesTest::actsVerified);
  }

  @TestFactory
  Stream<DynamicTest> everyWordIsInBothLanguages() {
    return each(LifeTablesTest::worded);
  }

  @TestFactory
  Stream<DynamicTest> anEventThatNoRowKnowsIsRefusedWithWhatIsPossible() {
    return each(LifeTablesTest::unknownRefused);
  }

  private interface Check {
    <
            S extends Enum<S>,
            E extends Enum<E> & LifeEvent,
            F extends Enum<F> & LifeFact,
            X extends Enum<X> & LifeEffect>
        void of(LifeTable<S, E, F, X> table);
  }

  private static Stream<DynamicTest> each(Check check) {
    return Lives.all().stream()
        .map(table -> DynamicTest.dynamicTest(table.name().english(), () -> check.of(table)));
  }

  private static <
          S extends Enum<S>,
          E extends Enum<E> & LifeEvent,
          F extends Enum<F> & LifeFact,
          X extends Enum<X> & LifeEffect>
      void failsClosed(LifeTable<S, E, F, X> table) {
    for (Row<S, E, F, X> row : table.rows()) {
      for (F needed : row.guard()) {
        for (S from : fromOf(row)) {
          for (Role role : row.roles()) {
            Findings<F> findings = Findings.none(needed.getDeclaringClass());
            row.guard().stream().filter(fact -> fact != needed).forEach(findings::holds);
            Decision<S, E, F, X> decision = table.decide(from, row.event(), role, findings);
            assertThat(decision.allowed()).as(row + " without " + needed).isFalse();
            if (rowsOf(table, from, row.event(), role) == 1) {
              assertThat(decision.rulesBroken()).as("%s", row).containsExactly(needed.name());
            }
            assertThat(decision.refusals())
                .allSatisfy(
                    refusal ->
                        assertThat(refusal.sentence())
                            .contains(refusal.clause().text(), refusal.wayOut()));
          }
        }
      }
    }
  }

  private static <
          S extends Enum<S>,
          E extends Enum<E> & LifeEvent,
          F extends Enum<F> & LifeFact,
          X extends Enum<X> & LifeEffect>
      long rowsOf(LifeTable<S, E, F, X> table, S from, E event, Role role) {
    return table.rows().stream()
        .filter(row -> row.speaksOf(from, event) && row.roles().contains(role))
        .count();
  }

  private static <
          S extends Enum<S>,
          E extends Enum<E> & LifeEvent,
          F extends Enum<F> & LifeFact,
          X extends Enum<X> & LifeEffect>
      void noRowHides(LifeTable<S, E, F, X> table) {
    for (Row<S, E, F, X> row : table.rows()) {
      for (S from : fromOf(row)) {
        assertThat(table.rows())
            .as("%s", row)
            .filteredOn(
                other ->
                    other.speaksOf(from, row.event())
                        && other.roles().stream().anyMatch(row.roles()::contains)
                        && row.guard().containsAll(other.guard()))
            .containsExactly(row);
      }
    }
  }

  private static <
          S extends Enum<S>,
          E extends Enum<E> & LifeEvent,
          F extends Enum<F> & LifeFact,
          X extends Enum<X> & LifeEffect>
      void personsDecide(LifeTable<S, E, F, X> table) {
    for (Row<S, E, F, X> row : table.rows()) {
      switch (row.event().trigger()) {
        case PERSON -> assertThat(row.roles()).as("%s", row).allMatch(Role::person);
        case TIMER -> assertThat(row.roles()).as("%s", row).containsExactly(Role.CLOCK);
        case MESSAGE -> assertThat(row.roles()).as("%s", row).doesNotContain(Role.CLOCK);
        case FOLLOWS, AUTHORISATION ->
            assertThat(row.roles()).as("%s", row).containsExactly(Role.ENGINE);
      }
    }
  }

  private static <
          S extends Enum<S>,
          E extends Enum<E> & LifeEvent,
          F extends Enum<F> & LifeFact,
          X extends Enum<X> & LifeEffect>
      void nothingIdle(LifeTable<S, E, F, X> table) {
    assertThat(table.rows()).extracting(Row::to).containsAll(table.states());
    Row<S, E, F, X> any = table.rows().get(0);
    assertThat(table.rows())
        .extracting(Row::event)
        .containsAll(Arrays.asList(any.event().getDeclaringClass().getEnumConstants()));
    Set<F> facts = new HashSet<>();
    Set<X> effects = new HashSet<>();
    table.rows().forEach(row -> facts.addAll(row.guard()));
    table.rows().forEach(row -> effects.addAll(row.effects()));
    F fact = facts.iterator().next();
    X effect = effects.iterator().next();
    assertThat(facts).contains(fact.getDeclaringClass().getEnumConstants());
    assertThat(effects).contains(effect.getDeclaringClass().getEnumConstants());
  }

  private static <
          S extends Enum<S>,
          E extends Enum<E> & LifeEvent,
          F extends Enum<F> & LifeFact,
          X extends Enum<X> & LifeEffect>
      void actsVerified(LifeTable<S, E, F, X> table) {
    for (Row<S, E, F, X> row : table.rows()) {
      if (row.event().trigger() == Trigger.PERSON) {
        assertThat(row.guard())
            .as("%s", row)
            .extracting(Enum::name)
            .containsAnyOf("ACT_VERIFIED", "OFFICER_VERIFIED");
      }
    }
  }

  private static <
          S extends Enum<S>,
          E extends Enum<E> & LifeEvent,
          F extends Enum<F> & LifeFact,
          X extends Enum<X> & LifeEffect>
      void worded(LifeTable<S, E, F, X> table) {
    List<Words> words = new ArrayList<>();
    table.states().forEach(state -> words.add(table.wordsOf(state)));
    for (Row<S, E, F, X> row : table.rows()) {
      words.add(row.event().words());
      row.guard().forEach(fact -> words.add(fact.words()));
      row.effects().forEach(effect -> words.add(effect.words()));
    }
    assertThat(words)
        .allSatisfy(
            each -> {
              assertThat(each.chinese()).matches(".*\\p{IsHan}.*");
              assertThat(each.english()).matches(".*[a-z].*");
            });
  }

  private static <
          S extends Enum<S>,
          E extends Enum<E> & LifeEvent,
          F extends Enum<F> & LifeFact,
          X extends Enum<X> & LifeEffect>
      void unknownRefused(LifeTable<S, E, F, X> table) {
    Row<S, E, F, X> any = table.rows().get(0);
    int refused = 0;
    for (S state : table.states()) {
      for (E event : any.event().getDeclaringClass().getEnumConstants()) {
        if (table.rows().stream().noneMatch(row -> row.speaksOf(state, event))) {
          Decision<S, E, F, X> decision =
              table.decide(state, event, Role.CITY_HEAD, Findings.none(anyFact(table)));
          assertThat(decision.rulesBroken()).containsExactly("NO_SUCH_TRANSITION");
          assertThat(decision.sentences()).contains(state.name(), event.name());
          refused++;
        }
      }
    }
    assertThat(refused).isPositive();
  }

  private static <
          S extends Enum<S>,
          E extends Enum<E> & LifeEvent,
          F extends Enum<F> & LifeFact,
          X extends Enum<X> & LifeEffect>
      Class<F> anyFact(LifeTable<S, E, F, X> table) {
    return table.rows().stream()
        .flatMap(row -> row.guard().stream())
        .findFirst()
        .orElseThrow()
        .getDeclaringClass();
  }

  private static <
          S extends Enum<S>,
          E extends Enum<E> & LifeEvent,
          F extends Enum<F> & LifeFact,
          X extends Enum<X> & LifeEffect>
      List<S> fromOf(Row<S, E, F, X> row) {
    List<S> from = new ArrayList<>(row.from());
    if (from.isEmpty()) {
      from.add(null);
    }
    return from;
  }
}
