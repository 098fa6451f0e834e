package dev.zhifu.rules.language.condition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.rules.language.EventKind;
import dev.zhifu.rules.language.EventView;
import dev.zhifu.rules.language.RuleTree;
import dev.zhifu.rules.language.StepCondition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class RuleTreeTest {
  private static final long SEED = 20_260_301;
  private static final int ROUNDS = 30;
  private static final int CONDITIONS = 60;
  private static final int EVENTS = 60;
  private static final Map<String, Object> PARAMS =
      Map.of("amount", 500_000L, "share", 0.8, "pause", 300_000L);

  private final Random random = new Random(SEED);

  @Test
  void aTreeFindsExactlyTheConditionsThatHold() {
    long held = 0;
    for (int round = 0; round < ROUNDS; round++) {
      int scope = round % 3;
      List<StepCondition> conditions = conditions(scope);
      for (int i = 0; i < EVENTS; i++) {
        EventView view = RandomMatch.draw(random, scope).event();
        Set<Integer> found = found(conditions, view);
        assertThat(found)
            .as("seed %d, round %d", SEED, round)
            .isEqualTo(byAsking(conditions, view));
        held += found.size();
      }
    }
    assertThat(held).isPositive();
  }

  private static Set<Integer> found(List<StepCondition> conditions, EventView view) {
    RuleTree.Builder<Integer> builder = new RuleTree.Builder<>(EventKind.of(view));
    for (int i = 0; i < conditions.size(); i++) {
      builder.add(i, conditions.get(i));
    }
    RuleTree<Integer> tree = builder.build();
    Set<Integer> found = new TreeSet<>();
    tree.each(view, found::add);
    assertThat(tree.any(view)).isEqualTo(!found.isEmpty());
    return found;
  }

  private static Set<Integer> byAsking(List<StepCondition> conditions, EventView view) {
    Set<Integer> held = new TreeSet<>();
    for (int i = 0; i < conditions.size(); i++) {
      if (conditions.get(i).stateFree(view)) {
        held.add(i);
      }
    }
    return held;
  }

  /**
   * Conjunctions of few questions, so that many of them ask the same, with bounds of many heights.
   */
  private List<StepCondition> conditions(int number) {
    Scope drawn = RandomMatch.scope(number);
    Scope scope = new Scope(drawn.kinds(), drawn.steps(), drawn.previous(), PARAMS);
    List<String> questions = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      questions.add("(" + new RandomCondition(random, drawn, PARAMS).text() + ")");
    }
    List<StepCondition> conditions = new ArrayList<>();
    for (int i = 0; i < CONDITIONS; i++) {
      String text = questions.get(random.nextInt(8)) + " && " + questions.get(random.nextInt(8));
      text += " && event.at " + (random.nextBoolean() ? ">" : "<=") + " " + bound();
      text += " && event.at " + (random.nextBoolean() ? ">=" : "<") + " " + bound();
      Compiled compiled = new ConditionCompiler(scope).compile(text);
      assertThat(compiled.faults()).as(text).isEmpty();
      conditions.add(compiled.condition());
    }
    return conditions;
  }

  private long bound() {
    return 1_772_000_000_000L + random.nextInt(10) * 100_000_000L;
  }
}
