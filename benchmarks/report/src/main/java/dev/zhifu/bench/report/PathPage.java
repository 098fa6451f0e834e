package dev.zhifu.bench.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The critical path bench as one page that needs nothing else. */
public final class PathPage {
  private static final List<String> OUTPUTS = List.of("request", "decision", "order");
  private static final double MIB = 1 << 20;

  /** What one table file of RocksDB or one collection of garbage makes, bytes. */
  private static final double GRAIN = 16 * MIB;

  /** A checkpoint's time is known to so many milliseconds. */
  private static final double GRAIN_MS = 50;

  private final Runs runs;
  private final StringBuilder html = new StringBuilder();

  private PathPage(Runs runs) {
    this.runs = runs;
  }

  /** The page of these runs. */
  public static String of(Runs runs) {
    return new PathPage(runs).make();
  }

  private String make() {
    html.append(
            "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Zhifu: bench critical-path</title><style>")
        .append(Page.STYLE)
        .append("</style><h1>Zhifu: the critical path, from Kafka to Kafka</h1>");
    targets();
    saturation();
    latencies();
    curves();
    kills();
    soaks();
    return html.append("</html>\n").toString();
  }

  private void targets() {
    html.append("<h2>Targets</h2><table><tr><th>what<th>target<th>measured<th>");
    for (PathTargets.Row row : PathTargets.rows(runs)) {
      html.append("<tr><td>")
          .append(Page.text(row.what()))
          .append("<td>")
          .append(row.bound())
          .append("<td>")
          .append(row.shown())
          .append("<td class=\"")
          .append(row.verdict().replace(' ', '-'))
          .append("\">")
          .append(row.verdict());
    }
    html.append("</table>");
    note("Ratios within a round, median over rounds.");
  }

  private void saturation() {
    html.append(
        "<h2>Saturation</h2><table><tr><th>configuration<th>round<th>events/s<th>events/CPU-s of the job<th>CPU-s of the broker<th>state, MB<th>files at work<th>load");
    each(
        (config, run) -> {
          JsonNode row = run.path("saturation");
          if (row.isMissingNode()) {
            return;
          }
          cells(
              config,
              run.path("round").asText(),
              Page.whole(row.path("eventsPerSecond").asDouble()),
              Page.whole(row.path("eventsPerCpuSecond").asDouble()),
              decimal(row.path("brokerCpuSeconds").asDouble()),
              decimal(row.path("state").path("stateBytes").asDouble() / 1e6),
              run.path("workingFiles").asText("disk"),
              decimal(row.path("loadAverage").asDouble()));
        });
    html.append("</table>");
    note(
        "A backlog in Kafka, written while the job was held still; counted without its first third.");
  }

  private void latencies() {
    for (String output : OUTPUTS) {
      html.append("<h2>Latency of a ")
          .append(output)
          .append(
              ", ms</h2><table><tr><th>configuration<th>round<th>events/s<th>p50<th>p99<th>p99.9<th>max<th>count<th>µs CPU/event<th>city seconds a second<th>rule changes<th>load");
      each(
          (config, run) ->
              run.path("rates")
                  .forEach(
                      rate -> {
                        JsonNode latency = rate.path(output);
                        cells(
                            config,
                            run.path("round").asText(),
                            name(rate),
                            latency.path("p50").asText("-"),
                            latency.path("p99").asText("-"),
                            latency.path("p999").asText("-"),
                            latency.path("max").asText("-"),
                            latency.path("count").asText("0"),
                            decimal(
                                1e6
                                    * rate.path("jobCpuSeconds").asDouble()
                                    / rate.path("events").asDouble()),
                            decimal(rate.path("citySecondsPerSecond").asDouble()),
                            rate.path("ruleChanges").asText("-"),
                            decimal(rate.path("loadAverage").asDouble()));
                      }));
      html.append("</table>");
      note(
          "From the planned sending of what caused it to the broker's append time, read by a consumer outside the job.");
    }
  }

  private static String name(JsonNode rate) {
    String name = rate.path("name").asText();
    return name.equals("half") ? "half: " + Page.whole(rate.path("rate").asDouble()) : name;
  }

  private void curves() {
    for (String rate : PathTargets.rates(runs)) {
      Map<String, List<double[]>> curves = new LinkedHashMap<>();
      each(
          (config, run) -> {
            List<double[]> points = new ArrayList<>();
            PathTargets.rate(run, rate)
                .path("decision")
                .path("curve")
                .forEach(
                    point ->
                        points.add(
                            new double[] {point.get(0).asDouble(), point.get(1).asDouble()}));
            if (!points.isEmpty()) {
              curves.put(config + " " + run.path("round").asText(), points);
            }
          });
      if (!curves.isEmpty()) {
        html.append("<h2>Decisions by percentile at ")
            .append(Page.text(rate))
            .append("/s</h2><figure>")
            .append(Lines.of(curves, "ms", "%"))
            .append("</figure>");
        note("HdrHistogram, three significant digits.");
      }
    }
  }

