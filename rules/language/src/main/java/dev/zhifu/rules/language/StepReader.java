package dev.zhifu.rules.language;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads the list {@code pattern:} and checks what concerns steps alone. */
final class StepReader {
  /** Most steps of a rule. */
  static final int MAX_STEPS = 8;

  /** Most events of one step. */
  static final int MAX_TIMES = 20;

  static final Map<String, Contiguity> THEN =
      Map.of(
          "next", Contiguity.NEXT,
          "followedBy", Contiguity.FOLLOWED_BY,
          "followedByAny", Contiguity.FOLLOWED_BY_ANY,
          "notNext", Contiguity.NOT_NEXT,
          "notFollowedBy", Contiguity.NOT_FOLLOWED_BY);

  private final Problems problems;
  private final Set<EventKind> over;
  private final List<StepDraft> steps = new ArrayList<>();

  StepReader(Problems problems, Set<EventKind> over) {
    this.problems = problems;
    this.over = over;
  }

  static Map<String, EventKind> kindWords() {
    return Stream.of(EventKind.values())
        .collect(Collectors.toMap(EventKind::word, kind -> kind, (a, b) -> a, LinkedHashMap::new));
  }

  List<StepDraft> read(List<Node> nodes) {
    for (Node node : nodes) {
      steps.add(step(Fields.of(node, "a step", problems), steps.isEmpty()));
    }
    StepPlaces places = new StepPlaces(problems, steps);
    for (int i = 0; i < steps.size(); i++) {
      places.check(i);
    }
    return steps;
  }

  private StepDraft step(Fields fields, boolean first) {
    String name = name(fields);
    Contiguity contiguity = contiguity(fields, first);
    Set<EventKind> kinds = kinds(fields);
    StepDraft.Times times = times(fields);
    StepDraft draft =
        new StepDraft(
            fields.node(),
            name,
            contiguity,
            kinds,
            fields.optional("where"),
            fields.optionalText("where", "event.amountFen >= params.least"),
            times,
            fields.flag("optional"),
            fields.flag("greedy"),
            fields.flag("consecutive"),
            fields.flag("combinations"),
            withinPrevious(fields, first),
            fields.flag("evidence", true));
    fields.refuseOthers();
    return draft;
  }

  private String name(Fields fields) {
    String name = fields.text("step", "payment");
    if (!name.isEmpty() && !name.matches("[a-z][A-Za-z0-9]{0,30}")) {
      problems.fault(
          fields.optional("step"),
          "the step name '" + name + "' is not a plain word",
          "write letters and digits, starting with a small letter");
    }
    if (steps.stream().anyMatch(step -> !name.isEmpty() && step.name().equals(name))) {
      problems.fault(
          fields.optional("step"),
          "the step name '" + name + "' stands twice",
          "give every step its own name");
    }
    return name;
  }

  private Contiguity contiguity(Fields fields, boolean first) {
    Node then = fields.optional("then");
    if (first) {
      if (then != null) {
        problems.fault(
            then,
            "the first step has 'then'",
            "leave it out: 'then' says how a step follows the one before");
      }
      return Contiguity.BEGIN;
    }
    String word = fields.optionalWord("then", THEN.keySet(), "followedBy");
    return word == null ? Contiguity.FOLLOWED_BY : THEN.get(word);
  }

  private Set<EventKind> kinds(Fields fields) {
    fields.required("on", "transfer.out");
    Map<String, EventKind> words = kindWords();
    Set<EventKind> kinds = EnumSet.noneOf(EventKind.class);
    for (String word : fields.words("on", words.keySet(), "event kind")) {
      EventKind kind = words.get(word);
      kinds.add(kind);
      if (!over.contains(kind)) {
        problems.fault(
            fields.optional("on"),
            "the step takes '" + word + "', which 'over' does not name",
            "add " + word + " to 'over'");
      }
    }
    return kinds;
  }

  private StepDraft.Times times(Fields fields) {
    Node times = fields.optional("times");
    if (times == null) {
      return StepDraft.Times.ONCE;
    }
    if (times instanceof ScalarNode) {
      int exactly = fields.whole("times", times, 1, MAX_TIMES);
      return new StepDraft.Times(exactly, exactly);
    }
    Fields range = Fields.of(times, "'times'", problems);
    Node min = range.required("min", "2");
    Node max = range.required("max", "5");
    range.refuseOthers();
    int least = min == null ? 1 : range.whole("min", min, 1, MAX_TIMES);
    int most = max == null ? least : range.whole("max", max, 1, MAX_TIMES);
    if (most < least) {
      problems.fault(
          max,
          "'max' of 'times' is " + most + ", below 'min' " + least,
          "write max: " + least + " or more");
      most = least;
    }
    return new StepDraft.Times(least, most);
  }

  private long withinPrevious(Fields fields, boolean first) {
    String text = fields.optionalText("withinPrevious", "10m");
    if (text == null) {
      return 0;
    }
    if (first) {
      problems.fault(
          fields.optional("withinPrevious"),
          "the first step has 'withinPrevious'",
          "leave it out, or put it on the next step");
    }
    return DurationCheck.read(problems, fields.optional("withinPrevious"), "withinPrevious", text);
  }
}
