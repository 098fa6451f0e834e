package dev.zhifu.bench.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The gateway bench as a page in Markdown. */
public final class GatewayReport {
  private static final String CONFIG = "gateway";
  private static final double THOUSAND = 1_000;

  private final Runs runs;
  private final StringBuilder out = new StringBuilder();

  private GatewayReport(Runs runs) {
    this.runs = runs;
  }

  /** The page of these runs. */
  public static String text(Runs runs) {
    return new GatewayReport(runs).make();
  }

  private String make() {
    runs.about()
        .forEach((name, value) -> out.append(name).append(": ").append(value).append("  \n"));
    out.append(runs.load(List.of(CONFIG))).append("  \n");
    decisions();
    saturation();
    orders();
    backlog();
    isolation();
    return out.toString();
  }

  private void decisions() {
    table(
        "Decisions on held transfers, asked for over HTTP, ms",
        "From the planned moment of asking, at which the decision was written to the bank's topic too, until the bank had"
            + " the answer; questions without an answer in time (204) are among them.",
        "round|asked/s|p50|p99|p99.9|max|answered|not in time|refused|broken|gateway CPU, ms each|PostgreSQL CPU, ms each|load");
    each(
        (round, run) ->
            run.path("decisions")
                .forEach(
                    row ->
                        cells(
                            round,
                            row.path("rate").asText(),
                            latency(row.path("latency")),
                            outcomes(row),
                            use(row),
                            load(row))));
  }

  private void saturation() {
    table(
        "Saturation: each bank has as many questions open as it may, each followed by the next",
        "Latency here is that of a closed loop.",
        "round|banks|open at a time, each|answers/s|p50|p99|p99.9|max|answered|not in time|refused|broken|gateway CPU, ms each|PostgreSQL CPU, ms each|load");
    each(
        (round, run) -> {
          JsonNode row = run.path("saturation");
          cells(
              round,
              row.path("banks").asText(),
              row.path("inFlight").asText(),
              whole(row.path("perSecond")),
              latency(row.path("latency")),
              outcomes(row),
              use(row),
              load(row));
        });
  }

  private void orders() {
    table(
        "Orders out, ms from the planned moment of writing until the bank had it",
        "Every other bank by signed webhook, the others by stream with a cursor. Each was the same signed bytes, at its own bank, of one account in their order.",
        "round|orders/s|by|p50|p99|p99.9|max|came|missing|load");
    each(
        (round, run) ->
            run.path("orders")
                .forEach(
                    row ->
                        List.of("webhook", "stream")
                            .forEach(
                                by ->
                                    cells(
                                        round,
                                        row.path("rate").asText(),
                                        by,
                                        latency(row.path(by)),
                                        row.path(by).path("count").asText(),
                                        row.path("missing").asText(),
                                        load(row)))));
  }

  private void backlog() {
    table(
        "Orders written at once",
        "Half of them by each way, both at the same time.",
        "round|orders|webhook deliveries/s|stream deliveries/s|missing|gateway CPU, ms each|PostgreSQL CPU, ms each|load");
    each(
        (round, run) -> {
          JsonNode row = run.path("backlog");
          cells(
              round,
              row.path("sent").asText(),
              whole(row.path("webhookPerSecond")),
              whole(row.path("streamPerSecond")),
              row.path("missing").asText(),
              use(row),
              load(row));
        });
  }

  private void isolation() {
    table(
        "One bank takes its posts and answers none of them, ms",
        "As long before, during and after it. The silent bank asks nothing; its orders lie until it speaks again.",
        "round|span|what|p50|p99|p99.9|max|count|p99 beside before");
    each(
        (round, run) -> {
          JsonNode spans = run.path("isolation").path("spans");
          for (JsonNode span : spans) {
            for (String what : List.of("webhook", "stream", "decision")) {
              double before = spans.path(0).path(what).path("p99").asDouble(Double.NaN);
              double now = span.path(what).path("p99").asDouble(Double.NaN);
              cells(
                  round,
                  span.path("span").asText(),
                  "others: " + what,
                  latency(span.path(what)),
                  span.path(what).path("count").asText(),
                  Double.isNaN(now / before)
                      ? "-"
                      : String.format(Locale.ROOT, "%.2f", now / before));
            }
            cells(
                round,
                span.path("span").asText(),
                "the silent bank: webhook",
                latency(span.path("down")),
                span.path("down").path("count").asText(),
                "-");
          }
        });
    each(
        (round, run) -> {
          JsonNode row = run.path("isolation");
          out.append(
              String.format(
                  Locale.ROOT,
                  "%nRound %s: %s orders/s and %s questions/s over all banks, silent for %s s; %s of its orders had waited, the last of them came %.1f s after it spoke again; %s missing; orders that came twice in the whole run: %s.%n",
                  round,
                  row.path("downRate").asText(),
                  row.path("askedBeside").asText(),
                  row.path("seconds").asText(),
                  row.path("heldBack").asText(),
                  row.path("caughtUpSeconds").asDouble(),
                  row.path("missing").asText(),
                  run.path("repeated").asText()));
        });
  }

  private interface Each {
    void take(String round, JsonNode run);
  }

  private void each(Each each) {
    runs.of(CONFIG).forEach(run -> each.take(run.path("round").asText(), run));
  }

  private void table(String title, String note, String head) {
    List<String> columns = List.of(head.split("\\|"));
    out.append("\n## ").append(title).append("\n\n").append(note).append("\n\n| ");
    out.append(String.join(" | ", columns)).append(" |\n");
    out.append("|---".repeat(columns.size())).append("|\n");
  }

  private void cells(Object... groups) {
    List<String> cells = new ArrayList<>();
    for (Object group : groups) {
      if (group instanceof List<?> several) {
        several.forEach(one -> cells.add(one.toString()));
      } else {
        cells.add(group.toString());
      }
    }
    out.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  private static List<String> latency(JsonNode row) {
    return List.of(
        millis(row.path("p50")),
        millis(row.path("p99")),
        millis(row.path("p999")),
        millis(row.path("max")));
  }

  private static List<String> outcomes(JsonNode row) {
    return List.of(
        row.path("answered").asText(),
        row.path("notInTime").asText(),
        row.path("refused").asText(),
        row.path("broken").asText());
  }

  private static List<String> use(JsonNode row) {
    JsonNode use = row.path("use");
    double things = use.path("things").asDouble();
    return List.of(
        String.format(
            Locale.ROOT, "%.2f", THOUSAND * use.path("gatewayCpuSeconds").asDouble() / things),
        String.format(
            Locale.ROOT, "%.2f", THOUSAND * use.path("storeCpuSeconds").asDouble() / things));
  }

  private static String load(JsonNode row) {
    return String.format(Locale.ROOT, "%.1f", row.path("loadAverage").asDouble());
  }

  private static String millis(JsonNode value) {
    return value.isNumber() ? String.format(Locale.ROOT, "%.1f", value.asDouble()) : "-";
  }

  private static String whole(JsonNode value) {
    return String.format(Locale.ROOT, "%,.0f", value.asDouble());
  }
}
