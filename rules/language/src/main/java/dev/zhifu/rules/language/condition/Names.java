package dev.zhifu.rules.language.condition;

import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.zhifu.rules.language.EventKind;
import dev.zhifu.rules.language.EventView;
import dev.zhifu.rules.language.PartialMatch;
import dev.zhifu.rules.language.Spelling;
import dev.zhifu.wire.Features;
import dev.zhifu.wire.Side;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.avro.Schema;

/**
 * Everything that a condition of one step may name: {@code event, features, side, steps, prev,
 * params}.
 */
final class Names {
  static final Set<String> ROOTS =
      new TreeSet<>(List.of("event", "features", "side", "steps", "prev", "params"));
  private static final FieldType SIDE =
      FieldType.of(Schema.createEnum("Side", null, null, sides()));

  private final Scope scope;
  private final EventShape event;
  private final RecordShape features = RecordShape.of(Features.getClassSchema());
  private final Map<String, EventShape> steps = new LinkedHashMap<>();
  private final EventShape previous;

  Names(Scope scope) {
    this.scope = scope;
    this.event = EventShape.of(scope.kinds());
    scope.steps().forEach((name, kinds) -> steps.put(name, EventShape.of(kinds)));
    Set<EventKind> before = new LinkedHashSet<>();
    scope.previous().forEach(name -> before.addAll(scope.steps().get(name)));
    this.previous = EventShape.of(before);
  }

  private static List<String> sides() {
    List<String> names = new ArrayList<>();
    for (Side side : Side.values()) {
      names.add(side.name());
    }
    return names;
  }

  /** The CEL types of the roots. */
  Map<String, CelType> celVariables() {
    Map<String, CelType> stepTypes = new LinkedHashMap<>();
    steps.forEach((name, shape) -> stepTypes.put(name, celStep(name, shape)));
    Map<String, CelType> paramTypes = new LinkedHashMap<>();
    scope
        .params()
        .forEach(
            (name, value) ->
                paramTypes.put(name, value instanceof Long ? SimpleType.INT : SimpleType.DOUBLE));
    Map<String, CelType> variables = new LinkedHashMap<>();
    variables.put("event", event.cel("Event", Map.of()));
    variables.put("features", features.cel());
    variables.put("side", SimpleType.STRING);
    variables.put("steps", RecordShape.struct("Steps", Map.of(), stepTypes));
    variables.put("prev", previous.cel("Previous", Map.of()));
    variables.put("params", RecordShape.struct("Parameters", Map.of(), paramTypes));
    return variables;
  }

  private static CelType celStep(String name, EventShape shape) {
    Map<String, CelType> more = new LinkedHashMap<>();
    more.put("last", shape.cel("Last_" + name, Map.of()));
    more.put("count", SimpleType.INT);
    if (shape.transactions()) {
      more.put("sumFen", SimpleType.INT);
    }
    return shape.cel("Step_" + name, more);
  }

  /**
   * Resolves a dotted name.
   *
   * @param path the root and what follows it
   * @throws BadName saying what is wrong and what would be right
   */
  Ref resolve(List<String> path) throws BadName {
    String root = path.get(0);
    List<String> rest = path.subList(1, path.size());
    return switch (root) {
      case "event" -> eventField(event, scope.kinds(), root, rest, false, (view, match) -> view);
      case "features" -> feature(rest);
      case "side" -> side(rest);
      case "steps" -> step(rest);
      case "prev" -> previous(rest);
      case "params" -> param(rest);
      default -> throw new BadName("'" + root + "' is not known", Spelling.hint(root, ROOTS));
    };
  }

  private Ref side(List<String> rest) throws BadName {
    if (!rest.isEmpty()) {
      throw new BadName(
          "'side' has no fields", "write side == 'DEBIT', 'CREDIT', 'SUBJECT' or 'PEER'");
    }
    return Ref.boxed(SIDE, false, (view, match) -> view.side());
  }

  private Ref feature(List<String> rest) throws BadName {
    String name = single("features", rest, features.fields().keySet());
    FieldReader.Reader reader = FieldReader.ofFeature(name);
    return Ref.boxed(features.fields().get(name), false, (view, match) -> reader.of(view.event()));
  }

  private Ref param(List<String> rest) throws BadName {
    return Ref.constant(scope.params().get(single("params", rest, scope.params().keySet())));
  }

  private static String single(String root, List<String> rest, Set<String> known) throws BadName {
    if (rest.size() != 1) {
      throw new BadName("'" + root + "' stands alone or too deep", "write " + root + ".NAME");
    }
    if (!known.contains(rest.get(0))) {
      throw new BadName(
          "'" + root + "' has no '" + rest.get(0) + "'", Spelling.hint(rest.get(0), known));
    }
    return rest.get(0);
  }

  private Ref previous(List<String> rest) throws BadName {
    if (scope.previous().isEmpty()) {
      throw new BadName(
          "'prev' is named in the first step, which has no event before it",
          "use event, or name prev in a later step");
    }
    List<String> names = scope.previous();
    Set<EventKind> kinds = new LinkedHashSet<>();
    names.forEach(name -> kinds.addAll(scope.steps().get(name)));
    return eventField(previous, kinds, "prev", rest, true, (view, match) -> newest(names, match));
  }

