package dev.zhifu.rules.language;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * One mapping of the file. Every getter reports its own faults; {@link #refuseOthers} reports keys
 * that nobody asked for.
 */
final class Fields {
  private final Node node;
  private final String what;
  private final Problems problems;
  private final Map<String, Node> values = new LinkedHashMap<>();
  private final Map<String, Node> keys = new LinkedHashMap<>();
  private final Set<String> asked = new TreeSet<>();

  private Fields(Node node, String what, Problems problems) {
    this.node = node;
    this.what = what;
    this.problems = problems;
  }

  /**
   * Reads a node that should be a mapping.
   *
   * @param what the thing described, for messages
   * @return its fields; none when it is something else, which is a fault
   */
  static Fields of(Node node, String what, Problems problems) {
    Fields fields = new Fields(node, what, problems);
    if (!(node instanceof MappingNode mapping)) {
      problems.fault(
          node, what + " is not a table of 'key: value' lines", "write one 'key: value' a line");
      return fields;
    }
    for (NodeTuple tuple : mapping.getValue()) {
      fields.add(tuple);
    }
    return fields;
  }

  private void add(NodeTuple tuple) {
    if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
      problems.fault(
          tuple.getKeyNode(), what + " has a key that is not a word", "write a plain word");
      return;
    }
    if (values.put(key.getValue(), tuple.getValueNode()) != null) {
      problems.fault(key, "'" + key.getValue() + "' stands twice in " + what, "keep one of them");
    }
    keys.put(key.getValue(), key);
  }

  Node node() {
    return node;
  }

  Set<String> names() {
    return values.keySet();
  }

  Node keyNode(String key) {
    return keys.get(key);
  }

  /** The value's node, or null when the key is missing. */
  Node optional(String key) {
    asked.add(key);
    return values.get(key);
  }

  /** The value's node, or null, with a fault, when the key is missing. */
  Node required(String key, String example) {
    Node value = optional(key);
    if (value == null) {
      problems.fault(
          node, what + " has no '" + key + "'", "add a line '" + key + ": " + example + "'");
    }
    return value;
  }

  /** The text of a required key; empty, with a fault, when it is missing or empty. */
  String text(String key, String example) {
    Node value = required(key, example);
    return value == null ? "" : textOf(value, "'" + key + "' of " + what, example);
  }

  /** The text of a key that may be missing, null then. */
  String optionalText(String key, String example) {
    Node value = optional(key);
    return value == null ? null : textOf(value, "'" + key + "' of " + what, example);
  }

  private String textOf(Node value, String name, String example) {
    if (value instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
      return scalar.getValue().strip();
    }
    problems.fault(
        value, name + " is empty or not a single value", "write for example '" + example + "'");
    return "";
  }

  /** A yes or no; false when the key is missing. */
  boolean flag(String key) {
    return flag(key, false);
  }

  boolean flag(String key, boolean missing) {
    String text = optionalText(key, "true");
    if (text == null || text.isEmpty()) {
      return missing;
    }
    if (!text.equals("true") && !text.equals("false")) {
      problems.fault(
          values.get(key),
          "'" + key + "' of " + what + " is '" + text + "'",
          "write true or false");
    }
    return text.equals("true");
  }

  /** A word of a closed list, or null, with a fault. */
  String word(String key, Set<String> known, String example) {
    String text = text(key, example);
    return text.isEmpty() ? null : known(values.get(key), key, text, known);
  }

  /** A word of a closed list; null when missing, or, with a fault, when unknown. */
  String optionalWord(String key, Set<String> known, String example) {
    String text = optionalText(key, example);
    return text == null || text.isEmpty() ? null : known(values.get(key), key, text, known);
  }

  private String known(Node value, String key, String text, Set<String> known) {
    if (known.contains(text)) {
      return text;
    }
    problems.fault(
        value,
        "'" + key + "' of " + what + " is '" + text + "', which is not known",
        Spelling.hint(text, known));
    return null;
  }

  /** The nodes of a list; one scalar counts as a list of one. Empty when the key is missing. */
  List<Node> list(String key) {
    Node value = optional(key);
    if (value == null) {
      return List.of();
    }
    if (value instanceof SequenceNode sequence) {
      return sequence.getValue();
    }
    if (value instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
      return List.of(value);
    }
    problems.fault(
        value, "'" + key + "' of " + what + " is not a list", "write '" + key + ": [one, two]'");
    return List.of();
  }

  /** The words of a list, each of a closed list; unknown ones are faults and left out. */
  List<String> words(String key, Set<String> known, String kind) {
    List<String> words = new ArrayList<>();
    for (Node item : list(key)) {
      String text = item instanceof ScalarNode scalar ? scalar.getValue() : "";
      if (!known.contains(text)) {
        problems.fault(
            item,
            "'" + text + "' in '" + key + "' of " + what + " is no " + kind,
            Spelling.hint(text, known));
      } else if (words.contains(text)) {
        problems.fault(
            item, "'" + text + "' stands twice in '" + key + "' of " + what, "keep one of them");
      } else {
        words.add(text);
      }
    }
    return words;
  }

  /** A whole number from min to max; min, with a fault, when it is something else. */
  int whole(String key, Node value, int min, int max) {
    String text = value instanceof ScalarNode scalar ? scalar.getValue().strip() : "";
    if (text.matches("-?\\d{1,9}")) {
      int number = Integer.parseInt(text);
      if (number >= min && number <= max) {
        return number;
      }
    }
    problems.fault(
        value,
        "'"
            + key
            + "' of "
            + what
            + " is "
            + (text.isEmpty() ? "not a single value" : "'" + text + "'"),
        "write a whole number from " + min + " to " + max);
    return min;
  }

  /** Reports every key that was never asked for. */
  void refuseOthers() {
    for (String key : values.keySet()) {
      if (!asked.contains(key)) {
        problems.fault(
            keys.get(key), "'" + key + "' is no key of " + what, Spelling.hint(key, asked));
      }
    }
  }
}
