package dev.zhifu.rules.cli;

import dev.zhifu.rules.language.Rule;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;

/** {@code rules list}: one line a rule. */
@Command(
    name = "list",
    description = "Lists rules with what they are matched on, their status and their scenarios.",
    mixinStandardHelpOptions = true)
final class ListCommand extends RuleCommand {
  private static final String FORMAT = "%-4s  %-7s  %-6s  %-9s  %7s  %9s  %-8s  %8s  %s%n";

  @Override
  Answer answer(List<CatalogueRule> rules, PrintWriter out) {
    out.printf(
        FORMAT,
        "id",
        "family",
        "status",
        "key",
        "version",
        "scenarios",
        "monotone",
        "partials",
        "name");
    List<Map<String, Object>> rows = new ArrayList<>();
    boolean ok = true;
    for (CatalogueRule rule : rules) {
      if (!rule.result().ok()) {
        ok = false;
        out.printf("%-4s  has faults; see: rules check %s%n", rule.folder(), rule.folder());
        continue;
      }
      Map<String, Object> row = row(rule);
      rows.add(row);
      out.printf(
          FORMAT,
          row.get("id"),
          row.get("family"),
          row.get("status"),
          row.get("key"),
          row.get("version"),
          row.get("scenarios"),
          rule.rule().monotone() ? "yes" : "no",
          row.get("worstPartials"),
          row.get("nameZh") + " / " + row.get("nameEn"));
    }
    return new Answer(ok, Map.of("rules", rows));
  }

  private static Map<String, Object> row(CatalogueRule entry) {
    Rule rule = entry.rule();
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("id", rule.id());
    row.put("nameZh", rule.nameZh());
    row.put("nameEn", rule.nameEn());
    row.put("family", rule.family().name());
    row.put("key", word(rule.keyKind()));
    row.put("status", word(entry.result().sheet().status()));
    row.put("version", rule.version());
    row.put("scenarios", entry.scenarios().size());
    row.put("monotone", rule.monotone());
    row.put("worstPartials", rule.worstPartials());
    row.put("weight", rule.weight());
    row.put("actions", rule.actions().stream().map(Enum::name).toList());
    row.put("textSha256", rule.textSha256());
    return row;
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