  private static EventView newest(List<String> names, PartialMatch match) {
    for (String name : names) {
      List<EventView> taken = match.events(name);
      if (!taken.isEmpty()) {
        return taken.get(taken.size() - 1);
      }
    }
    return null;
  }

  private Ref step(List<String> rest) throws BadName {
    if (rest.size() < 2) {
      throw new BadName(
          "'steps' needs the name of a step and a field",
          "write steps.NAME.amountFen, for example");
    }
    String name = rest.get(0);
    if (!steps.containsKey(name)) {
      throw new BadName(
          "'" + name + "' is no earlier step that takes events",
          steps.isEmpty()
              ? "the first step has none before it"
              : Spelling.hint(name, steps.keySet()));
    }
    return stepField(name, rest.subList(1, rest.size()));
  }

  private Ref stepField(String name, List<String> path) throws BadName {
    EventShape shape = steps.get(name);
    String label = "steps." + name;
    if (path.equals(List.of("count"))) {
      return Ref.whole(true, (view, match) -> match.events(name).size());
    }
    if (path.equals(List.of("sumFen")) && shape.transactions()) {
      return Ref.whole(true, (view, match) -> sumFen(match.events(name)));
    }
    Set<EventKind> kinds = scope.steps().get(name);
    if (path.get(0).equals("last")) {
      return eventField(
          shape,
          kinds,
          label + ".last",
          path.subList(1, path.size()),
          true,
          (view, match) -> last(match.events(name)));
    }
    return eventField(shape, kinds, label, path, true, (view, match) -> first(match.events(name)));
  }

  private static EventView first(List<EventView> events) {
    return events.isEmpty() ? null : events.get(0);
  }

  private static EventView last(List<EventView> events) {
    return events.isEmpty() ? null : events.get(events.size() - 1);
  }

  private static long sumFen(List<EventView> events) {
    long sum = 0;
    for (EventView view : events) {
      sum += FieldReader.amountFen(view.event());
    }
    return sum;
  }

  /** Picks the event that a name speaks of; null when the match has none. */
  private interface Pick {
    EventView of(EventView view, PartialMatch match);
  }

  private static Ref eventField(
      EventShape shape,
      Set<EventKind> kinds,
      String label,
      List<String> path,
      boolean partial,
      Pick pick)
      throws BadName {
    if (path.isEmpty()) {
      throw new BadName("'" + label + "' stands alone", "name a field, such as " + label + ".at");
    }
    if (path.equals(List.of("at"))) {
      return Ref.whole(partial, (view, match) -> at(pick.of(view, match)));
    }
    if (path.equals(List.of("amountFen")) && shape.transactions()) {
      return Ref.whole(partial, (view, match) -> amountFen(pick.of(view, match)));
    }
    FieldType type = type(shape, kinds, label, path);
    FieldReader.Reader reader = FieldReader.ofEvent(path, EventShape.records(kinds));
    return Ref.boxed(type, partial, (view, match) -> read(reader, pick.of(view, match)));
  }

  private static long at(EventView view) {
    return view == null ? Node.NO_INT : FieldReader.at(view.event());
  }

  private static long amountFen(EventView view) {
    return view == null ? Node.NO_INT : FieldReader.amountFen(view.event());
  }

  private static Object read(FieldReader.Reader reader, EventView view) {
    return view == null ? null : reader.of(view.event());
  }

  private static FieldType type(
      EventShape shape, Set<EventKind> kinds, String label, List<String> path) throws BadName {
    Map<String, FieldType> fields = shape.fields();
    FieldType type = null;
    String at = label;
    for (String name : path) {
      if (type != null && type.kind() != FieldType.Kind.RECORD) {
        throw new BadName("'" + at + "' has no fields", "end the name there");
      }
      if (type != null) {
        fields = RecordShape.of(type.schema()).fields();
      }
      type = fields.get(name);
      if (type == null) {
        throw unknownField(kinds, at, name, fields);
      }
      at = at + "." + name;
    }
    return type;
  }

  private static BadName unknownField(
      Set<EventKind> kinds, String label, String name, Map<String, FieldType> fields) {
    Set<String> known = new TreeSet<>(fields.keySet());
    known.add("at");
    if (RecordShape.HIDDEN.contains(name)) {
      return new BadName(
          "'" + label + "." + name + "' cannot be read by rules",
          "use " + label + ".at for event time");
    }
    List<String> elsewhere = EventShape.recordsWith(name);
    String words = String.join(", ", kinds.stream().map(EventKind::word).toList());
    if (!elsewhere.isEmpty()) {
      return new BadName(
          "'" + label + "' has no '" + name + "' for every kind it may be (" + words + ")",
          "only "
              + String.join(" and ", elsewhere)
              + " has it: name one kind a step, or use one of: "
              + String.join(", ", known));
    }
    return new BadName(
        "'" + label + "' has no '" + name + "' (" + words + ")", Spelling.hint(name, known));
  }

  /** A name that means nothing, with what is wrong and what would be right. */
  static final class BadName extends Exception {
    private static final long serialVersionUID = 1;
    private final String fix;

    BadName(String what, String fix) {
      super(what);
      this.fix = fix;
    }

    String fix() {
      return fix;
    }
  }

  /** True for the name whose use switches the default phase rule off. */
  static boolean isPhase(List<String> path) {
    return path.equals(List.of("event", "phase"));
  }
}
