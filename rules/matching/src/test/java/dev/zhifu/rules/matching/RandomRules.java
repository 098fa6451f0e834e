package dev.zhifu.rules.matching;

import dev.zhifu.rules.language.AfterMatch;
import dev.zhifu.rules.language.Contiguity;
import dev.zhifu.rules.language.EventKind;
import dev.zhifu.rules.language.EventView;
import dev.zhifu.rules.language.PartialMatch;
import dev.zhifu.rules.language.Rule;
import dev.zhifu.rules.language.Step;
import dev.zhifu.rules.language.StepCondition;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Draws rules over every operator and skip strategy that the language has. */
final class RandomRules {
  private final Random random;

  RandomRules(Random random) {
    this.random = random;
  }

  /** A rule that Flink CEP takes. */
  Rule draw(AfterMatch.Kind skip, boolean endsWithAbsence) {
    RuleCompilationException last = null;
    for (int i = 0; i < 500; i++) {
      Rule rule = candidate(skip, endsWithAbsence);
      try {
        PatternCompiler.compile(rule);
        return rule;
      } catch (RuleCompilationException refused) {
        last = refused; // some combinations are no pattern: draw again
      }
    }
    throw new IllegalStateException(
        "No rule could be drawn for " + skip + ", " + endsWithAbsence, last);
  }

  private Rule candidate(AfterMatch.Kind skip, boolean endsWithAbsence) {
    int length = 2 + random.nextInt(3);
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      boolean negatedBefore = i > 0 && random.nextInt(6) == 0;
      if (negatedBefore) {
        Contiguity negation =
            random.nextBoolean() ? Contiguity.NOT_NEXT : Contiguity.NOT_FOLLOWED_BY;
        steps.add(Rules.step("n" + i, negation, condition(random.nextInt(3))));
      }
      steps.add(positive(i, length, negatedBefore));
    }
    if (endsWithAbsence) {
      steps.add(Rules.step("end", Contiguity.NOT_FOLLOWED_BY, condition(random.nextInt(3))));
    }
    String target = "s" + random.nextInt(length);
    boolean named = skip == AfterMatch.Kind.SKIP_TO_FIRST || skip == AfterMatch.Kind.SKIP_TO_LAST;
    return Rules.rule(
        "R",
        1,
        over(),
        10 + random.nextInt(50),
        new AfterMatch(skip, named ? target : null),
        steps);
  }

  private Set<EventKind> over() {
    Set<EventKind> over = EnumSet.copyOf(Rules.ALL);
    if (random.nextInt(4) == 0) {
      over.remove(EventKind.URL_HIT);
    }
    return over;
  }

  private Step positive(int i, int length, boolean afterNegation) {
    Contiguity contiguity =
        i == 0
            ? Contiguity.BEGIN
            : switch (random.nextInt(4)) {
              case 0 -> Contiguity.NEXT;
              case 1 -> Contiguity.FOLLOWED_BY_ANY;
              default -> Contiguity.FOLLOWED_BY;
            };
    int min = 1;
    int max = 1;
    int quantifier = random.nextInt(8);
    if (quantifier == 0) {
      min = 2 + random.nextInt(2);
      max = min;
    } else if (quantifier == 1) {
      min = 1 + random.nextInt(2);
      max = min + 1 + random.nextInt(2);
    } else if (quantifier == 2) {
      max = 3;
    }
    boolean many = max > 1;
    boolean consecutive = many && random.nextInt(4) == 0;
    boolean combinations = many && !consecutive && random.nextInt(6) == 0;
    boolean greedy = many && min != max && random.nextInt(5) == 0 && i < length - 1;
    // A negation right before an optional step is refused by the rule check.
    boolean optional = i > 0 && !afterNegation && random.nextInt(6) == 0;
    long previous = i > 0 && random.nextInt(6) == 0 ? 3 + random.nextInt(8) : 0;
    return new Step(
        "s" + i,
        contiguity,
        min,
        max,
        optional,
        greedy,
        consecutive,
        combinations,
        previous,
        true,
        condition(i));
  }

  private StepCondition condition(int i) {
    int draw = random.nextInt(10);
    if (draw < 6) {
      int kind = draw < 4 ? i % 3 : random.nextInt(3);
      return Conditions.of(Rules.isKind(kind));
    }
    if (draw < 8 || i == 0) {
      int least = random.nextInt(3) + 2;
      int kind = random.nextInt(3);
      return Conditions.of(view -> Events.kind(view) == kind || Events.value(view) > least);
    }
    return Conditions.of(view -> true, RandomRules::atLeastFirst);
  }

  private static boolean atLeastFirst(EventView view, PartialMatch partial) {
    for (EventView first : partial.events("s0")) {
      return Events.value(view) >= Events.value(first);
    }
    return Events.kind(view) == 1;
  }
}
