package dev.zhifu.rules.language;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads {@code afterMatch:}. */
final class AfterMatchReader {
  private static final Map<String, AfterMatch.Kind> WORDS =
      Map.of(
          "noSkip", AfterMatch.Kind.NO_SKIP,
          "skipToNext", AfterMatch.Kind.SKIP_TO_NEXT,
          "skipPastLast", AfterMatch.Kind.SKIP_PAST_LAST);
  private static final Map<String, AfterMatch.Kind> WITH_STEP =
      Map.of(
          "skipToFirst", AfterMatch.Kind.SKIP_TO_FIRST, "skipToLast", AfterMatch.Kind.SKIP_TO_LAST);

  private final Problems problems;

  AfterMatchReader(Problems problems) {
    this.problems = problems;
  }

  AfterMatch read(Node node, List<StepDraft> steps) {
    if (node == null) {
      return AfterMatch.NO_SKIP;
    }
    if (node instanceof MappingNode) {
      return withStep(Fields.of(node, "'afterMatch'", problems), steps);
    }
    String word = node instanceof ScalarNode scalar ? scalar.getValue() : "";
    if (WORDS.containsKey(word)) {
      return new AfterMatch(WORDS.get(word), null);
    }
    Set<String> known = new TreeSet<>(WORDS.keySet());
    WITH_STEP.keySet().forEach(key -> known.add("{" + key + ": step}"));
    problems.fault(node, "'afterMatch' is '" + word + "'", Spelling.hint(word, known));
    return AfterMatch.NO_SKIP;
  }

  private AfterMatch withStep(Fields fields, List<StepDraft> steps) {
    AfterMatch found = null;
    for (String key : new TreeSet<>(WITH_STEP.keySet())) {
      String step = fields.optionalText(key, "payment");
      if (step != null) {
        found = new AfterMatch(WITH_STEP.get(key), step);
        check(fields.optional(key), step, steps);
      }
    }
    fields.refuseOthers();
    if (found == null || fields.names().size() != 1) {
      problems.fault(
          fields.node(),
          "'afterMatch' names no strategy, or several",
          "write {skipToFirst: step} or {skipToLast: step}");
      return AfterMatch.NO_SKIP;
    }
    return found;
  }

  private void check(Node node, String step, List<StepDraft> steps) {
    List<String> taking =
        steps.stream()
            .filter(draft -> !draft.negated() && !draft.optional())
            .map(StepDraft::name)
            .toList();
    if (!taking.contains(step)) {
      problems.fault(
          node,
          "'afterMatch' names '" + step + "', which is no required step that takes events",
          Spelling.hint(step, taking));
    }
    if (!steps.isEmpty() && steps.get(0).name().equals(step)) {
      problems.fault(
          node,
          "'afterMatch' skips to the first step, where the match itself began",
          "name a later step, or write skipToNext");
    }
  }
}
