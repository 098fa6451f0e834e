package dev.zhifu.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Whether everyone who ran the same rules over the same events found the same hits, and any. */
public final class Compared {
  private static final List<String> CITY = List.of("engine", "match", "cep-event", "cep-prefilter");
  private static final List<String> SINGLE = List.of("single", "esper");

  private Compared() {}

  /**
   * True when the hits of this configuration are compared with others'. Ceilings make none; in
   * processing time windows go by the wall clock, so that hits differ; and what differs in cache or
   * lateness alone is covered by the base.
   */
  public static boolean compares(String config) {
    return !config.contains("@") && !config.contains("+") && group(config) != null;
  }

  /** What is wrong, a line each; empty when nothing is. */
  public static List<String> faults(Runs runs) {
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
    for (String config : runs.configs()) {
      for (String why : runs.texts(List.of(config), "failed")) {
        faults.add(config + " was not measured: " + why.lines().findFirst().orElse("no reason"));
      }
    }
    return faults;
  }

  private static Map<String, List<String>> groups(Runs runs) {
    Map<String, List<String>> groups = new TreeMap<>();
    for (String config : runs.configs()) {
      if (compares(config) && !runs.texts(List.of(config), "hits").isEmpty()) {
        groups.computeIfAbsent(group(config), rules -> new ArrayList<>()).add(config);
      }
    }
    return groups;
  }

  /** Same group, same rules over the same events; null when it finds nothing. */
  static String group(String config) {
    String kind = config.replaceAll("-\\d+$", "");
    String rules = config.replaceAll(".*-", "");
    if (CITY.contains(kind)) {
      return rules;
    }
    return SINGLE.contains(kind) ? "single-key " + rules : null;
  }
}
