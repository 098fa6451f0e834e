package dev.zhifu.bench.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What a city, a province and the nation need, worked out from the runs of {@code bench
 * critical-path} and, for the recovery job, of {@code bench trace}: every figure of the page comes
 * from there or names where else, by the formulas that stand on it.
 */
public final class Capacity {
  /** Share of a core that is planned to be busy: the rest is for bursts, recovery and growth. */
  private static final double BUSY = 0.6;

  /** Copies of each record at the broker. */
  private static final int REPLICAS = 3;

  private static final int RETENTION_DAYS = 7;
  private static final int PARTITIONS = 4;
  private static final int MOST_SUBTASKS = 128;

  /**
   * SM2 signature and the verification of what it rests on, measured before: about 2 ms an order.
   */
  private static final double ORDERS_A_SECOND = 500;

  private static final double DAY = 86_400;
  private static final double MILLION = 1e6;
  private static final double GIGA = 1e9;

  private static final List<Place> PLACES =
      List.of(
          new Place("city", 1_000, 5_000),
          new Place("province", 10_000, 30_000),
          new Place("nation", 100_000, 200_000));

  /**
   * A place.
   *
   * @param name what it is
   * @param rate events a second
   * @param burst events a second for minutes
   */
  private record Place(String name, double rate, double burst) {}

  private final Runs runs;
  private final String source;
  private final List<JsonNode> engine;
  private final RecoveryShare recovery;

  private Capacity(Runs runs, String source, RecoveryShare recovery) {
    this.recovery = recovery;
    this.runs = runs;
    this.source = source;
    this.engine =
        runs.of("engine").stream().filter(run -> !run.path("saturation").isMissingNode()).toList();
  }

  /**
   * The page, Markdown.
   *
   * @param runs of the critical path, the engine's saturation among them
   * @param source name of their file, for the page
   * @param traces runs of {@code bench trace}, for the recovery job's share
   * @param traceSource name of their file, for the page
   * @throws IllegalArgumentException when a figure that the page needs was not measured
   */
  public static String of(Runs runs, String source, Runs traces, String traceSource) {
    Capacity capacity = new Capacity(runs, source, new RecoveryShare(traces, traceSource));
    if (capacity.engine.isEmpty()) {
      throw new IllegalArgumentException(
          source + " has no run of engine with its saturation; measure with bench critical-path");
    }
    return capacity.page();
  }

  private String page() {
    StringBuilder page = new StringBuilder();
    page.append("# Capacity\n\n")
        .append("Made by `./zhifu bench capacity` from `")
        .append(source)
        .append("`; do not edit. ");
    runs.about().forEach((key, value) -> page.append(key).append(": ").append(value).append(". "));
    page.append("Load average at the end: ")
        .append(number(median(run -> run.path("loadAverage").asDouble())))
        .append(".\n\n");
    measured(page);
    places(page);
    recovery(page);
    breaks(page);
    return page.toString();
  }

  private void measured(StringBuilder page) {
    page.append("## What was measured\n\n| figure | value | how |\n|---|---|---|\n");
    row(page, "events per CPU-second of the job", number(perCpuSecond()), "saturation");
    for (double rate : rates()) {
      row(
          page,
          "cores of the job at " + number(rate) + " events a second",
          number(coresMeasured(rate)),
          "CPU ÷ seconds; a job with little to do wakes, checkpoints and compiles all the same");
    }
    row(
        page,
        "CPU of the broker per event, µs",
        number(brokerMicros()),
        "saturation; the broker writes input and output and serves both readers");
    row(
        page,
        "state per resident, bytes",
        number(stateOfResident()),
        "full size of the newest checkpoint ÷ residents of the load");
    row(
        page,
        "written by checkpoints per event, bytes",
        number(checkpointOfEvent()),
        "incremental size ÷ events between two checkpoints, largest over the rates");
    row(
        page,
        "memory of one subtask, MB",
        number(subtaskBytes() / MILLION),
        "resident memory of the job's processes ÷ subtasks");
    row(page, "bytes of an event on its topic", number(eventBytes()), "the load's file ÷ events");
    row(
        page,
        "events of a resident and day",
        number(eventsOfResident()),
        "live events ÷ residents ÷ days of the load");
    row(
        page,
        "transfers that ask, of 1,000 events",
        number(1_000 * askedShare()),
        "the load; a PASS or HOLD each");
    row(
        page,
        "accepted reports of a million events, at the prevalence outside",
        number(MILLION * reportsOfEvent()),
        "the load ÷ its enrichment factor; an order or more each");
    page.append('\n');
  }

