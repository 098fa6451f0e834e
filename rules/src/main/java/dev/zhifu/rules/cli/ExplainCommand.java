package dev.zhifu.rules.cli;

import dev.zhifu.rules.language.RuleExplainer;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

/** {@code rules explain}: what a rule looks for, in words. */
@Command(
    name = "explain",
    description = "Says in words what a rule looks for, with its thresholds and sources.",
    mixinStandardHelpOptions = true)
final class ExplainCommand extends RuleCommand {

  @Override
  Answer answer(List<CatalogueRule> rules, PrintWriter out) {
    Map<String, String> texts = new LinkedHashMap<>();
    boolean ok = true;
    for (CatalogueRule rule : rules) {
      if (rule.result().ok()) {
        texts.put(rule.rule().id(), RuleExplainer.explain(rule.result()));
      } else {
        ok = false;
        rule.faults().forEach(fault -> out.println("fault  " + fault));
      }
    }
    out.print(String.join("\n", texts.values()));
    return new Answer(ok, Map.of("rules", texts));
  }
}
