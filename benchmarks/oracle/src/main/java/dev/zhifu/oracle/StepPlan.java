package dev.zhifu.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** One step of a random rule, on its way to the rule's text. */
final class StepPlan {
  final String name;
  String then = "";
  List<String> kinds = new ArrayList<>();
  String where = "";
  int min = 1;
  int max = 1;
  boolean optional;
  boolean greedy;
  boolean consecutive;
  boolean combinations;
  int withinPrevious;
  boolean evidence = true;

  StepPlan(String name) {
    this.name = name;
  }

  boolean negated() {
    return then.startsWith("not");
  }

  boolean is(String how) {
    return then.equals(how);
  }

  boolean open() {
    return optional || min != max;
  }

  String yaml() {
    StringBuilder text = new StringBuilder("  - step: " + name + "\n");
    line(text, "then", then);
    line(text, "on", kinds.stream().collect(Collectors.joining(", ", "[", "]")));
    line(text, "where", where.isEmpty() ? "" : "\"" + where + "\"");
    if (max > 1) {
      line(text, "times", "{min: " + min + ", max: " + max + "}");
    }
    flag(text, "optional", optional);
    flag(text, "greedy", greedy);
    flag(text, "consecutive", consecutive);
    flag(text, "combinations", combinations);
    line(text, "withinPrevious", withinPrevious == 0 ? "" : withinPrevious + "s");
    line(text, "evidence", evidence ? "" : "false");
    return text.toString();
  }

  private static void line(StringBuilder text, String key, String value) {
    if (!value.isEmpty()) {
      text.append("    ").append(key).append(": ").append(value).append('\n');
    }
  }

  private static void flag(StringBuilder text, String key, boolean value) {
    line(text, key, value ? "true" : "");
  }
}
