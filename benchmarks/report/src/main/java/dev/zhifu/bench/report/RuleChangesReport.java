package dev.zhifu.bench.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What rule changes left behind: each run with changes beside its control, the same job under the
 * same events at the same rate for as long without a change.
 */
public final class RuleChangesReport {
  /** Configuration without changes. */
  public static final String CONTROL = "control";

  /** Configuration with changes. */
  public static final String CHANGES = "changes";

  /** Name among what the runs ran on of the events a second, where they were measured first. */
  public static final String RATE = "events a second";

  /** Name in a run of where RocksDB's files at work lay: memory or disk. */
  public static final String WORKING = "workingFiles";

  /** Most that a publication may take to be in force, 99th percentile, milliseconds. */
  static final double IN_FORCE_MS = 1_000;

  /** Beyond this median latency the job was behind its load: milliseconds. */
  private static final double BEHIND_MS = 1_000;

  private static final double MB = 1e6;
  private static final List<String> STRETCHES = List.of("before", "during", "after");

  private final Runs runs;

  private RuleChangesReport(Runs runs) {
    this.runs = runs;
  }

  /** The report of these runs. */
  public static RuleChangesReport of(Runs runs) {
    return new RuleChangesReport(runs);
  }

  /**
   * A figure that the changes could have moved.
   *
   * @param pointer within a stretch
   * @param scale divides what is shown
   * @param share by how much of the control's value it may be larger and still count as left where
   *     it was
   * @param slack or by how much at least, in its own unit: below it a share says nothing
   */
  private enum Figure {
    CHECKPOINT("checkpoint, MB", "/checkpointBytes", MB, 0.10, MB),
    TABLES("RocksDB's table files at work, MB", "/tableBytes", MB, 0.25, 16 * MB),
    FAMILIES("column families", "/columnFamilies", 1, 0, 0),
    P50("decision p50, ms", "/decisionLatencyMs/p50", 1, 0.20, 5),
    P99("decision p99, ms", "/decisionLatencyMs/p99", 1, 0.20, 50);

    private final String words;
    private final String pointer;
    private final double scale;
    private final double share;
    private final double slack;

    Figure(String words, String pointer, double scale, double share, double slack) {
      this.words = words;
      this.pointer = pointer;
      this.scale = scale;
      this.share = share;
      this.slack = slack;
    }

    private double allowed(double control) {
      return Math.max(share * control, slack);
    }
  }

  /**
   * One figure after the changes, against the control at the same time.
   *
   * @param name the figure
   * @param control its median after as long without changes
   * @param changes its median after the changes
   * @param apartBefore how far the two lay apart before any change, which is chance
   * @param allowed by how much more still counts as left where it was
   * @param verdict left where it was, more, or not told apart from chance
   */
  public record Row(
      String name,
      double control,
      double changes,
      double apartBefore,
      double allowed,
      String verdict) {}