  private void places(StringBuilder page) {
    page.append("## What a place needs\n\n| | ");
    PLACES.forEach(place -> page.append(place.name).append(" | "));
    page.append("\n|---|");
    PLACES.forEach(place -> page.append("---|"));
    page.append('\n');
    line(page, "events a second", place -> place.rate);
    line(page, "burst, events a second", place -> place.burst);
    line(page, "residents, millions", place -> residents(place) / MILLION);
    line(page, "cores of the job for the steady rate", place -> cores(place.rate));
    line(
        page,
        "the same as measured at that rate, nothing left free",
        place -> coresMeasured(place.rate));
    line(page, "cores of the job for the burst", place -> cores(place.burst));
    line(page, "cores of the broker for the burst", place -> brokerCores(place.burst));
    line(page, "subtasks (one a core)", place -> Math.ceil(cores(place.burst)));
    line(
        page,
        "memory of the job, GB",
        place -> Math.ceil(cores(place.burst)) * subtaskBytes() / GIGA);
    line(page, "state, GB", place -> residents(place) * stateOfResident() / GIGA);
    line(
        page,
        "checkpoint traffic, MB a second",
        place -> place.rate * checkpointOfEvent() / MILLION);
    line(
        page,
        "a new worker reads its state in, s, at 100 MB a second and core",
        place -> residents(place) * stateOfResident() / Math.ceil(cores(place.burst)) / 1e8);
    line(
        page,
        "event topics for 7 days, three copies, TB",
        place -> place.rate * eventBytes() * DAY * RETENTION_DAYS * REPLICAS / 1e12);
    line(page, "decisions a second", place -> place.rate * askedShare());
    line(page, "accepted reports a day", place -> place.rate * DAY * reportsOfEvent());
    page.append("\nCores = events a second ÷ events per CPU-second ÷ ")
        .append(number(BUSY))
        .append(
            ": a core is planned to be busy for that share. Residents = events a second × 86,400 ÷ events of a resident and day. A figure for a province or the nation is this machine's, multiplied: exchange between machines, another network and another disk are not in it.\n\n");
  }

