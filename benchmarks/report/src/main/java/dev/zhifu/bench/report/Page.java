package dev.zhifu.bench.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A benchmark as one page that needs nothing else: tables, bars, and under them on what. */
public final class Page {
  static final String STYLE =
      "body{font:15px/1.5 sans-serif;max-width:62em;margin:2em auto;color:#222}"
          + "table{border-collapse:collapse;margin:1em 0;display:block;overflow-x:auto}pre{overflow-x:auto}p{overflow-wrap:anywhere}td,th{padding:.25em .8em;border-bottom:1px solid #ddd;text-align:right}"
          + "td:first-child,th:first-child{text-align:left}.met{color:#067d3f}.missed{color:#b3261e}"
          + "figcaption,.note{color:#666;font-size:13px}svg text{font:13px sans-serif}";
  private static final String RATE = "eventsPerCpuSecond";

  private final String title;
  private final Runs runs;
  private final List<Target> targets;
  private final List<Sweep> sweeps;
  private final StringBuilder html = new StringBuilder();

  private Page(String title, Runs runs, List<Target> targets, List<Sweep> sweeps) {
    this.title = title;
    this.runs = runs;
    this.targets = targets;
    this.sweeps = sweeps;
  }

  /** The page of the engine bench. */
  public static String of(Runs runs) {
    return new Page(
            "bench engine: the engine, its ceilings and its peers",
            runs,
            Target.ENGINE,
            Sweep.ENGINE)
        .make();
  }

  /** The page of the city bench. */
  public static String ofCity(Runs runs) {
    return new Page(
            "bench city: city and engine in one JVM without Kafka", runs, Target.CITY, List.of())
        .make();
  }

  private String make() {
    html.append(head(title));
    targets();
    figure("Events per CPU-second", RATE);
    figure("Events per second", "eventsPerSecond");
    sweeps.forEach(this::sweep);
    rates();
    state();
    tasks();
    rules();
    hits();
    return html.append("</html>\n").toString();
  }

  static String head(String title) {
    return "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Zhifu: "
        + text(title)
        + "</title><style>"
        + STYLE
        + "</style><h1>Zhifu: "
        + text(title)
        + "</h1>";
  }

  private void targets() {
    html.append("<h2>Targets</h2><table><tr><th>what<th>target<th>measured<th>");
    List<String> configs = new ArrayList<>();
    for (Target target : targets) {
      String verdict = target.verdict(runs);
      html.append("<tr><td>")
          .append(text(target.what()))
          .append("<td>")
          .append(text(target.wanted()))
          .append("<td>")
          .append(target.shown(runs))
          .append("<td class=\"")
          .append(verdict.replace(' ', '-'))
          .append("\">")
          .append(verdict)
          .append(' ')
          .append(target.shortBy(runs));
      configs.add(target.config());
      configs.add(target.to());
    }
    html.append("</table>");
    note("Ratio of events per CPU-second in the same round, median over rounds.", configs);
  }

  private void sweep(Sweep sweep) {
    List<String> values = new ArrayList<>();
    Map<String, String> configs = new LinkedHashMap<>();
    for (Sweep.Point point : sweep.points()) {
      if (!Double.isNaN(runs.median(point.config(), RATE))) {
        values.add(point.value());
        configs.put(point.value(), point.config());
      }
    }
    if (values.size() < 2) {
      return;
    }
    double most =
        configs.values().stream().mapToDouble(config -> runs.median(config, RATE)).max().orElse(1);
    html.append("<h2>")
        .append(text(sweep.factor()))
        .append("</h2><figure>")
        .append(Bars.of(values, value -> runs.median(configs.get(value), RATE), most))
        .append("</figure><table><tr><th>")
        .append(text(sweep.factor()))
        .append("<th>configuration<th>events/CPU-s<th>against the base, same round");
    for (String value : values) {
      String config = configs.get(value);
      double ratio = runs.ratio(config, sweep.base().config(), RATE);
      html.append("<tr><td>")
          .append(text(value))
          .append("<td>")
          .append(text(config))
          .append("<td>")
          .append(whole(runs.median(config, RATE)))
          .append("<td>")
          .append(Double.isNaN(ratio) ? "" : String.format(Locale.ROOT, "%.3f", ratio));
    }
    html.append("</table>");
    note(
        "Events per CPU-second, median over rounds. Base point: " + sweep.base().value() + ".",
        List.copyOf(configs.values()));
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
    note("Median over rounds.", configs);
  }

