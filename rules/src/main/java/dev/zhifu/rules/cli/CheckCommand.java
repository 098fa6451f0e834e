package dev.zhifu.rules.cli;

import dev.zhifu.rules.language.Rule;
import dev.zhifu.rules.language.RuleProblem;
import dev.zhifu.rules.stream.EventFileException;
import dev.zhifu.rules.stream.EventFiles;
import dev.zhifu.rules.stream.RuleShares;
import dev.zhifu.rules.stream.Selectivity;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code rules check}: every fault and warning of rule and scenario files, and what a rule costs;
 * with {@code --events} also which share of a recorded stream each step takes.
 */
@Command(
    name = "check",
    description =
        "Checks rule and scenario files; prints every fault with file and line, and what each rule costs.",
    mixinStandardHelpOptions = true)
final class CheckCommand extends RuleCommand {
  @Option(
      names = "--events",
      arity = "1..*",
      paramLabel = "FILE",
      description =
          "measure on these events: city_bank, city_access and city_telecom of a written city, or the like; JSON lines, gzipped or not")
  private List<Path> events = List.of();

  @Spec private CommandSpec spec;

  @Override
  Answer answer(List<CatalogueRule> rules, PrintWriter out) {
    List<String> faults = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    for (CatalogueRule rule : rules) {
      faults.addAll(rule.faults());
      rule.result().warnings().stream().map(RuleProblem::toString).forEach(warnings::add);
    }
    List<CatalogueRule> sound = rules.stream().filter(CatalogueRule::ok).toList();
    Selectivity.Result stream = events.isEmpty() ? null : measure(sound);
    List<Map<String, Object>> each = new ArrayList<>();
    for (CatalogueRule rule : sound) {
      RuleCost cost = new RuleCost(rule, shares(stream, rule.rule()));
      cost.lines().forEach(out::println);
      warnings.addAll(cost.warnings());
      each.add(cost.json());
    }
    StreamCost whole = stream == null ? null : new StreamCost(stream);
    if (whole != null) {
      whole.lines().forEach(out::println);
      warnings.addAll(whole.warnings());
    }
    faults.forEach(fault -> out.println("fault    " + fault));
    warnings.forEach(warning -> out.println("warning  " + warning));
    out.printf("%d rules, %d faults, %d warnings%n", rules.size(), faults.size(), warnings.size());
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("rules", rules.size());
    json.put("faults", faults);
    json.put("warnings", warnings);
    json.put("each", each);
    json.put("stream", whole == null ? null : whole.json());
    return new Answer(faults.isEmpty(), json);
  }

  private static RuleShares shares(Selectivity.Result stream, Rule rule) {
    return stream == null ? null : stream.rules().get(rule.id());
  }

  private Selectivity.Result measure(List<CatalogueRule> rules) {
    try (EventFiles stream = new EventFiles(events)) {
      return Selectivity.of(rules.stream().map(CatalogueRule::rule).toList(), stream);
    } catch (EventFileException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }
}
