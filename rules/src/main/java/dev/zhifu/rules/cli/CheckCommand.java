package dev.zhifu.rules.cli;

import dev.zhifu.rules.language.EventKind;
import dev.zhifu.rules.language.Rule;
import dev.zhifu.rules.language.RuleProblem;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

/**
 * {@code rules check}: every fault and warning of rule and scenario files, and what a rule costs.
 */
@Command(
    name = "check",
    description = "Checks rule and scenario files; prints every fault with file and line.",
    mixinStandardHelpOptions = true)
final class CheckCommand extends RuleCommand {

  @Override
  Answer answer(List<CatalogueRule> rules, PrintWriter out) {
    List<String> faults = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    for (CatalogueRule rule : rules) {
      faults.addAll(rule.faults());
      rule.result().warnings().stream().map(RuleProblem::toString).forEach(warnings::add);
      if (rule.ok()) {
        out.println(line(rule));
      }
    }
    faults.forEach(fault -> out.println("fault    " + fault));
    warnings.forEach(warning -> out.println("warning  " + warning));
    out.printf("%d rules, %d faults, %d warnings%n", rules.size(), faults.size(), warnings.size());
    return new Answer(
        faults.isEmpty(), Map.of("rules", rules.size(), "faults", faults, "warnings", warnings));
  }

  private static String line(CatalogueRule entry) {
    Rule rule = entry.rule();
    StringBuilder line = new StringBuilder();
    line.append(
        "ok       %s version %d: %s, at most %d partial matches a key"
            .formatted(
                rule.id(),
                rule.version(),
                rule.monotone() ? "monotone" : "not monotone",
                rule.worstPartials()));
    if (rule.keepsAll()) {
      line.append(", keeps every ").append(kinds(rule)).append(" of keys under way");
    }
    if (entry.result().sheet().withheld()) {
      line.append(", its skip strategy may hold finished matches back");
    }
    return line.toString();
  }

  private static String kinds(Rule rule) {
    return rule.over().stream().map(EventKind::word).sorted().collect(Collectors.joining(", "));
  }
}