  /** All figures, after the changes against after the control. */
  public List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (Figure figure : Figure.values()) {
      double control = median(CONTROL, "after", figure);
      double changes = median(CHANGES, "after", figure);
      double apart =
          Math.abs(median(CHANGES, "before", figure) - median(CONTROL, "before", figure));
      double allowed = figure.allowed(control);
      rows.add(
          new Row(
              figure.words,
              control / figure.scale,
              changes / figure.scale,
              apart / figure.scale,
              allowed / figure.scale,
              verdict(changes - control, apart, allowed)));
    }
    return rows;
  }

  private static String verdict(double more, double apart, double allowed) {
    if (Double.isNaN(more)) {
      return "not measured";
    }
    if (more <= allowed) {
      return "left where it was";
    }
    return more <= apart ? "not told apart from chance" : "moved";
  }

  private double median(String config, String stretch, Figure figure) {
    return Median.of(
        runs.of(config).stream()
            .map(run -> run.path(stretch).at(figure.pointer))
            .filter(JsonNode::isNumber)
            .map(JsonNode::asDouble)
            .toList());
  }

  /** The page in Markdown. */
  public String text() {
    StringBuilder out = new StringBuilder("# Rules changed under load\n\n");
    runs.about()
        .forEach((name, value) -> out.append(name).append(": ").append(value).append("  \n"));
    out.append(runs.load(List.of(CONTROL, CHANGES))).append("  \n");
    out.append("RocksDB's files at work: ").append(working()).append("\n\n");
    out.append(
        "The control is the same job under the same events (same seed, rate and length) in which no"
            + " rule changes after the catalogue is published: what grows in both is the stream's own"
            + " growth. Medians over rounds.\n");
    summary(out);
    inForce(out);
    stretches(out);
    after(out);
    return out.toString();
  }

  /** Where they lay in every run; runs from before this was chosen had them on the disk. */
  private String working() {
    return Stream.of(CONTROL, CHANGES)
        .flatMap(config -> runs.of(config).stream())
        .map(run -> run.path(WORKING).asText("disk"))
        .distinct()
        .collect(Collectors.joining(" and "));
  }

  private void summary(StringBuilder out) {
    out.append("\n## In words\n\n");
    out.append(
        "- %s changes at %s events a second: in force on every subtask within %s ms of publication (99th percentile; at most %,.0f): %s.%n"
            .formatted(
                whole(number("/changes")),
                whole(number("/rate")),
                whole(number("/publicationToInForceMs/p99")),
                IN_FORCE_MS,
                target(number("/publicationToInForceMs/p99"))));
    for (Row row : rows()) {
      out.append(
          "- %s: %s; %s after the changes, %s after as long without (%s).%n"
              .formatted(
                  row.name(),
                  row.verdict(),
                  shown(row.changes()),
                  shown(row.control()),
                  percent(row.changes(), row.control())));
    }
    List.of(CONTROL, CHANGES).forEach(config -> answered(out, config));
    double p50 = Math.max(latest(CONTROL), latest(CHANGES));
    if (p50 > BEHIND_MS) {
      out.append(
          "- The job was behind its load (median decision after %s ms): more was sent than it takes, and latencies say how long the queue was.%n"
              .formatted(whole(p50)));
    }
  }

  /** Nothing lost or doubled is counted by id, outside the engine. */
  private void answered(StringBuilder out, String config) {
    for (JsonNode run : runs.of(config)) {
      JsonNode answered = run.path("answered");
      String round = run.path("round").asText();
      if (answered.isMissingNode()) {
        out.append("- %s, round %s: answers were not counted.%n".formatted(config, round));
      } else {
        out.append(
            "- %s, round %s: of %,d transfers that asked, %,d have no answer, %,d were answered twice, %,d otherwise the second time.%n"
                .formatted(
                    config,
                    round,
                    answered.path("asked").asLong(),
                    answered.path("unanswered").asLong(),
                    answered.path("repeated").asLong(),
                    answered.path("answeredOtherwise").asLong()));
      }
      if (run.has("keptUpBefore") && !run.path("keptUpBefore").asBoolean()) {
        out.append(
            "- %s, round %s: the job did not keep up with its load before any change: its latencies say how long the queue was.%n"
                .formatted(config, round));
      }
    }
  }

  private static String target(double inForceMs) {
    if (Double.isNaN(inForceMs)) {
      return "not measured";
    }
    return inForceMs <= IN_FORCE_MS ? "met" : "missed";
  }

  private double latest(String config) {
    return median(config, "after", Figure.P50);
  }

  private void inForce(StringBuilder out) {
    out.append(
        "\n## From publication, ms\n\n|round|until|p50|p99|max|count|\n|---|---|---|---|---|---|\n");
    Map<String, String> spans = new LinkedHashMap<>();
    spans.put("publicationToAcceptedMs", "accepted by the gate");
    spans.put("acceptedToTakenEverywhereMs", "(from there) taken by every subtask");
    spans.put("publicationToInForceMs", "in force on every subtask");
    for (JsonNode run : runs.of(CHANGES)) {
      spans.forEach(
          (name, words) -> {
            JsonNode span = run.path(name);
            out.append(
                "|%s|%s|%s|%s|%s|%s|%n"
                    .formatted(
                        run.path("round").asText(),
                        words,
                        span.path("p50").asText(),
                        span.path("p99").asText(),
                        span.path("max").asText(),
                        span.path("count").asText()));
          });
      out.append("\nAnswers of round ")
          .append(run.path("round").asText())
          .append(": ")
          .append(run.path("answers"))
          .append("\n");
    }
  }

  private void stretches(StringBuilder out) {
    out.append(
        "\n## Before, during, after\n\n|round|run|stretch|seconds|events/s|checkpoint, MB|tables, MB|column families|decisions|p50, ms|p99, ms|max, ms|\n"
            + "|---|---|---|---|---|---|---|---|---|---|---|---|\n");
    for (String config : List.of(CONTROL, CHANGES)) {
      for (JsonNode run : runs.of(config)) {
        for (String name : STRETCHES) {
          JsonNode stretch = run.path(name);
          JsonNode latency = stretch.path("decisionLatencyMs");
          out.append(
              "|%s|%s|%s|%s|%s|%s|%s|%s|%s|%s|%s|%s|%n"
                  .formatted(
                      run.path("round").asText(),
                      config,
                      name,
                      stretch.path("seconds").asText(),
                      stretch.path("eventsPerSecond").asText(),
                      shown(stretch.path("checkpointBytes").asDouble() / MB),
                      shown(stretch.path("tableBytes").asDouble() / MB),
                      stretch.path("columnFamilies").asText(),
                      latency.path("count").asText(),
                      latency.path("p50").asText(),
                      latency.path("p99").asText(),
                      latency.path("max").asText()));
        }
      }
    }
  }

  private void after(StringBuilder out) {
    out.append(
        "\n## After the changes against after the control\n\n"
            + "Left where it was: not larger than the control's by more than what is allowed. Not told apart from chance: larger,"
            + " but by no more than the two lay apart before any change.\n\n"
            + "|figure|control|changes|difference|apart before|allowed|verdict|\n|---|---|---|---|---|---|---|\n");
    for (Row row : rows()) {
      out.append(
          "|%s|%s|%s|%s|%s|%s|%s|%n"
              .formatted(
                  row.name(),
                  shown(row.control()),
                  shown(row.changes()),
                  percent(row.changes(), row.control()),
                  shown(row.apartBefore()),
                  shown(row.allowed()),
                  row.verdict()));
    }
  }

  private double number(String pointer) {
    return Median.of(
        runs.of(CHANGES).stream()
            .map(run -> run.at(pointer))
            .filter(JsonNode::isNumber)
            .map(JsonNode::asDouble)
            .toList());
  }

  private static String percent(double value, double of) {
    return of > 0 && !Double.isNaN(value)
        ? String.format(Locale.ROOT, "%+.1f %%", 100 * (value / of - 1))
        : "-";
  }

  private static String whole(double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%,.0f", value);
  }

  private static String shown(double value) {
    return Double.isNaN(value)
        ? "-"
        : String.format(Locale.ROOT, value == Math.rint(value) ? "%,.0f" : "%,.1f", value);
  }
}
