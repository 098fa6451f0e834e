package dev.zhifu.rules.cli;

import dev.zhifu.rules.scenario.PureSubject;
import dev.zhifu.rules.scenario.ScenarioCheck;
import dev.zhifu.rules.scenario.ScenarioCheck.Outcome;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

/** {@code rules test}: runs scenarios and prints what differs. */
@Command(
    name = "test",
    description = "Runs the scenarios beside the rules and prints what differs.",
    mixinStandardHelpOptions = true)
final class TestCommand extends RuleCommand {

  @Override
  Answer answer(List<CatalogueRule> rules, PrintWriter out) {
    List<Map<String, Object>> results = new ArrayList<>();
    List<String> faults = new ArrayList<>();
    int run = 0;
    int failed = 0;
    for (CatalogueRule rule : rules) {
      faults.addAll(rule.faults());
      if (!rule.ok()) {
        out.printf("%-4s not run, it has faults%n", rule.folder());
        continue;
      }
      List<Outcome> outcomes = run(rule);
      print(rule, outcomes, out);
      outcomes.forEach(outcome -> results.add(result(rule, outcome)));
      run += outcomes.size();
      failed += (int) outcomes.stream().filter(outcome -> !outcome.ok()).count();
    }
    faults.forEach(fault -> out.println("fault  " + fault));
    out.printf("%d rules, %d scenarios, %d failed%n", rules.size(), run, failed);
    return new Answer(
        faults.isEmpty() && failed == 0,
        Map.of(
            "rules", rules.size(),
            "scenarios", run,
            "failed", failed,
            "faults", faults,
            "results", results));
  }

  private static List<Outcome> run(CatalogueRule rule) {
    PureSubject subject = new PureSubject();
    return rule.scenarios().stream()
        .map(scenario -> ScenarioCheck.run(scenario, List.of(rule.rule()), subject))
        .toList();
  }

  private static void print(CatalogueRule rule, List<Outcome> outcomes, PrintWriter out) {
    long failed = outcomes.stream().filter(outcome -> !outcome.ok()).count();
    out.printf(
        "%-4s %3d scenarios  %s%n",
        rule.rule().id(), outcomes.size(), failed == 0 ? "ok" : failed + " failed");
    for (Outcome outcome : outcomes) {
      if (!outcome.ok()) {
        out.printf(
            "  %s:%d: %s%n%s",
            outcome.scenario().file(),
            outcome.scenario().line(),
            outcome.scenario().name(),
            outcome.differences());
      }
    }
  }

  private static Map<String, Object> result(CatalogueRule rule, Outcome outcome) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("rule", rule.rule().id());
    result.put("version", rule.rule().version());
    result.put("scenario", outcome.scenario().name());
    result.put("line", outcome.scenario().line());
    result.put("ok", outcome.ok());
    result.put("missing", outcome.missing().stream().map(Object::toString).toList());
    result.put("unexpected", outcome.unexpected().stream().map(Object::toString).toList());
    return result;
  }
}
