package dev.zhifu.rules.cli;

import dev.zhifu.rules.language.RuleParser;
import dev.zhifu.rules.language.RuleResult;
import dev.zhifu.rules.scenario.Scenario;
import dev.zhifu.rules.scenario.ScenarioException;
import dev.zhifu.rules.scenario.ScenarioFile;
import dev.zhifu.rules.scenario.ScenarioProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Which rules a command is about: all of the catalogue, those of a folder, or those named. */
final class Selection {
  private static final String RULE_FILE = "rule.yaml";
  private static final String SCENARIO_FILE = "scenarios.yaml";
  private static final String CATALOGUE = "rules/catalogue";

  @Parameters(
      paramLabel = "DIR|RULE",
      description =
          "folders with rules, or ids of rules of the catalogue such as T02; without any, the whole catalogue",
      arity = "0..*")
  private List<String> chosen = List.of();

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  /**
   * Reads what was chosen, in the order of folder names.
   *
   * @throws ParameterException when an argument is neither a folder with rules nor a rule's id
   */
  List<CatalogueRule> read() throws IOException {
    List<Path> folders = new ArrayList<>();
    List<String> ids = new ArrayList<>();
    for (String each : chosen) {
      if (Files.isDirectory(Path.of(each))) {
        folders.add(Path.of(each));
      } else {
        ids.add(each);
      }
    }
    if (folders.isEmpty()) {
      folders.add(catalogue());
    }
    List<Path> found = new ArrayList<>();
    for (Path folder : folders) {
      found.addAll(ruleFolders(folder));
    }
    refuseUnknown(ids, found);
    return readAll(found, Set.copyOf(ids));
  }

  /** The catalogue of the clone that the launcher belongs to, else of the nearest folder above. */
  private Path catalogue() {
    String home = System.getProperty("zhifu.home");
    Path start = Path.of(home == null ? "" : home).toAbsolutePath();
    for (Path at = start; at != null; at = at.getParent()) {
      if (Files.isDirectory(at.resolve(CATALOGUE))) {
        return at.resolve(CATALOGUE);
      }
    }
    throw new ParameterException(
        spec.commandLine(),
        "no " + CATALOGUE + " at or above " + start + "; name a folder with rules");
  }

  private List<Path> ruleFolders(Path folder) throws IOException {
    if (Files.exists(folder.resolve(RULE_FILE))) {
      return List.of(folder.toAbsolutePath().normalize());
    }
    try (Stream<Path> inside = Files.list(folder)) {
      List<Path> found =
          inside
              .filter(each -> Files.exists(each.resolve(RULE_FILE)))
              .filter(each -> !each.getFileName().toString().startsWith("_"))
              .map(each -> each.toAbsolutePath().normalize())
              .sorted()
              .toList();
      if (found.isEmpty()) {
        throw new ParameterException(
            spec.commandLine(),
            folder + " holds no rule; each rule is a folder with a " + RULE_FILE);
      }
      return found;
    }
  }

  private void refuseUnknown(List<String> ids, List<Path> found) {
    Set<String> names = new HashSet<>();
    found.forEach(each -> names.add(each.getFileName().toString()));
    for (String id : ids) {
      if (!names.contains(id)) {
        throw new ParameterException(
            spec.commandLine(),
            id
                + " is neither a folder nor a rule; there are "
                + String.join(", ", names.stream().sorted().toList()));
      }
    }
  }

  private static List<CatalogueRule> readAll(List<Path> folders, Set<String> ids)
      throws IOException {
    List<CatalogueRule> rules = new ArrayList<>();
    for (Path folder : folders) {
      if (ids.isEmpty() || ids.contains(folder.getFileName().toString())) {
        rules.add(readOne(folder));
      }
    }
    return rules;
  }

  private static CatalogueRule readOne(Path folder) throws IOException {
    String name = folder.getFileName().toString();
    RuleResult result =
        RuleParser.parse(name + "/" + RULE_FILE, Files.readString(folder.resolve(RULE_FILE)));
    Path file = folder.resolve(SCENARIO_FILE);
    if (!Files.exists(file)) {
      return CatalogueRule.of(name, result, List.of(), List.of());
    }
    try {
      List<Scenario> scenarios = ScenarioFile.read(file);
      return CatalogueRule.of(name, result, scenarios, List.of());
    } catch (ScenarioException e) {
      List<String> faults = e.problems().stream().map(ScenarioProblem::toString).toList();
      return CatalogueRule.of(name, result, List.of(), faults);
    }
  }
}
