package dev.zhifu.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Every target of a benchmark with what was measured; none is ever left out. */
public final class TargetTable {
  private TargetTable() {}

  /**
   * The targets as Markdown, under them on what the figures were measured, and where the time goes
   * that a missed one lacks.
   */
  public static String markdown(Runs runs, List<Target> targets) {
    StringBuilder text = new StringBuilder();
    text.append("| target | wanted | figure | met or missed |\n|---|---|---|---|\n");
    for (Target target : targets) {
      text.append("| %s | %s | %s | %s |\n".formatted((Object[]) row(runs, target)));
    }
    text.append('\n').append(String.join(" · ", below(runs, targets))).append('\n');
    return text.append(Spent.markdown(runs, targets)).toString();
  }

  /** The same for a terminal, a line a target. */
  public static List<String> lines(Runs runs, List<Target> targets) {
    List<String[]> rows = new ArrayList<>();
    rows.add(new String[] {"target", "wanted", "figure", "met or missed"});
    targets.forEach(target -> rows.add(row(runs, target)));
    int what = rows.stream().mapToInt(row -> row[0].length()).max().orElse(1);
    int wanted = rows.stream().mapToInt(row -> row[1].length()).max().orElse(1);
    String format = "%-" + what + "s | %-" + wanted + "s | %10s | %s";
    return rows.stream().map(row -> format.formatted((Object[]) row)).toList();
  }

  /** The same as a list of maps, for JSON. */
  public static List<Map<String, Object>> rows(Runs runs, List<Target> targets) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Target target : targets) {
      Map<String, Object> row = new java.util.LinkedHashMap<>();
      double measured = target.measured(runs);
      row.put("target", target.what());
      row.put("config", target.config());
      row.put("to", target.to());
      row.put("figure", target.figure());
      row.put("least", target.least());
      row.put("measured", Double.isNaN(measured) ? null : measured);
      row.put("verdict", target.verdict(runs));
      rows.add(row);
    }
    return rows;
  }

  private static String[] row(Runs runs, Target target) {
    String verdict = target.verdict(runs);
    String shortBy = target.shortBy(runs);
    return new String[] {
      target.what(),
      target.wanted(),
      target.shown(runs),
      shortBy.isEmpty() ? verdict : verdict + " " + shortBy
    };
  }

  private static List<String> below(Runs runs, List<Target> targets) {
    List<String> below = new ArrayList<>();
    runs.about().forEach((name, value) -> below.add(name + ": " + value));
    List<String> configs = new ArrayList<>();
    targets.forEach(
        target -> {
          configs.add(target.config());
          configs.add(target.to());
        });
    below.add(runs.load(configs));
    return below;
  }
}