  private void rates() {
    html.append(
        "<h2>Every"
            + " configuration</h2><table><tr><th>configuration<th>runs<th>events/CPU-s<th>least–most<th>events/s<th>µs"
            + " CPU/event<th>event time, h<th>keys under way<th>checkpoint, MB<th>load");
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
        "The longest window of the catalogue is 72 h: it is filled once event time has advanced by"
            + " 86.4 h; a row that shows less flatters that configuration.",
        runs.configs());
  }

  private void state() {
    List<String> with =
        runs.configs().stream()
            .filter(config -> !Double.isNaN(metric(config, "match.keysUnderWay")))
            .toList();
    if (with.isEmpty()) {
      return;
    }
    html.append(
        "<h2>What is under way</h2><table><tr><th>configuration<th>event time, h<th>keys under"
            + " way<th>keys and rules with partial matches on disk<th>bytes of all state on disk,"
            + " MB<th>last checkpoint, MB<th>final hits<th>overflowed");
    for (String config : with) {
      html.append("<tr><td>")
          .append(text(config))
          .append("<td>")
          .append(decimal(runs.median(config, "eventHoursAfter")))
          .append("<td>")
          .append(whole(metric(config, "match.keysUnderWay")))
          .append("<td>")
          .append(whole(metric(config, "match.match.bases.v1.estimate-num-keys")))
          .append("<td>")
          .append(decimal(runs.median(config, "stateBytes") / 1e6))
          .append("<td>")
          .append(decimal(metric(config, "lastCheckpointFullSize") / 1e6))
          .append("<td>")
          .append(whole(metric(config, "match.hitsFinal")))
          .append("<td>")
          .append(whole(metric(config, "match.overflowed")));
    }
    html.append("</table>");
    note(
        "At the end of the measurement. Disk figures are RocksDB's own estimates; what is still on"
            + " the heap comes to disk with the next checkpoint.",
        with);
  }

  private void tasks() {
    html.append("<h2>Where the CPU goes</h2><table><tr><th>configuration<th>CPU seconds by thread");
    for (String config : runs.configs()) {
      for (JsonNode run : runs.of(config)) {
        if (run.has("cpuSecondsByTask") && run.path("round").asInt() == 1) {
          html.append("<tr><td>").append(text(config)).append("<td>");
          run.get("cpuSecondsByTask")
              .fields()
              .forEachRemaining(
                  e ->
                      html.append(text(e.getKey()))
                          .append(' ')
                          .append(e.getValue().asText())
                          .append(" · "));
        }
      }
    }
    html.append("</table>");
    note("First round; names of threads as the kernel cuts them.", runs.configs());
  }

  private void rules() {
    List<String> with =
        runs.configs().stream()
            .filter(config -> !Double.isNaN(runs.median(config, "rulesReadySeconds")))
            .toList();
    if (with.isEmpty()) {
      return;
    }
    html.append(
        "<h2>Loading rules</h2><table><tr><th>configuration<th>rules<th>parsed and checked, s<th>in"
            + " force on every subtask of router and MATCH, s after the start of the job");
    for (String config : with) {
      html.append("<tr><td>")
          .append(text(config))
          .append("<td>")
          .append(whole(runs.median(config, "rules")))
          .append("<td>")
          .append(decimal(runs.median(config, "rulesParsedSeconds")))
          .append("<td>")
          .append(decimal(runs.median(config, "rulesReadySeconds")));
    }
    html.append("</table>");
    note("In a fresh JVM, nothing compiled yet; by the wall.", with);
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
        "<h2>Hits of the finite"
            + " stream</h2><table><tr><th>configuration<th>events<th>hits<th>SHA-256 of their ids");
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
        "Same rules, same hash: the same hits, whoever found them. Events include the days before,"
            + " which make no hits.",
        runs.configs());
  }

  /** A note, and on what the figure above was measured. */
  private void note(String text, List<String> configs) {
    html.append("<p class=\"note\">")
        .append(text(text))
        .append(" · ")
        .append(text(runs.load(configs)));
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
