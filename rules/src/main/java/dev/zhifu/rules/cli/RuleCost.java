package dev.zhifu.rules.cli;

import dev.zhifu.rules.language.EventKind;
import dev.zhifu.rules.language.Rule;
import dev.zhifu.rules.stream.RuleShares;
import dev.zhifu.rules.stream.Share;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What {@code rules check} says of one sound rule.
 *
 * @param entry the rule
 * @param shares what it sees of the events given; null when none were
 */
record RuleCost(CatalogueRule entry, RuleShares shares) {
  /** Most events of a city that should begin a sequence, percent. */
  static final double MOST_STARTS = 1;

  private static final String INDENT = "         ";

  List<String> lines() {
    List<String> lines = new ArrayList<>(List.of(head(), INDENT + "features: " + features()));
    if (shares == null) {
      lines.add(INDENT + "selectivity: not measured; name events by --events");
    } else {
      lines.add(
          INDENT
              + "selectivity: of the events %s begin a sequence, %s must be shown to it; %,d hits"
                  .formatted(percent(shares.starts()), percent(shares.relevant()), shares.hits()));
      lines.add(
          INDENT
              + "steps: "
              + shares.steps().entrySet().stream()
                  .map(step -> step.getKey() + " " + percent(step.getValue()))
                  .collect(Collectors.joining(", ")));
    }
    return lines;
  }

  private String head() {
    Rule rule = entry.rule();
    StringBuilder line = new StringBuilder();
    line.append(
        "ok       %s version %d: %s, at most %d partial matches a key, %s"
            .formatted(
                rule.id(),
                rule.version(),
                rule.monotone() ? "monotone" : "not monotone",
                rule.worstPartials(),
                withholds()
                    ? "its skip strategy may hold finished matches back"
                    : "no hit withheld"));
    if (rule.keepsAll()) {
      line.append(", keeps every ").append(kinds(rule)).append(" of keys under way");
    }
    return line.toString();
  }

  private boolean withholds() {
    return entry.result().sheet().withheld();
  }

  private String features() {
    return entry.rule().features().isEmpty()
        ? "none"
        : String.join(", ", new TreeSet<>(entry.rule().features()));
  }

  private static String kinds(Rule rule) {
    return rule.over().stream().map(EventKind::word).sorted().collect(Collectors.joining(", "));
  }

  List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    if (shares == null) {
      return warnings;
    }
    String file = entry.folder() + "/rule.yaml: ";
    if (shares.starts().percent() > MOST_STARTS) {
      warnings.add(
          file
              + percent(shares.starts())
              + " of the events begin a sequence, more than 1 %; begin with a rarer event, or make a"
              + " feature of the first step and begin with the next");
    }
    if (shares.overflowed() > 0) {
      warnings.add(
          file
              + "reached the cap of partial matches "
              + shares.overflowed()
              + " times; narrow the first steps or shorten the window");
    }
    return warnings;
  }

  Map<String, Object> json() {
    Rule rule = entry.rule();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", rule.id());
    json.put("version", rule.version());
    json.put("monotone", rule.monotone());
    json.put("worstPartials", rule.worstPartials());
    json.put("keepsAll", rule.keepsAll());
    json.put("mayWithholdHits", withholds());
    json.put("features", new TreeSet<>(rule.features()));
    if (shares != null) {
      json.put("starts", json(shares.starts()));
      json.put("relevant", json(shares.relevant()));
      Map<String, Object> steps = new LinkedHashMap<>();
      shares.steps().forEach((step, share) -> steps.put(step, json(share)));
      json.put("steps", steps);
      json.put("hits", shares.hits());
      json.put("overflowed", shares.overflowed());
    }
    return json;
  }

  static Map<String, Object> json(Share share) {
    return Map.of("events", share.events(), "share", share.share());
  }

  static String percent(Share share) {
    return String.format(Locale.ROOT, "%.3f %%", share.percent());
  }
}
