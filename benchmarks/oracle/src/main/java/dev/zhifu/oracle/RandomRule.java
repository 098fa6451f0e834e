package dev.zhifu.oracle;

import dev.zhifu.rules.language.AfterMatch;
import dev.zhifu.rules.language.Rule;
import dev.zhifu.rules.language.RuleParser;
import dev.zhifu.rules.language.RuleResult;
import dev.zhifu.rules.language.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

/**
 * Draws rules over every operator and skip strategy of the language, as rule files: what the parser
 * refuses is drawn again, so that exactly the rules that an author may write are tried. Durations
 * in the text are seconds and in the rule milliseconds, so that a watermark every millisecond is
 * cheap.
 */
final class RandomRule {
  private static final int TRIES = 2_000;

  private final Random random;
  private final List<StepPlan> plans = new ArrayList<>();
  private int window;
  private AfterMatch.Kind skip;

  private RandomRule(Random random) {
    this.random = random;
  }

  /** A rule with the operator and the strategy. */
  static Rule draw(Random random, Operator operator, AfterMatch.Kind skip) {
    String refused = "";
    for (int i = 0; i < TRIES; i++) {
      RandomRule draft = new RandomRule(random);
      draft.plan(operator, skip);
      if (!draft.wellFormed()) {
        continue;
      }
      RuleResult result = RuleParser.parse("rule.yaml", draft.text());
      if (!result.problems().isEmpty()) {
        refused = result.problems() + "\n" + draft.text();
        continue;
      }
      Rule rule = inMilliseconds(result.orThrow());
      if (Operator.of(rule).contains(operator)) {
        return rule;
      }
    }
    throw new IllegalStateException(
        "No rule with " + operator + " and " + skip + " in " + TRIES + " tries; last: " + refused);
  }

  // -- the plan

  private void plan(Operator operator, AfterMatch.Kind strategy) {
    skip = strategy;
    window = 10 + random.nextInt(50);
    int length = 2 + random.nextInt(3);
    int focus = random.nextInt(length);
    for (int i = 0; i < length; i++) {
      boolean negated = i > 0 && (chance(7) || i == focus && isNegation(operator));
      if (negated) {
        plans.add(negation(i, operator));
      }
      StepPlan step = positive(i);
      if (i == focus) {
        force(step, i, operator);
      }
      plans.add(step);
    }
    if (operator == Operator.ABSENCE_AT_END || chance(8)) {
      StepPlan end = new StepPlan("end");
      end.then = "notFollowedBy";
      contents(end, length);
      plans.add(end);
    }
  }

  private static boolean isNegation(Operator operator) {
    return operator == Operator.NOT_NEXT || operator == Operator.NOT_FOLLOWED_BY;
  }

  private StepPlan negation(int i, Operator operator) {
    StepPlan step = new StepPlan("n" + i);
    boolean next = operator == Operator.NOT_NEXT || operator != Operator.NOT_FOLLOWED_BY && coin();
    step.then = next ? "notNext" : "notFollowedBy";
    contents(step, i);
    return step;
  }

  private StepPlan positive(int i) {
    StepPlan step = new StepPlan("s" + i);
    if (i > 0) {
      step.then =
          List.of("next", "followedByAny", "followedBy", "followedBy").get(random.nextInt(4));
      step.optional = chance(8);
      step.withinPrevious = chance(8) ? 3 + random.nextInt(9) : 0;
    }
    if (chance(3)) {
      several(step);
    }
    // Two matches with one id would leave open which of them a skip strategy released.
    step.evidence = skip != AfterMatch.Kind.NO_SKIP || !chance(15);
    contents(step, i);
    return step;
  }

  private void several(StepPlan step) {
    step.min = 1 + random.nextInt(2);
    step.max = Math.max(2, step.min + random.nextInt(3));
    step.consecutive = chance(5);
    step.combinations = !step.consecutive && chance(6);
    step.greedy = chance(5);
  }

  private void force(StepPlan step, int i, Operator operator) {
    switch (operator) {
      case NEXT -> step.then = i > 0 ? "next" : "";
      case FOLLOWED_BY -> step.then = i > 0 ? "followedBy" : "";
      case FOLLOWED_BY_ANY -> step.then = i > 0 ? "followedByAny" : "";
      case OPTIONAL -> step.optional = true;
      case WITHIN_PREVIOUS -> step.withinPrevious = 3 + random.nextInt(9);
      case TIMES, GREEDY, CONSECUTIVE, COMBINATIONS -> {
        several(step);
        step.greedy |= operator == Operator.GREEDY;
        step.combinations |= operator == Operator.COMBINATIONS;
        step.consecutive =
            operator == Operator.CONSECUTIVE || step.consecutive && !step.combinations;
      }
      case EARLIER_STEPS -> step.where = i > 0 ? earlier(i) : step.where;
      default -> {
        // negations stand beside the step, absence behind the last
      }
    }
  }

