package dev.zhifu.rules.language;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Parses, checks and compiles rule files (docs/rule-language.md). Thread-safe. What came of a text
 * is kept, since router and matching of every subtask read the same publications and CEL takes some
 * ten milliseconds for each.
 */
public final class RuleParser {
  /** Longest rule file, characters. */
  static final int LONGEST = 65_536;

  /** Results kept; past it all are forgotten and made anew when asked for. */
  private static final int MOST_KEPT = 4_096;

  private static final Map<File, RuleResult> KEPT = new ConcurrentHashMap<>();

  private record File(String name, String text) {}

  private RuleParser() {}

  /**
   * Parses one rule.
   *
   * @param fileName name for messages
   * @param yamlText the file's text
   * @return the rule and its sheet, or every fault of the file
   */
  public static RuleResult parse(String fileName, String yamlText) {
    if (KEPT.size() > MOST_KEPT) {
      KEPT.clear();
    }
    return KEPT.computeIfAbsent(
        new File(fileName, yamlText), file -> parseAnew(file.name, file.text));
  }

  private static RuleResult parseAnew(String fileName, String yamlText) {
    Problems problems = new Problems(fileName);
    if (yamlText.length() > LONGEST) {
      problems.fault(
          1,
          1,
          "the file has " + yamlText.length() + " characters",
          "a rule file has at most " + LONGEST);
      return failed(problems);
    }
    Node root = compose(yamlText, problems);
    return root == null ? failed(problems) : new RuleReader(problems, yamlText).read(root);
  }

  static RuleResult failed(Problems problems) {
    return new RuleResult(null, null, problems.faults(), problems.warnings());
  }

  private static Node compose(String text, Problems problems) {
    try {
      Optional<Node> root = new Compose(LoadSettings.builder().build()).composeString(text);
      if (root.isEmpty()) {
        problems.fault(1, 1, "the file is empty", "start with 'id: T02', for example");
      }
      return root.orElse(null);
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
      int column = e.getProblemMark().map(mark -> mark.getColumn() + 1).orElse(1);
      problems.fault(
          line,
          column,
          "this is not YAML: " + String.valueOf(e.getProblem()).strip(),
          "check indentation, quotes and colons at this place");
    } catch (YamlEngineException e) {
      List<String> lines = String.valueOf(e.getMessage()).lines().toList();
      problems.fault(
          1,
          1,
          "this is not YAML: " + (lines.isEmpty() ? "" : lines.get(0)),
          "write one YAML document");
    }
    return null;
  }
}
