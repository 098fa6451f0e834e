package dev.zhifu.stack.bench;

import dev.zhifu.bench.report.Runs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Whether everyone who ran the same rules over the same events found the same hits, and any. */
final class HitCheck {
  private static final List<String> OWN = List.of("engine", "match");

  private HitCheck() {}

  /** What is wrong, a line each; empty when nothing is. */
  static List<String> faults(Runs runs) {
    List<String> faults = new ArrayList<>();
    groups(runs)
        .forEach(
            (rules, configs) -> {
              if (runs.texts(configs, "hitsSha256").size() > 1) {
                faults.add(rules + " rules: different hits from " + String.join(", ", configs));
              }
              if (runs.texts(configs, "hits").contains("0")) {
                faults.add(rules + " rules: no hits; a longer stream is needed: --verify N");
              }
            });
    return faults;
  }

  /** Configurations over the city that match, by number of rules. */
  private static Map<String, List<String>> groups(Runs runs) {
    Map<String, List<String>> groups = new TreeMap<>();
    for (String config : runs.configs()) {
      String name = config.replaceAll("\\+.*", "");
      boolean matches =
          !config.contains("@")
              && (name.startsWith("cep-") || OWN.contains(name.replaceAll("-\\d+$", "")));
      if (matches && !runs.texts(List.of(config), "hits").isEmpty()) {
        groups.computeIfAbsent(name.replaceAll(".*-", ""), rules -> new ArrayList<>()).add(config);
      }
    }
    return groups;
  }
}