  private void kills() {
    each(
        (config, run) ->
            run.path("rates")
                .forEach(
                    rate -> {
                      JsonNode killed = rate.path("killed");
                      if (killed.isMissingNode()) {
                        return;
                      }
                      html.append("<h2>A TaskManager killed, round ")
                          .append(run.path("round").asText())
                          .append(
                              "</h2><table><tr><th>events/s<th>first answer, s<th>caught up, s<th>asked<th>unanswered<th>orders contradicted<th>repeated<th>answered otherwise<th>final hits<th>doubled");
                      JsonNode ledger = run.path("ledger");
                      cells(
                          name(rate),
                          decimal(killed.path("firstAnswerMs").asDouble() / 1e3),
                          decimal(killed.path("caughtUpMs").asDouble() / 1e3),
                          ledger.path("asked").asText(),
                          ledger.path("unanswered").asText(),
                          ledger.path("contradicted").asText(),
                          ledger.path("repeated").asText(),
                          ledger.path("answeredOtherwise").asText(),
                          rate.path("exactlyOnce").path("risk.hits.final").asText(),
                          rate.path("exactlyOnce").path("risk.hits.final.doubled").asText());
                      html.append("</table>");
                      note(
                          "Decisions leave at least once, and the bank takes the first: one made again after the restart may differ where the first was given by the wall clock at the bank's deadline. Nothing may be missing, no order contradict, nothing final come twice.");
                    }));
  }

  private void soaks() {
    each(
        (config, run) -> {
          if (run.path("minutes").isEmpty()) {
            return;
          }
          html.append("<h2>")
              .append(run.path("minutes").size())
              .append(" minutes at ")
              .append(Page.whole(run.path("soakRate").asDouble()))
              .append("/s</h2><table><tr><th>each minute<th>growth over the second half<th>");
          judged("heap after collections", run, "heapAfterGcBytes", GRAIN);
          judged("RocksDB's table files", run, "sstBytes", GRAIN);
          judged("state in the checkpoint", run, "stateBytes", GRAIN);
          judged("checkpoint, ms", run, "checkpointMs", GRAIN_MS);
          judged("written by a checkpoint", run, "checkpointedBytes", GRAIN);
          html.append("</table>");
          note(
              "Flat: a least-squares line over the second half gains at most 10 % of its mean, or 16 MiB (50 ms).");
          chart(
              run,
              List.of("heapAfterGcBytes", "sstBytes", "stateBytes", "checkpointedBytes"),
              MIB,
              "MiB");
          chart(run, List.of("checkpointMs"), 1, "ms");
        });
  }

  private void judged(String what, JsonNode run, String field, double grain) {
    Flatness flatness = Flatness.of(samples(run, field), grain);
    html.append("<tr><td>")
        .append(what)
        .append("<td>")
        .append(
            Double.isNaN(flatness.growth())
                ? "-"
                : String.format(Locale.ROOT, "%+.1f %%", 100 * flatness.growth()))
        .append("<td class=\"")
        .append(flatness.flat() ? "met" : "missed")
        .append("\">")
        .append(
            Double.isNaN(flatness.growth()) ? "not judged" : flatness.flat() ? "flat" : "grows");
  }

  private void chart(JsonNode run, List<String> fields, double unit, String name) {
    Map<String, List<double[]>> curves = new LinkedHashMap<>();
    for (String field : fields) {
      List<Double> samples = samples(run, field);
      List<double[]> points = new ArrayList<>();
      for (int i = 0; i < samples.size(); i++) {
        points.add(new double[] {i + 1, samples.get(i) / unit});
      }
      curves.put(field, points);
    }
    html.append("<figure>").append(Lines.of(curves, name, "min")).append("</figure>");
  }

  private static List<Double> samples(JsonNode run, String field) {
    List<Double> samples = new ArrayList<>();
    run.path("minutes")
        .forEach(
            minute -> {
              if (minute.has(field)) {
                samples.add(minute.get(field).asDouble());
              }
            });
    return samples;
  }

  private interface Each {
    void take(String config, JsonNode run);
  }

  private void each(Each each) {
    for (String config : runs.configs()) {
      runs.of(config).forEach(run -> each.take(config, run));
    }
  }

  private void cells(String... cells) {
    html.append("<tr>");
    for (String cell : cells) {
      html.append("<td>").append(Page.text(cell));
    }
  }

  /** A note, and on what the figure above was measured. */
  private void note(String text) {
    html.append("<p class=\"note\">").append(Page.text(text));
    runs.about()
        .forEach(
            (key, value) ->
                html.append(" · ").append(Page.text(key)).append(": ").append(Page.text(value)));
    html.append("</p>");
  }

  private static String decimal(double value) {
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.1f", value);
  }
}
