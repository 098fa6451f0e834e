package dev.zhifu.rules.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads {@code parameters:}, the named thresholds with unit and grade. */
final class ParameterReader {
  private static final Set<String> DECIMAL = Set.of("share", "ratio");
  private static final Set<String> UNITS =
      new TreeSet<>(
          List.of(
              "yuan",
              "fen",
              "duration",
              "seconds",
              "minutes",
              "hours",
              "days",
              "nights",
              "accounts",
              "calls",
              "events",
              "lenders",
              "years",
              "share",
              "ratio"));

  private final Problems problems;

  ParameterReader(Problems problems) {
    this.problems = problems;
  }

  List<RuleSheet.Parameter> read(Node node) {
    List<RuleSheet.Parameter> parameters = new ArrayList<>();
    if (node == null) {
      return parameters;
    }
    Fields fields = Fields.of(node, "'parameters'", problems);
    for (String name : List.copyOf(fields.names())) {
      if (!name.matches("[a-z][A-Za-z0-9]{0,40}")) {
        problems.fault(
            fields.keyNode(name),
            "the parameter name '" + name + "' is not a plain word",
            "write letters and digits, starting with a small letter");
      }
      parameters.add(
          parameter(name, Fields.of(fields.optional(name), "parameter '" + name + "'", problems)));
    }
    return parameters;
  }

  private RuleSheet.Parameter parameter(String name, Fields fields) {
    String written = fields.text("default", "5000");
    String unit = fields.word("unit", UNITS, "yuan");
    String grade = fields.word("grade", Set.of("published", "default"), "default");
    String source = fields.optionalText("source", "the publication");
    fields.refuseOthers();
    boolean published = "published".equals(grade);
    if (published && source == null) {
      problems.fault(
          fields.node(),
          "parameter '" + name + "' is published and has no 'source'",
          "name the publication, or write grade: default");
    }
    if (source != null) {
      Unverified.refuse(problems, fields.optional("source"), source);
    }
    return new RuleSheet.Parameter(
        name,
        written,
        value(name, fields, written, unit),
        String.valueOf(unit),
        published,
        source == null ? "" : source);
  }

  private Object value(String name, Fields fields, String written, String unit) {
    if (unit == null || written.isEmpty()) {
      return 0L;
    }
    Object value = value(written, unit);
    if (value == null) {
      problems.fault(
          fields.optional("default"),
          "the default of parameter '" + name + "' is '" + written + "', which is no " + unit,
          example(unit));
      return DECIMAL.contains(unit) ? (Object) 0.0 : (Object) 0L;
    }
    return value;
  }

  private static Object value(String written, String unit) {
    if (unit.equals("duration")) {
      long ms = Durations.parse(written);
      return ms < 0 ? null : (Long) ms;
    }
    if (DECIMAL.contains(unit)) {
      return written.matches("-?\\d{1,6}(\\.\\d{1,9})?") ? Double.valueOf(written) : null;
    }
    if (!written.matches("-?\\d{1,12}")) {
      return null;
    }
    long number = Long.parseLong(written);
    return unit.equals("yuan") ? number * 100 : number;
  }

  private static String example(String unit) {
    return switch (unit) {
      case "duration" -> "write 30s, 10m, 2h or 3d";
      case "share", "ratio" -> "write a decimal such as 0.8";
      default -> "write a whole number such as 5";
    };
  }
}
