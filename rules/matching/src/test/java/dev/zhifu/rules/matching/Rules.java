package dev.zhifu.rules.matching;

import dev.zhifu.rules.language.AfterMatch;
import dev.zhifu.rules.language.Contiguity;
import dev.zhifu.rules.language.EventKind;
import dev.zhifu.rules.language.EventView;
import dev.zhifu.rules.language.Rule;
import dev.zhifu.rules.language.Step;
import dev.zhifu.rules.language.StepCondition;
import dev.zhifu.wire.ActionCode;
import dev.zhifu.wire.KeyKind;
import dev.zhifu.wire.RuleFamily;
import dev.zhifu.wire.SubjectKind;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Rules built in code. */
final class Rules {
  static final Set<EventKind> ALL =
      Set.of(EventKind.CALL_START, EventKind.CALL_END, EventKind.SMS_IN, EventKind.URL_HIT);

  private Rules() {}

  static Rule rule(String id, int version, long withinMs, AfterMatch afterMatch, Step... steps) {
    return rule(id, version, ALL, withinMs, afterMatch, List.of(steps));
  }

  static Rule rule(
      String id,
      int version,
      Set<EventKind> over,
      long withinMs,
      AfterMatch afterMatch,
      List<Step> steps) {
    boolean keepsAll = steps.stream().anyMatch(Rules::needsAll);
    return new Rule(
        id,
        version,
        id,
        id,
        id,
        id,
        RuleFamily.T,
        KeyKind.HOLDER,
        SubjectKind.HOLDER,
        over,
        steps,
        withinMs,
        afterMatch,
        0.5,
        List.of(ActionCode.A2),
        false,
        keepsAll,
        steps.get(steps.size() - 1).contiguity() == Contiguity.NOT_FOLLOWED_BY,
        Set.of(),
        10,
        "OTHER",
        List.of(),
        id + version,
        id + version);
  }

  private static boolean needsAll(Step step) {
    return step.contiguity() == Contiguity.NEXT
        || step.contiguity() == Contiguity.NOT_NEXT
        || step.consecutive();
  }

  static Step step(String name, Contiguity contiguity, StepCondition condition) {
    return new Step(name, contiguity, 1, 1, false, false, false, false, 0, true, condition);
  }

  static Step step(String name, Contiguity contiguity, Predicate<EventView> condition) {
    return step(name, contiguity, Conditions.of(condition));
  }

  static Predicate<EventView> isKind(int kind) {
    return view -> Events.kind(view) == kind;
  }
}
