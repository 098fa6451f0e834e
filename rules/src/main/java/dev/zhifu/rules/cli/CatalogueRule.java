package dev.zhifu.rules.cli;

import dev.zhifu.rules.language.Rule;
import dev.zhifu.rules.language.RuleProblem;
import dev.zhifu.rules.language.RuleResult;
import dev.zhifu.rules.language.RuleSheet;
import dev.zhifu.rules.matching.PatternCompiler;
import dev.zhifu.rules.matching.RuleCompilationException;
import dev.zhifu.rules.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;

/**
 * One folder of a catalogue, read.
 *
 * @param folder its name
 * @param result what came of the rule file
 * @param scenarios its scenarios; empty when it has none or they have faults
 * @param faults everything wrong with it, scenarios included
 */
record CatalogueRule(
    String folder, RuleResult result, List<Scenario> scenarios, List<String> faults) {

  static CatalogueRule of(
      String folder, RuleResult result, List<Scenario> scenarios, List<String> scenarioFaults) {
    List<String> faults = new ArrayList<>();
    result.problems().stream().map(RuleProblem::toString).forEach(faults::add);
    faults.addAll(scenarioFaults);
    if (result.ok() && !result.rule().id().equals(folder)) {
      faults.add(
          folder
              + "/rule.yaml:1: the rule is "
              + result.rule().id()
              + "; name the folder after it");
    }
    if (result.ok()) {
      compile(folder, result.rule(), faults);
    }
    if (isLive(result) && scenarios.isEmpty() && scenarioFaults.isEmpty()) {
      faults.add(
          folder + ": a live rule has no scenarios.yaml; write what it must and must not hit");
    }
    return new CatalogueRule(folder, result, scenarios, List.copyOf(faults));
  }

  /** What the reader let pass and the library would refuse at the first event. */
  private static void compile(String folder, Rule rule, List<String> faults) {
    try {
      PatternCompiler.compile(rule);
    } catch (RuleCompilationException e) {
      faults.add(folder + "/rule.yaml:1: " + e.getMessage());
    }
  }

  private static boolean isLive(RuleResult result) {
    return result.ok() && result.sheet().status() == RuleSheet.Status.LIVE;
  }

  /** True when rule and scenarios can run. */
  boolean ok() {
    return faults.isEmpty();
  }

  Rule rule() {
    return result.rule();
  }
}