  private void recovery(StringBuilder page) {
    page.append("## The recovery job beside it\n\nFrom `").append(recovery.source()).append("`, ");
    recovery
        .runs()
        .about()
        .forEach((key, value) -> page.append(key).append(": ").append(value).append(". "));
    page.append(
        "What the tables above need is for detection alone; this comes on top.\n\n| figure | value | how |\n|---|---|---|\n");
    row(
        page,
        "CPU of the ledger for one side of a movement, µs",
        number(recovery.ledgerMicros()),
        "largest over the trees; CPU of the whole process while the load is read");
    row(
        page,
        "CPU of shapes among accounts for one side, µs",
        number(recovery.shapesMicros()),
        "every payment a first one, the most that it can cost");
    row(
        page,
        "CPU for one account that a trace works out, µs",
        number(recovery.accountMicros()),
        "largest over the trees");
    row(
        page,
        "accounts worked out a second, a hundred cases at once",
        number(recovery.accountsASecond()),
        "least over the trees, on the two cores of that machine");
    row(
        page,
        "bytes of a movement on each of its two accounts",
        number(RecoveryShare.BYTES_A_SIDE),
        "not from that run: docs/trace.md, a day of its own, as `LedgerDayTest` prints it; kept for "
            + number(RecoveryShare.LEDGER_DAYS)
            + " days");
    page.append("\n| | ");
    PLACES.forEach(place -> page.append(place.name).append(" | "));
    page.append("\n|---|");
    PLACES.forEach(place -> page.append("---|"));
    page.append('\n');
    line(page, "movements a second, at most", place -> place.rate);
    line(page, "cases a day", place -> casesADay(place));
    line(page, "cores for the steady rate", place -> recoveryCores(place, place.rate));
    line(page, "cores for the burst", place -> recoveryCores(place, place.burst));
    line(page, "subtasks (one a core)", this::recoverySubtasks);
    line(
        page,
        "memory, GB, a subtask taken for as large as detection's",
        place -> recoverySubtasks(place) * subtaskBytes() / GIGA);
    line(page, "state of the ledgers, GB", place -> recovery.ledgerBytes(place.rate) / GIGA);
    page.append("\nEvery event is taken for a movement, and every case for a tree of ")
        .append(number(recovery.accountsOfTree()))
        .append(
            " accounts: both are more than a place has. Cores = (movements × 2 × (ledger + shapes) + accounts of cases) ÷ ")
        .append(number(BUSY))
        .append(
            ". Memory of a recovery subtask was not measured by that bench, which is one JVM for load and job; checkpoints of it neither. Papers, refunds and the watch over stops are a few records a case and not in it.\n\n");
  }

  private double casesADay(Place place) {
    return place.rate * DAY * reportsOfEvent();
  }

  private double recoveryCores(Place place, double rate) {
    return recovery.cores(rate, casesADay(place)) / BUSY;
  }

  private double recoverySubtasks(Place place) {
    return Math.ceil(recoveryCores(place, place.burst));
  }

  private void breaks(StringBuilder page) {
    double perSubtask = perCpuSecond() * BUSY;
    page.append("## What breaks first, and what then\n\n");
    page.append("| limit | reached at, events a second | what then |\n|---|---|---|\n");
    row(
        page,
        PARTITIONS
            + " partitions of each event topic: no more than "
            + PARTITIONS
            + " subtasks read",
        number(PARTITIONS * perSubtask),
        "more partitions before more subtasks; keys move, so stop with a savepoint, let readers drain, add them, start");
    row(
        page,
        "one core of the broker for each "
            + number(MILLION * BUSY / brokerMicros())
            + " events a second",
        number(MILLION * BUSY / brokerMicros()),
        "brokers beside the job, then more of them; partitions spread by themselves");
    row(
        page,
        "stop-orders is one subtask (ADR-0009): about "
            + number(ORDERS_A_SECOND)
            + " signatures a second",
        number(ORDERS_A_SECOND / reportsOfEvent()),
        "unsigned requests still leave; split by bank before that");
    row(
        page,
        "decisions leave by one producer: about 20,000 a second",
        number(20_000 / askedShare()),
        "one sink a bank");
    row(
        page,
        MOST_SUBTASKS + " subtasks at most for keyed state, part of every savepoint",
        number(MOST_SUBTASKS * perSubtask),
        "several jobs, each for some provinces; holders and accounts of two jobs meet on topics");
    page.append(
        "\nWhat is over the limit waits: the backlog grows in Kafka, decisions come late and their transfers pass, evidence older than ten minutes makes requests and no orders (ADR-0020). Nothing is dropped.\n");
  }

  // --- figures
  // ------------------------------------------------------------------------------------------------------

  private double perCpuSecond() {
    return median(run -> run.path("saturation").path("eventsPerCpuSecond").asDouble());
  }

  /** Rates with a name of their own: half of saturation is another in each run. */
  private List<Double> rates() {
    return measuredRates()
        .filter(rate -> !rate.path("name").asText().equals("half"))
        .map(rate -> rate.path("rate").asDouble())
        .distinct()
        .sorted()
        .toList();
  }

