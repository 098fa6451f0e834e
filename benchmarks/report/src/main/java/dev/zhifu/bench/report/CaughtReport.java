package dev.zhifu.bench.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was caught, at the density of fraud outside, in a city of {@link #CITY} people. Stories are
 * counted in cities with dense fraud, since a story is caught or not whatever happens next door;
 * innocents are counted in cities as quiet as outside. What dense cities say of warnings and orders
 * about frauds is divided by their density.
 */
public final class CaughtReport {
  /** People of the city that figures a day are told for. */
  public static final double CITY = 2_200_000;

  /** A city with many frauds. */
  public static final String DENSE = "dense";

  /** A city with as many as outside. */
  public static final String SPARSE = "prevalence";

  private final Runs runs;
  private final List<Line> lines = new ArrayList<>();

  /**
   * One figure against its aim.
   *
   * @param what it is
   * @param rate the figure
   * @param aim as it was set, null without one
   * @param least true when the aim is the least, false when it is the most
   */
  public record Line(String what, Rate rate, Double aim, boolean least) {
    /** met, missed, or nothing to say. */
    public String verdict() {
      if (aim == null || Double.isNaN(rate.value())) {
        return "";
      }
      return (least ? rate.value() >= aim : rate.value() <= aim) ? "met" : "missed";
    }
  }

  private CaughtReport(Runs runs) {
    this.runs = runs;
    count();
  }

  /** Of runs of {@link #DENSE} and {@link #SPARSE} cities; each must be there once at least. */
  public static CaughtReport of(Runs runs) {
    return new CaughtReport(runs);
  }

  /** Figures with aims, and some without. */
  public List<Line> lines() {
    return List.copyOf(lines);
  }

  private long all(String density, String pointer) {
    return runs.counts(density, pointer).values().stream().mapToLong(Long::longValue).sum();
  }

  /** What one event stands for in a day of the whole city. */
  private double perDay(String density) {
    double lived = 0;
    for (JsonNode run : runs.of(density)) {
      lived += run.path("residents").asDouble() * run.path("days").asDouble();
    }
    return CITY / lived;
  }

  /** How many times denser fraud is in the dense cities. */
  public double factor() {
    return runs.of(DENSE).stream()
        .mapToDouble(run -> run.path("enrichment").asDouble())
        .average()
        .orElse(Double.NaN);
  }

  private Rate perDayOfFraud(long count) {
    return Rate.count(count, perDay(DENSE) / factor());
  }

  private Rate perDayOfInnocents(long count) {
    return Rate.count(count, perDay(SPARSE));
  }

  private void count() {
    long stories = runs.sum(DENSE, "/caught/stories");
    add("stories caught", Rate.share(runs.sum(DENSE, "/caught/caught"), stories), 0.95, true);
    add(
        "stories caught before the last payment",
        Rate.share(runs.sum(DENSE, "/caught/inTime"), stories),
        0.8,
        true);
    add(
        "money of the stories caught",
        new Rate(
            runs.sum(DENSE, "/caught/lossCaughtFen") / (double) runs.sum(DENSE, "/caught/lossFen"),
            Double.NaN,
            Double.NaN),
        null,
        true);
    // No order is signed without an accepted report, so that orders are as dense as fraud is.
    long orders = runs.sum(DENSE, "/orders");
    long wrong = all(DENSE, "/ordersWrongOfFraud") + all(DENSE, "/ordersWrong");
    add("orders signed a day", perDayOfFraud(orders), null, true);
    add("wrong orders a day", perDayOfFraud(wrong), 2.0, false);
    add("precision of orders", Rate.share(orders - wrong, orders), 0.9, true);
    add("wrong holds a day", perDayOfInnocents(all(SPARSE, "/holdsWrong")), 50.0, false);
    if (tellCases()) {
      add(
          "cases behind wrong holds a day",
          perDayOfInnocents(runs.sum(SPARSE, "/casesBehindWrongHolds")),
          null,
          false);
    }
    add(
        "warnings a day",
        perDayOfFraud(runs.sum(DENSE, "/warningsToVictims") + runs.sum(DENSE, "/warningsToMules"))
            .plus(perDayOfInnocents(all(SPARSE, "/needlessByRule"))),
        1_300.0,
        false);
    add(
        "of these urgent",
        perDayOfFraud(runs.sum(DENSE, "/urgentToFraud"))
            .plus(perDayOfInnocents(all(SPARSE, "/urgentNeedlessByRule"))),
        60.0,
        false);
    add(
        "cases at the tier of an action on nobody's fraud a day",
        perDayOfInnocents(all(SPARSE, "/casesFalse")),
        null,
        false);
  }

  /** Runs of before the cases behind holds were counted do not tell how many there were. */
  private boolean tellCases() {
    return runs.of(SPARSE).stream().allMatch(run -> run.has("casesBehindWrongHolds"));
  }

  private void add(String what, Rate rate, Double aim, boolean least) {
    lines.add(new Line(what, rate, aim, least));
  }

  private List<Table> tables() {
    List<Table> tables = new ArrayList<>();
    List<List<String>> aims = new ArrayList<>();
    aims.add(List.of("figure", "value", "95 %", "aim", ""));
    for (Line line : lines) {
      aims.add(
          List.of(
              line.what(),
              number(line.rate().value()),
              Double.isNaN(line.rate().low())
                  ? "-"
                  : number(line.rate().low()) + "–" + number(line.rate().high()),
              line.aim() == null ? "" : (line.least() ? "≥ " : "≤ ") + number(line.aim()),
              line.verdict()));
    }
    tables.add(new Table("A city of 2.2 million, at the density of fraud outside", aims));
    tables.add(typologies());
    if (cities().stream().anyMatch(run -> run.has("metrics"))) {
      tables.add(metrics());
      tables.add(metricsByTypology());
    }
    tables.add(perDayTable("Wrong holds a day, by innocent story", "/holdsWrong"));
    tables.add(perDayTable("Wrong holds a day, by the case behind them", "/holdsWrongByRule"));
    tables.add(perDayTable("Wrong holds a day, by what became of them", "/holdsWrongByFate"));
    tables.add(ordersTable());
    tables.add(perDayTable("Needless warnings a day, by innocent story", "/needless"));
    tables.add(perDayTable("Needless warnings a day, by rule", "/needlessByRule"));
    tables.add(perDayTable("Urgent ones of these, by rule", "/urgentNeedlessByRule"));
    tables.add(rules());
    return tables;
  }

  private List<JsonNode> cities() {
    List<JsonNode> cities = new ArrayList<>(runs.of(DENSE));
    cities.addAll(runs.of(SPARSE));
    return cities;
  }

  /** What is reported of every calibration set, a column for each city. */
  private Table metrics() {
    List<JsonNode> cities = cities().stream().filter(run -> run.has("metrics")).toList();
    List<List<String>> rows = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of(""));
    cities.forEach(
        run -> head.add(run.path("config").asText() + ", seed " + run.path("seed").asText()));
    rows.add(head);
    row(rows, cities, "transactions", "/transactions");
    row(rows, cities, "accounts", "/accounts");
    for (String level : List.of("transactions", "cases", "accounts")) {
      String at = "/all/" + level;
      row(rows, cities, level + ", illicit", at + "/illicit");
      row(rows, cities, level + ", precision", at + "/precision");
      row(rows, cities, level + ", precision, look-alikes aside", at + "/precisionDecoysAside");
      row(rows, cities, level + ", recall", at + "/recall");
      row(rows, cities, level + ", F1", at + "/f1");
    }
    row(rows, cities, "cases found before their last transaction", "/all/caseRecallInTime");
    row(rows, cities, "money found, share", "/all/moneyRecall");
    row(rows, cities, "alerts per 10,000 accounts", "/all/alertsPer10kAccounts");
    row(rows, cities, "alerts per 10,000 transactions", "/all/alertsPer10kTransactions");
    row(
        rows,
        cities,
        "minutes from the first illicit transaction to the alert, median",
        "/all/medianMinutesToAlert");
    row(rows, cities, "the same, 95th percentile", "/all/p95MinutesToAlert");
    for (int budget = 0; budget < 2; budget++) {
      String words = budget == 0 ? "10" : "50";
      for (String level : List.of("cases", "transactions", "accounts")) {
        String at = "/all/budgets/" + budget + "/" + level;
        String what = level + " at " + words + " alerts per 10,000 accounts, ";
        row(rows, cities, what + "precision", at + "/precision");
        row(rows, cities, what + "recall", at + "/recall");
      }
    }
    row(rows, cities, "look-alikes' transactions alerted, share", "/all/decoys/transactionRate");
    row(rows, cities, "look-alikes' cases alerted, share", "/all/decoys/caseRate");
    return new Table(
        "What is reported of calibration sets, over our own city: all transactions of a fraud's story are its case, innocent stories are the look-alikes",
        rows);
  }

  private static void row(
      List<List<String>> rows, List<JsonNode> cities, String what, String pointer) {
    List<String> row = new ArrayList<>(List.of(what));
    cities.forEach(run -> row.add(figure(run.path("metrics").at(pointer))));
    rows.add(row);
  }

  private static String figure(JsonNode value) {
    if (!value.isNumber()) {
      return "-";
    }
    return value.isIntegralNumber()
        ? String.format(Locale.ROOT, "%,d", value.asLong())
        : number(value.asDouble());
  }

  /** The same by typology, of the dense cities: others have too few of each. */
  private Table metricsByTypology() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "typology",
            "seed",
            "cases",
            "case recall",
            "in time",
            "transaction recall",
            "account recall",
            "money",
            "median minutes",
            "95th percentile",
            "case recall at 10",
            "at 50"));
    for (JsonNode run : runs.of(DENSE)) {
      run.at("/metrics/byTypology")
          .fields()
          .forEachRemaining(
              e -> {
                List<String> row = new ArrayList<>(List.of(e.getKey(), run.path("seed").asText()));
                for (String pointer :
                    List.of(
                        "/cases/illicit",
                        "/cases/recall",
                        "/caseRecallInTime",
                        "/transactions/recall",
                        "/accounts/recall",
                        "/moneyRecall",
                        "/medianMinutesToAlert",
                        "/p95MinutesToAlert",
                        "/budgets/0/cases/recall",
                        "/budgets/1/cases/recall")) {
                  row.add(figure(e.getValue().at(pointer)));
                }
                rows.add(row);
              });
    }
    return new Table("The same by typology, in the dense cities", rows);
  }

  private Table typologies() {
    Map<String, long[]> byKind = new TreeMap<>();
    for (JsonNode run : runs.of(DENSE)) {
      run.path("typologies")
          .fields()
          .forEachRemaining(
              e -> {
                long[] counts = byKind.computeIfAbsent(e.getKey(), any -> new long[3]);
                counts[0] += e.getValue().path("stories").asLong();
                counts[1] += e.getValue().path("caught").asLong();
                counts[2] += e.getValue().path("inTime").asLong();
              });
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("typology", "stories", "caught", "95 %", "in time", "95 %"));
    byKind.forEach(
        (kind, counts) -> {
          Rate caught = Rate.share(counts[1], counts[0]);
          Rate inTime = Rate.share(counts[2], counts[0]);
          rows.add(
              List.of(
                  kind,
                  String.valueOf(counts[0]),
                  number(caught.value()),
                  number(caught.low()) + "–" + number(caught.high()),
                  number(inTime.value()),
                  number(inTime.low()) + "–" + number(inTime.high())));
        });
    return new Table("By typology, in the dense cities", rows);
  }

  private Table perDayTable(String title, String pointer) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("", "counted", "a day", "95 %"));
    runs.counts(SPARSE, pointer)
        .forEach(
            (name, count) -> {
              Rate rate = perDayOfInnocents(count);
              rows.add(
                  List.of(
                      name,
                      String.valueOf(count),
                      number(rate.value()),
                      number(rate.low()) + "–" + number(rate.high())));
            });
    return new Table(title + " (cities at prevalence)", rows);
  }

  private Table ordersTable() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("", "counted", "a day"));
    runs.counts(DENSE, "/ordersWrongOfFraud")
        .forEach(
            (name, count) ->
                rows.add(
                    List.of(name, String.valueOf(count), number(perDayOfFraud(count).value()))));
    runs.counts(DENSE, "/ordersWrong")
        .forEach(
            (name, count) ->
                rows.add(
                    List.of(name, String.valueOf(count), number(perDayOfFraud(count).value()))));
    return new Table("Wrong orders, by innocent story", rows);
  }

  private Table rules() {
    Map<String, long[]> byRule = new TreeMap<>();
    for (String density : List.of(DENSE, SPARSE)) {
      int at = density.equals(DENSE) ? 0 : 3;
      for (JsonNode run : runs.of(density)) {
        run.path("rules")
            .fields()
            .forEachRemaining(
                e -> {
                  long[] counts = byRule.computeIfAbsent(e.getKey(), any -> new long[5]);
                  counts[at] += e.getValue().path("hits").asLong();
                  counts[at + 1] += e.getValue().path("right").asLong();
                  counts[2] += at == 0 ? e.getValue().path("stories").asLong() : 0;
                });
      }
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("rule", "hits, dense", "right", "stories", "hits, prevalence", "right"));
    byRule.forEach(
        (rule, counts) -> {
          List<String> row = new ArrayList<>(List.of(rule));
          for (long count : counts) {
            row.add(String.valueOf(count));
          }
          rows.add(row);
        });
    return new Table("Final hits of each rule", rows);
  }

  private List<String> about() {
    List<String> about = new ArrayList<>();
    runs.about().forEach((name, value) -> about.add(name + ": " + value));
    for (String density : List.of(DENSE, SPARSE)) {
      for (JsonNode run : runs.of(density)) {
        about.add(
            String.format(
                Locale.ROOT,
                "%s: seed %d, %,d residents, %d days, %,d events, fraud %.1f times as dense as outside",
                density,
                run.path("seed").asLong(),
                run.path("residents").asLong(),
                run.path("days").asLong(),
                run.path("events").asLong(),
                run.path("enrichment").asDouble()));
      }
    }
    about.add(
        String.format(
            Locale.ROOT,
            "re-weighting: counts of frauds in dense cities are divided by %.1f; one innocent of the cities at prevalence stands for %.2f a day",
            factor(),
            perDay(SPARSE)));
    return about;
  }

  /** Markdown for people, and for a page of results. */
  public String text() {
    StringBuilder out = new StringBuilder();
    about().forEach(line -> out.append(line).append('\n'));
    tables().forEach(table -> table.markdown(out));
    return out.toString();
  }

  /** One page that needs nothing else. */
  public String html() {
    StringBuilder out =
        new StringBuilder(
            "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Zhifu: bench caught</title><style>"
                + Page.STYLE
                + "</style><h1>Zhifu: what was caught</h1>");
    about()
        .forEach(line -> out.append("<p class=\"note\">").append(Page.text(line)).append("</p>"));
    tables().forEach(table -> table.html(out));
    return out.append("</html>\n").toString();
  }

  private static String number(double value) {
    if (Double.isNaN(value)) {
      return "-";
    }
    return String.format(Locale.ROOT, Math.abs(value) < 10 ? "%.3f" : "%,.1f", value);
  }
}
