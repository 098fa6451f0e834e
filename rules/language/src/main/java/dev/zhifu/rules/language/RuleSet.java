package dev.zhifu.rules.language;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Rules loaded together, or all their faults at once.
 *
 * @param results what came of each file, in the order of their names
 * @param problems every fault of every file, and of the set as a whole
 */
public record RuleSet(List<RuleResult> results, List<RuleProblem> problems) {

  /**
   * Loads a catalogue: folders named by rule id, each with a {@code rule.yaml}; folders whose name
   * starts with an underscore are left out.
   *
   * @throws IOException when the directory cannot be read
   */
  public static RuleSet ofDirectory(Path catalogue) throws IOException {
    Map<String, String> texts = new LinkedHashMap<>();
    List<RuleProblem> missing = new ArrayList<>();
    try (Stream<Path> folders = Files.list(catalogue)) {
      for (Path folder :
          folders
              .filter(Files::isDirectory)
              .filter(path -> !name(path).startsWith("_"))
              .sorted()
              .toList()) {
        Path file = folder.resolve("rule.yaml");
        if (Files.exists(file)) {
          texts.put(name(folder) + "/rule.yaml", Files.readString(file));
        } else {
          missing.add(
              new RuleProblem(
                  name(folder),
                  1,
                  1,
                  "the folder has no rule.yaml",
                  "add the rule, or remove the folder"));
        }
      }
    }
    RuleSet set = ofTexts(texts);
    List<RuleProblem> problems = new ArrayList<>(missing);
    problems.addAll(set.problems());
    problems.addAll(misplaced(set.results(), texts));
    return new RuleSet(set.results(), List.copyOf(problems));
  }

  /**
   * Loads rules from texts, such as the documents of publications.
   *
   * @param texts file name, for messages, to text
   */
  public static RuleSet ofTexts(Map<String, String> texts) {
    List<RuleResult> results = new ArrayList<>();
    List<RuleProblem> problems = new ArrayList<>();
    Map<String, String> seen = new LinkedHashMap<>();
    texts.forEach(
        (file, text) -> {
          RuleResult result = RuleParser.parse(file, text);
          results.add(result);
          problems.addAll(result.problems());
          if (result.ok()) {
            refuseTwice(file, result.rule(), seen, problems);
          }
        });
    return new RuleSet(List.copyOf(results), List.copyOf(problems));
  }

  private static void refuseTwice(
      String file, Rule rule, Map<String, String> seen, List<RuleProblem> problems) {
    String key = rule.id() + " version " + rule.version();
    String other = seen.putIfAbsent(key, file);
    if (other != null) {
      problems.add(
          new RuleProblem(
              file,
              1,
              1,
              key + " stands in " + other + " too",
              "give one of them another id or a higher version"));
    }
  }

  private static List<RuleProblem> misplaced(List<RuleResult> results, Map<String, String> texts) {
    List<RuleProblem> problems = new ArrayList<>();
    List<String> files = List.copyOf(texts.keySet());
    for (int i = 0; i < results.size(); i++) {
      String file = files.get(i);
      Rule rule = results.get(i).rule();
      if (rule != null && !file.equals(rule.id() + "/rule.yaml")) {
        problems.add(
            new RuleProblem(
                file,
                1,
                1,
                "the rule in this folder is " + rule.id(),
                "name the folder " + rule.id()));
      }
    }
    return problems;
  }

  private static String name(Path path) {
    return path.getFileName().toString();
  }

  /** True when every rule can run. */
  public boolean ok() {
    return problems.isEmpty();
  }

  /** The rules without faults, in the order of their files. */
  public List<Rule> rules() {
    return results.stream().filter(RuleResult::ok).map(RuleResult::rule).toList();
  }

  /** The rules whose files say {@code status: live}. */
  public List<Rule> liveRules() {
    return results.stream()
        .filter(result -> result.ok() && result.sheet().status() == RuleSheet.Status.LIVE)
        .map(RuleResult::rule)
        .toList();
  }

  /** Everything an author should look at. */
  public List<RuleProblem> warnings() {
    return results.stream().flatMap(result -> result.warnings().stream()).toList();
  }

  /**
   * This set.
   *
   * @throws IllegalArgumentException naming every fault when there are any
   */
  public RuleSet orThrow() {
    if (!ok()) {
      StringBuilder text = new StringBuilder("The rules have faults:");
      problems.forEach(problem -> text.append('\n').append(problem));
      throw new IllegalArgumentException(text.toString());
    }
    return this;
  }
}