  /** Median over the runs; not a number where the rate was not measured. */
  private double coresMeasured(double wanted) {
    return Median.of(
        measuredRates()
            .filter(rate -> rate.path("rate").asDouble() == wanted && rate.has("jobCpuSeconds"))
            .map(rate -> rate.path("jobCpuSeconds").asDouble() / rate.path("seconds").asDouble())
            .toList());
  }

  private Stream<JsonNode> measuredRates() {
    return engine.stream()
        .flatMap(run -> StreamSupport.stream(run.path("rates").spliterator(), false));
  }

  private double brokerMicros() {
    return median(
        run ->
            MILLION
                * run.path("saturation").path("brokerCpuSeconds").asDouble()
                / run.path("saturation").path("measuredEvents").asDouble());
  }

  private double stateOfResident() {
    return median(
        run -> run.path("state").path("stateBytes").asDouble() / run.path("residents").asDouble());
  }

  private double checkpointOfEvent() {
    return median(
        run -> {
          double most = 0;
          for (JsonNode rate : run.path("rates")) {
            double events = rate.path("rate").asDouble() * run.path("checkpointSeconds").asDouble();
            most = Math.max(most, rate.path("state").path("checkpointedBytes").asDouble() / events);
          }
          return most;
        });
  }

  private double subtaskBytes() {
    return median(run -> run.path("residentBytes").asDouble() / run.path("subtasks").asDouble());
  }

  private double eventBytes() {
    return median(
        run ->
            run.path("loadBytes").asDouble()
                / (run.path("load").path("historyEvents").asDouble()
                    + run.path("load").path("liveEvents").asDouble()));
  }

  private double eventsOfResident() {
    return median(
        run -> {
          JsonNode load = run.path("load");
          double days =
              (load.path("endMs").asDouble() - load.path("startMs").asDouble()) / 1e3 / DAY;
          return load.path("liveEvents").asDouble() / run.path("residents").asDouble() / days;
        });
  }

  private double askedShare() {
    return median(
        run ->
            run.path("load").path("askingTransfers").asDouble()
                / run.path("load").path("liveEvents").asDouble());
  }

  private double reportsOfEvent() {
    return median(
        run ->
            run.path("load").path("acceptedReports").asDouble()
                / run.path("load").path("liveEvents").asDouble()
                / Math.max(1, run.path("load").path("enrichmentFactor").asDouble()));
  }

  private double residents(Place place) {
    return place.rate * DAY / eventsOfResident();
  }

  private double cores(double rate) {
    return rate / perCpuSecond() / BUSY;
  }

  private double brokerCores(double rate) {
    return rate * brokerMicros() / MILLION / BUSY;
  }

  private double median(ToDoubleFunction<JsonNode> figure) {
    List<Double> values = new ArrayList<>();
    engine.forEach(run -> values.add(figure.applyAsDouble(run)));
    double median = Median.of(values);
    if (!Double.isFinite(median) || median < 0) {
      throw new IllegalArgumentException(
          source + " lacks a figure that the page needs; measure again with bench critical-path");
    }
    return median;
  }

  // --- words
  // --------------------------------------------------------------------------------------------------------

  private static void row(StringBuilder page, String what, String value, String how) {
    page.append("| ")
        .append(what)
        .append(" | ")
        .append(value)
        .append(" | ")
        .append(how)
        .append(" |\n");
  }

  private static void line(StringBuilder page, String what, ToDoubleFunction<Place> figure) {
    page.append("| ").append(what).append(" | ");
    PLACES.forEach(place -> page.append(number(figure.applyAsDouble(place))).append(" | "));
    page.append('\n');
  }

  /** Three digits that count. */
  private static String number(double value) {
    if (!Double.isFinite(value)) {
      return "-";
    }
    double size = Math.abs(value);
    int digits = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
    return String.format(Locale.ROOT, "%,." + digits + "f", value);
  }
}
