package dev.zhifu.rules.language;

import dev.zhifu.rules.language.condition.Compiled;
import dev.zhifu.rules.language.condition.ConditionCompiler;
import dev.zhifu.rules.language.condition.Fault;
import dev.zhifu.rules.language.condition.Scope;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Compiles the conditions of all steps of one rule, and maps their faults to lines of the file. */
final class ConditionSet {
  private static final Set<EventKind> COMMON =
      EnumSet.of(
          EventKind.TRANSFER_OUT,
          EventKind.TRANSFER_IN,
          EventKind.PURCHASE_OUT,
          EventKind.PURCHASE_IN,
          EventKind.QR_OUT,
          EventKind.QR_IN,
          EventKind.LOGIN,
          EventKind.BALANCE_QUERY,
          EventKind.CALL_START,
          EventKind.CALL_END,
          EventKind.SMS_IN,
          EventKind.APP_SESSION_START,
          EventKind.APP_SESSION_END);

  private final Problems problems;
  private final TextPlace place;
  private final List<StepDraft> drafts;
  private final List<RuleSheet.Parameter> parameters;
  private final List<Step> steps = new ArrayList<>();
  private final Set<String> features = new TreeSet<>();
  private final Set<String> used = new TreeSet<>();
  private final Map<String, Compiled> compiled = new LinkedHashMap<>();

  ConditionSet(
      Problems problems,
      String file,
      List<StepDraft> drafts,
      List<RuleSheet.Parameter> parameters) {
    this.problems = problems;
    this.place = new TextPlace(file);
    this.drafts = drafts;
    this.parameters = parameters;
  }

  void compile(Node parametersNode) {
    for (int i = 0; i < drafts.size(); i++) {
      compile(i);
    }
    boolean allRead = compiled.values().stream().allMatch(Compiled::wasRead);
    for (RuleSheet.Parameter parameter : parameters) {
      if (allRead && !used.contains(parameter.name())) {
        problems.fault(
            parametersNode,
            "no condition uses parameter '" + parameter.name() + "'",
            "use params." + parameter.name() + ", or remove it");
      }
    }
    warnOfCommonStart();
  }

  List<Step> steps() {
    return steps;
  }

  Set<String> features() {
    return features;
  }

  boolean compareSteps() {
    return compiled.values().stream().anyMatch(Compiled::comparesSteps);
  }

  List<RuleSheet.StepText> texts(Map<String, List<RuleSheet.Signal>> signals) {
    return drafts.stream()
        .map(
            draft ->
                new RuleSheet.StepText(
                    draft.name(),
                    draft.words(),
                    draft.whereText() == null ? "" : draft.whereText(),
                    signals.get(draft.name()),
                    !compiled.get(draft.name()).namesPhase() && Reach.movesMoney(draft.kinds())))
        .toList();
  }

  private void compile(int i) {
    StepDraft draft = drafts.get(i);
    if (draft.kinds().isEmpty()) {
      return; // already a fault: nothing can be said about its fields
    }
    String text = draft.where() instanceof ScalarNode scalar ? scalar.getValue() : null;
    Compiled result = new ConditionCompiler(scope(i)).compile(text);
    compiled.put(draft.name(), result);
    used.addAll(result.params());
    for (Fault fault : result.faults()) {
      TextPlace.Place at = place.of(draft.where(), text, fault.offset());
      problems.fault(
          at.line(), at.column(), "step '" + draft.name() + "': " + fault.what(), fault.fix());
    }
    for (int offset : result.bareNumbers()) {
      TextPlace.Place at = place.of(draft.where(), text, offset);
      problems.warning(
          at.line(),
          at.column(),
          "step '" + draft.name() + "': a number stands bare",
          "name it under 'parameters', with unit and grade");
    }
    features.addAll(result.features());
    steps.add(draft.step(result.condition()));
  }

  private Scope scope(int i) {
    Map<String, Set<EventKind>> earlier = new LinkedHashMap<>();
    for (StepDraft draft : drafts.subList(0, i)) {
      if (!draft.negated()) {
        earlier.put(draft.name(), draft.kinds());
      }
    }
    if (drafts.get(i).times().max() > 1) {
      earlier.put(drafts.get(i).name(), drafts.get(i).kinds());
    }
    Map<String, Object> values = new LinkedHashMap<>();
    parameters.forEach(parameter -> values.put(parameter.name(), parameter.value()));
    return new Scope(drafts.get(i).kinds(), earlier, previous(i), values);
  }

  /** Names of the steps one of which took the newest event before step i, nearest first. */
  private List<String> previous(int i) {
    List<String> names = new ArrayList<>();
    if (drafts.get(i).times().max() > 1) {
      names.add(drafts.get(i).name());
    }
    for (int j = i - 1; j >= 0; j--) {
      StepDraft draft = drafts.get(j);
      if (!draft.negated()) {
        names.add(draft.name());
        if (!draft.optional()) {
          break;
        }
      }
    }
    return names;
  }

  private void warnOfCommonStart() {
    if (drafts.size() < 2 || drafts.get(0).where() != null) {
      return;
    }
    StepDraft first = drafts.get(0);
    if (first.kinds().stream().anyMatch(COMMON::contains)) {
      problems.warning(
          first.node(),
          "the pattern starts on every " + String.join(", ", first.words()),
          "add 'where': a sequence should start on under 1 % of events");
    }
  }
}
