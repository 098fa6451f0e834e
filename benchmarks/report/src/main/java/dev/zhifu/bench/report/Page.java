package dev.zhifu.bench.report;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The engine bench as one page that needs nothing else: tables, bars, and under them on what. */
public final class Page {
  static final String STYLE =
      "body{font:15px/1.5 sans-serif;max-width:62em;margin:2em auto;color:#222}"
          + "table{border-collapse:collapse;margin:1em 0}td,th{padding:.25em .8em;border-bottom:1px solid #ddd;text-align:right}"
          + "td:first-child,th:first-child{text-align:left}.met{color:#067d3f}.missed{color:#b3261e}"
          + "figcaption,.note{color:#666;font-size:13px}svg text{font:13px sans-serif}";
  private static final String RATE = "eventsPerCpuSecond";

  private final Runs runs;
  private final StringBuilder html = new StringBuilder();

  private Page(Runs runs) {
    this.runs = runs;
  }

  /** The page of these runs. */
  public static String of(Runs runs) {
    return new Page(runs).make();
  }

  private String make() {
    html.append(
            "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Zhifu: bench engine</title><style>")
        .append(STYLE)
        .append("</style><h1>Zhifu: the engine, its ceilings and its peers</h1>");
    targets();
    figure("Events per CPU-second", RATE);
    figure("Events per second", "eventsPerSecond");
    rates();
    hits();
    return html.append("</html>\n").toString();
  }

  private void targets() {
    html.append("<h2>Targets</h2><table><tr><th>what<th>target<th>measured<th>");
    for (Target target : Target.ENGINE) {
      String verdict = target.verdict(runs);
      html.append("<tr><td>")
          .append(text(target.what()))
          .append("<td>≥ ")
          .append(target.least())
          .append("<td>")
          .append(target.shown(runs))
          .append("<td class=\"")
          .append(verdict.replace(' ', '-'))
          .append("\">")
          .append(verdict);
    }
    html.append("</table>");
    note("Ratio of events per CPU-second in the same round, median over rounds.");
  }

  private void figure(String title, String figure) {
    List<String> configs = runs.configs();
    double most =
        configs.stream()
            .mapToDouble(config -> runs.median(config, figure))
            .filter(value -> !Double.isNaN(value))
            .max()
            .orElse(1);
    html.append("<h2>")
        .append(text(title))
        .append("</h2><figure>")
        .append(Bars.of(configs, config -> runs.median(config, figure), most))
        .append("</figure>");
    note("Median over rounds.");
  }

  private void rates() {
    html.append(
        "<h2>Every configuration</h2><table><tr><th>configuration<th>runs<th>events/CPU-s<th>least–most<th>events/s<th>µs CPU/event<th>event time, h<th>keys under way<th>checkpoint, MB<th>load");
    for (String config : runs.configs()) {
      List<Double> rates = runs.values(config, RATE);
      html.append("<tr><td>")
          .append(text(config))
          .append("<td>")
          .append(rates.size())
          .append("<td>")
          .append(whole(runs.median(config, RATE)))
          .append("<td>")
          .append(whole(rates.stream().mapToDouble(d -> d).min().orElse(Double.NaN)))
          .append("–")
          .append(whole(rates.stream().mapToDouble(d -> d).max().orElse(Double.NaN)))
          .append("<td>")
          .append(whole(runs.median(config, "eventsPerSecond")))
          .append("<td>")
          .append(decimal(runs.median(config, "cpuMicrosPerEvent")))
          .append("<td>")
          .append(decimal(runs.median(config, "eventHoursAfter")))
          .append("<td>")
          .append(whole(metric(config, "match.keysUnderWay")))
          .append("<td>")
          .append(decimal(metric(config, "lastCheckpointFullSize") / 1e6))
          .append("<td>")
          .append(decimal(runs.median(config, "loadAverage")));
    }
    html.append("</table>");
    note(
        "The longest window of the catalogue is 72 h: it is filled once event time has advanced by 86.4 h; a row that shows less flatters that configuration.");
  }

  private double metric(String config, String name) {
    return Median.of(
        runs.of(config).stream()
            .map(run -> run.path("metrics").path(name))
            .filter(node -> !node.isMissingNode())
            .map(node -> node.asDouble())
            .toList());
  }

  private void hits() {
    html.append(
        "<h2>Hits of the finite stream</h2><table><tr><th>configuration<th>events<th>hits<th>SHA-256 of their ids");
    for (String config : runs.configs()) {
      if (!runs.texts(List.of(config), "hits").isEmpty()) {
        html.append("<tr><td>")
            .append(text(config))
            .append("<td>")
            .append(String.join(" ", runs.texts(List.of(config), "verifiedEvents")))
            .append("<td>")
            .append(String.join(" ", runs.texts(List.of(config), "hits")))
            .append("<td>")
            .append(
                String.join(
                    " ",
                    runs.texts(List.of(config), "hitsSha256").stream()
                        .map(sha -> sha.substring(0, 16))
                        .toList()));
      }
    }
    html.append("</table>");
    note(
        "Same rules, same hash: the same hits, whoever found them. Events include the days before, which make no hits.");
  }

  /** A note, and on what the figure above was measured. */
  private void note(String text) {
    html.append("<p class=\"note\">").append(text(text));
    for (Map.Entry<String, String> about : runs.about().entrySet()) {
      html.append(" · ").append(text(about.getKey())).append(": ").append(text(about.getValue()));
    }
    html.append("</p>");
  }

  static String text(String raw) {
    return raw.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  static String whole(double value) {
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%,.0f", value);
  }

  private static String decimal(double value) {
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.1f", value);
  }
}