  private void contents(StepPlan step, int i) {
    TreeSet<Integer> kinds = new TreeSet<>();
    kinds.add(chance(4) ? random.nextInt(4) : i % 3);
    if (chance(4)) {
      kinds.add(random.nextInt(4));
    }
    kinds.forEach(kind -> step.kinds.add(Signals.WORDS.get(kind)));
    if (chance(4)) {
      step.where = "event.otpCount > " + random.nextInt(3);
    } else if (i > 0 && chance(4)) {
      step.where = earlier(i);
    } else if (step.max > 1 && chance(4)) {
      step.where = "steps." + step.name + ".count < 1 || event.otpCount > 1";
    }
  }

  private String earlier(int i) {
    return switch (random.nextInt(5)) {
      case 0 -> "event.otpCount >= steps.s0.otpCount";
      case 1 -> "event.otpCount != prev.otpCount";
      case 2 -> "steps.s" + (i - 1) + ".last.otpCount < 4 || event.otpCount > 3";
      case 3 -> "steps.s" + random.nextInt(i) + ".count < 2";
      default -> "!(event.otpCount < steps.s" + random.nextInt(i) + ".otpCount)";
    };
  }

  // -- what the parser would refuse anyway, without asking it

  private boolean wellFormed() {
    for (int i = 0; i < plans.size(); i++) {
      if (!wellPlaced(plans.get(i), i)) {
        return false;
      }
    }
    boolean shown = plans.stream().anyMatch(s -> s.evidence && !s.negated() && !s.optional);
    return shown && (!named() || target() != null);
  }

  private boolean wellPlaced(StepPlan step, int i) {
    boolean last = i == plans.size() - 1;
    StepPlan before = i == 0 ? new StepPlan("none") : plans.get(i - 1);
    boolean ownWindow = step.withinPrevious > 0;
    boolean any = step.is("followedByAny") || step.combinations;
    return !(step.optional && (i == 0 || last || before.greedy)
        || step.open() && before.negated()
        || step.negated() && (before.negated() || before.open())
        || step.greedy && (last || any)
        || ownWindow && (step.max > 1 || step.open() || before.open() || before.is("notNext")));
  }

  private boolean named() {
    return skip == AfterMatch.Kind.SKIP_TO_FIRST || skip == AfterMatch.Kind.SKIP_TO_LAST;
  }

  /** A required step that takes events and is not the first; null when there is none. */
  private String target() {
    List<String> names =
        plans.stream()
            .skip(1)
            .filter(step -> !step.negated() && !step.optional)
            .map(step -> step.name)
            .toList();
    return names.isEmpty() ? null : names.get(random.nextInt(names.size()));
  }

  // -- the text

  private String text() {
    StringBuilder text = new StringBuilder();
    text.append(
        """
        id: T90
        version: 1
        status: draft
        name: {zh: 随机, en: Random}
        plain: {zh: 随机规则, en: A random rule}
        family: T
        key: holder
        subject: holder
        strength: stepUp
        basis: [{source: engineering default}]
        actions: [A2]
        reason: VICTIM_AT_RISK
        """);
    text.append("within: ").append(window).append("s\nafterMatch: ").append(afterMatch());
    text.append("\nover: ").append(over()).append("\npattern:\n");
    plans.forEach(step -> text.append(step.yaml()));
    text.append("signals:\n");
    plans.forEach(
        step ->
            text.append("  ").append(step.name).append(": {signal: telecom, source: carrier}\n"));
    return text.toString();
  }

  private String afterMatch() {
    return switch (skip) {
      case NO_SKIP -> "noSkip";
      case SKIP_TO_NEXT -> "skipToNext";
      case SKIP_PAST_LAST -> "skipPastLast";
      case SKIP_TO_FIRST -> "{skipToFirst: " + target() + "}";
      case SKIP_TO_LAST -> "{skipToLast: " + target() + "}";
    };
  }

  private String over() {
    TreeSet<String> over = new TreeSet<>();
    boolean strict = false;
    for (StepPlan step : plans) {
      over.addAll(step.kinds);
      strict |= step.consecutive || step.is("next") || step.is("notNext");
    }
    if (strict && coin()) {
      over.addAll(Signals.WORDS);
    }
    return over.toString();
  }

  private boolean chance(int oneIn) {
    return random.nextInt(oneIn) == 0;
  }

  private boolean coin() {
    return random.nextBoolean();
  }

  // -- rules made of rules

  private static Rule inMilliseconds(Rule rule) {
    List<Step> steps =
        rule.steps().stream()
            .map(
                s ->
                    new Step(
                        s.name(),
                        s.contiguity(),
                        s.timesMin(),
                        s.timesMax(),
                        s.optional(),
                        s.greedy(),
                        s.consecutive(),
                        s.allowCombinations(),
                        s.withinPreviousMs() / 1000,
                        s.evidence(),
                        s.condition()))
            .toList();
    return RuleCopy.of(rule, steps, rule.withinMs() / 1000, rule.afterMatch(), rule.keepsAll());
  }
}
