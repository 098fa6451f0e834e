package dev.zhifu.rules.language.condition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * CEL's own runtime and the compiled predicates say the same of random conditions and random
 * events.
 */
class OracleTest {
  private static final long SEED = 20_260_101;
  private static final int CONDITIONS = 600;
  private static final int EVENTS = 200;
  private static final Map<String, Object> PARAMS =
      Map.of("amount", 500_000L, "share", 0.8, "pause", 300_000L);

  private final Random random = new Random(SEED);

  @Test
  void compiled_predicates_agree_with_cel_runtime() throws Exception {
    List<RandomMatch> matches = matches();
    long evaluations = 0;
    long positive = 0;
    long unknown = 0;
    for (int i = 0; i < CONDITIONS; i++) {
      Scope scope = RandomMatch.scope(i % 3);
      String text = new RandomCondition(random, scope, PARAMS).text();
      Names names = new Names(new Scope(scope.kinds(), scope.steps(), scope.previous(), PARAMS));
      CelRuntime.Program program = CelOracle.program(names, text);
      Compiled compiled =
          new ConditionCompiler(new Scope(scope.kinds(), scope.steps(), scope.previous(), PARAMS))
              .compile(text);
      assertThat(compiled.faults()).as(text).isEmpty();
      for (RandomMatch match : matches) {
        if (match.scopeNumber() != i % 3) {
          continue;
        }
        Boolean oracle = evaluate(program, CelOracle.variables(match, PARAMS));
        boolean ours = ours(compiled, match);
        evaluations++;
        positive += ours ? 1 : 0;
        unknown += oracle == null ? 1 : 0;
        assertThat(ours).as("%s on %s", text, match).isEqualTo(Boolean.TRUE.equals(oracle));
      }
    }
    System.out.printf(
        "CEL oracle: seed %d, %d conditions, %d evaluations, %d true, %d unknown, 0 differences%n",
        SEED, CONDITIONS, evaluations, positive, unknown);
    assertThat(evaluations).isGreaterThanOrEqualTo(100_000);
    assertThat(positive).isPositive();
    assertThat(unknown).isPositive();
  }

  private List<RandomMatch> matches() {
    List<RandomMatch> matches = new ArrayList<>();
    for (int scope = 0; scope < 3; scope++) {
      for (int i = 0; i < EVENTS; i++) {
        matches.add(RandomMatch.draw(random, scope));
      }
    }
    return matches;
  }

  private static boolean ours(Compiled compiled, RandomMatch match) {
    return compiled.condition().stateFree(match.event())
        && compiled.condition().rest(match.event(), match);
  }

  private static Boolean evaluate(CelRuntime.Program program, Map<String, Object> variables) {
    try {
      return (Boolean) program.eval(variables);
    } catch (CelEvaluationException missing) {
      return null;
    }
  }
}
