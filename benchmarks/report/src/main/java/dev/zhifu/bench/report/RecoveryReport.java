package dev.zhifu.bench.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What victims' money came to, point by point, over all seeds. Kept is (a) held back, by a HOLD or
 * a risk hold until the victim gave up or a stop took over, and (b) stopped, by FIFO; both over
 * what the same stories take with nobody to stop them. Intervals are bootstrapped over stories.
 */
public final class RecoveryReport {
  /** The headline with the standing authorisation. */
  public static final String ON = "headline-on";

  /** The same with every order signed by an officer. */
  public static final String OFF = "headline-off";

  private static final double KEPT_AIM = 0.85;
  private static final double CEILING_AIM = 0.90;
  private static final double PUBLISHED_BEST = 0.783;
  private static final int RESAMPLES = 2000;

  /** Money that lies where it cannot leave, and that (a) and (b) do not count. */
  private static final List<String> THERE = List.of("ON_A_STOPPED_ACCOUNT", "STILL_HELD");

  /** Kinds of fraud by how they are played: a mixture of them is a weighting of these. */
  private static final Map<String, List<String>> GROUPS = groups();

  private final Runs runs;

  private RecoveryReport(Runs runs) {
    this.runs = runs;
  }

  /** Of runs that name {@link #ON} and {@link #OFF} at least. */
  public static RecoveryReport of(Runs runs) {
    return new RecoveryReport(runs);
  }

  private static Map<String, List<String>> groups() {
    Map<String, List<String>> groups = new LinkedHashMap<>();
    groups.put("task rebates", List.of("TASK_REBATE"));
    groups.put("chat and investment", List.of("FAKE_INVESTMENT", "ROMANCE", "CASH_COURIER"));
    groups.put(
        "on the telephone",
        List.of(
            "CUSTOMER_SERVICE",
            "FAKE_LOAN",
            "FAKE_POLICE",
            "CREDIT_REPAIR",
            "FLIGHT_CHANGE",
            "FAMILY_EMERGENCY"));
    groups.put("boss and counterfeit face", List.of("BOSS_IMPERSONATION", "DEEPFAKE_CALL"));
    groups.put("shopping and games", List.of("FAKE_SHOPPING", "GAME_TRADE"));
    groups.put(
        "taken over", List.of("SCREEN_TAKEOVER", "FORWARDED_CALLS", "STOLEN_SIM", "PHISHED_CODES"));
    return groups;
  }

  private long heldBack(String config, String of) {
    return runs.sum(config, of + "/heldWithVictimFen") + runs.sum(config, of + "/heldOnMulesFen");
  }

  private double share(String config, long fen) {
    return fen / (double) runs.sum(config, "/lossWithoutFen");
  }

  /** (a) and (b) over the loss, with an interval over stories. */
  public Rate kept(String config) {
    return bootstrap(config, story -> story[1] + story[2], story -> story[0]);
  }

  /** (b) over the money on connected accounts when reports were accepted. */
  public Rate ofCeiling(String config) {
    return bootstrap(config, story -> story[2], story -> story[3]);
  }

  /**
   * All that a stop keeps on mule accounts over the same: (b), what a hold kept there first, and
   * what came to accounts that were stopped already. Money that came after the report was accepted
   * is in it and not in the ceiling, so that it can be above 1.
   */
  public Rate onMulesOfCeiling(String config) {
    return bootstrap(config, story -> story[2] + story[4] + story[5], story -> story[3]);
  }

  /** Gone, or on accounts where nothing keeps it, over the loss without the engine. */
  public Rate lostOfLoss(String config) {
    return bootstrap(config, story -> story[6], story -> story[0]);
  }

  private interface Part {
    double of(double[] story);
  }

  private Rate bootstrap(String config, Part part, Part whole) {
    List<double[]> stories = new ArrayList<>();
    for (JsonNode run : runs.of(config)) {
      for (JsonNode story : run.path("perStory")) {
        double[] numbers = new double[7];
        for (int i = 0; i < numbers.length; i++) {
          numbers[i] = story.path(i + 1).asDouble();
        }
        stories.add(numbers);
      }
    }
    double value = ratio(stories, part, whole);
    if (stories.isEmpty() || Double.isNaN(value)) {
      return new Rate(Double.NaN, Double.NaN, Double.NaN);
    }
    SplittableRandom random = new SplittableRandom(1);
    double[] drawn = new double[RESAMPLES];
    for (int i = 0; i < RESAMPLES; i++) {
      List<double[]> sample = new ArrayList<>(stories.size());
      for (int j = 0; j < stories.size(); j++) {
        sample.add(stories.get(random.nextInt(stories.size())));
      }
      drawn[i] = ratio(sample, part, whole);
    }
    java.util.Arrays.sort(drawn);
    return new Rate(value, drawn[RESAMPLES / 40], drawn[RESAMPLES - 1 - RESAMPLES / 40]);
  }

  private static double ratio(List<double[]> stories, Part part, Part whole) {
    double over = 0;
    double under = 0;
    for (double[] story : stories) {
      over += part.of(story);
      under += whole.of(story);
    }
    return under == 0 ? Double.NaN : over / under;
  }

  private List<Table> tables() {
    List<Table> tables = new ArrayList<>();
    tables.add(headline());
    tables.add(points());
    for (String config : List.of(ON, OFF)) {
      if (!runs.of(config).isEmpty()) {
        tables.add(whereItWent(config));
      }
    }
    tables.add(parts("What victims paid, by how it came to be paid", "/paidHow", "/paidFen"));
    tables.add(
        parts("What left mule accounts or victims for good, by what it became", "/lostAs", null));
    tables.add(kinds("By how the fraud is played: " + ON, GROUPS));
    Map<String, List<String>> single = new LinkedHashMap<>();
    runs.counts(ON, "/typologies").keySet().forEach(kind -> single.put(kind, List.of(kind)));
    tables.add(kinds("By typology: " + ON, single));
    tables.add(reasons());
    return tables;
  }

  private Table headline() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("figure", "value", "95 % over stories", "aim", ""));
    rows.add(aim("(a) + (b) of the loss, authorisation on", kept(ON), KEPT_AIM));
    rows.add(aim("(b) of its ceiling, authorisation on", ofCeiling(ON), CEILING_AIM));
    rows.add(aim("gone or kept by nothing, of the loss, authorisation on", lostOfLoss(ON), null));
    rows.add(aim("(a) + (b) of the loss, every order signed by an officer", kept(OFF), null));
    rows.add(aim("(b) of its ceiling, every order signed by an officer", ofCeiling(OFF), null));
    rows.add(
        aim(
            "gone or kept by nothing, of the loss, every order signed by an officer",
            lostOfLoss(OFF),
            null));
    rows.add(
        aim(
            "for comparison, not (b) and no aim: (b), held on mule accounts first, and come to"
                + " stopped accounts, over that ceiling, which such money never reached, so that"
                + " it can pass 100 %",
            onMulesOfCeiling(ON), null));
    rows.add(
        List.of(
            "the published best case (one case of 4.3 million yuan, 2023)",
            percent(PUBLISHED_BEST),
            "",
            "",
            ""));
    return new Table("Headline", rows);
  }

  private static List<String> aim(String what, Rate rate, Double aim) {
    boolean known = !Double.isNaN(rate.value());
    return List.of(
        what,
        percent(rate.value()),
        known ? percent(rate.low()) + "–" + percent(rate.high()) : "-",
        aim == null ? "" : "≥ " + percent(aim),
        aim == null || !known ? "" : rate.value() >= aim ? "met" : "missed");
  }

  private Table points() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "point",
            "loss without engine",
            "lost with it",
            "(a) held back",
            "(b) stopped",
            "ceiling of (b)",
            "(a)+(b) of loss",
            "(b) of ceiling",
            "never tried",
            "balance stopped",
            "frozen",
            "refunded",
            "orders",
            "by officers",
            "wrong",
            "late"));
    for (String config : runs.configs()) {
      long held = heldBack(config, "");
      long stopped = runs.sum(config, "/stoppedFen");
      long orders =
          runs.counts(config, "/signedByOrigin").values().stream().mapToLong(Long::longValue).sum();
      rows.add(
          List.of(
              config,
              yuan(runs.sum(config, "/lossWithoutFen")),
              yuan(lost(config)),
              yuan(held),
              yuan(stopped),
              yuan(runs.sum(config, "/ceilingFen")),
              percent(share(config, held + stopped)),
              percent(stopped / (double) runs.sum(config, "/ceilingFen")),
              yuan(runs.sum(config, "/preventedFen")),
              yuan(runs.sum(config, "/balanceStoppedFen")),
              yuan(runs.sum(config, "/frozenFen")),
              yuan(runs.sum(config, "/refundedFen")),
              String.valueOf(orders),
              String.valueOf(runs.sum(config, "/signedByOfficers")),
              String.valueOf(runs.sum(config, "/wrongOrders")),
              String.valueOf(runs.sum(config, "/lateOrders"))));
    }
    return new Table("Every point, yuan", rows);
  }

  /** What was paid, is gone or kept by nothing, and was not given back as bait. */
  private long lost(String config) {
    Map<String, Long> why = runs.counts(config, "/lostWhy");
    return why.values().stream().mapToLong(Long::longValue).sum()
        - THERE.stream().mapToLong(there -> why.getOrDefault(there, 0L)).sum()
        - runs.sum(config, "/rebateFen");
  }

  private Table whereItWent(String config) {
    long loss = runs.sum(config, "/lossWithoutFen");
    long left = loss;
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("the loss without engine became", "yuan", "of the loss"));
    Map<String, Long> parts = new LinkedHashMap<>();
    parts.put("(a) held back with the victim", runs.sum(config, "/heldWithVictimFen"));
    parts.put("(a) held on mule accounts until a stop", runs.sum(config, "/heldOnMulesFen"));
    parts.put("(b) stopped", runs.sum(config, "/stoppedFen"));
    parts.put(
        "never tried after the victim gave up; not counted as kept",
        runs.sum(config, "/preventedFen"));
    parts.put("held with the victim at the end of the run", runs.sum(config, "/heldAtEndFen"));
    runs.counts(config, "/lostWhy")
        .forEach(
            (why, fen) ->
                parts.put(
                    (THERE.contains(why) ? "there, not counted as kept: " : "lost: ") + words(why),
                    fen));
    parts.put("less what came back as bait", -runs.sum(config, "/rebateFen"));
    for (Map.Entry<String, Long> part : parts.entrySet()) {
      left -= part.getValue();
      rows.add(row(part.getKey(), part.getValue(), loss));
    }
    rows.add(row("otherwise: stories that went another way", left, loss));
    rows.add(row("together", loss, loss));
    return new Table("Where it went: " + config, rows);
  }

  private static List<String> row(String what, long fen, long of) {
    return List.of(what, yuan(fen), percent(fen / (double) of));
  }

  private Table parts(String title, String pointer, String whole) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("", ON + ", yuan", "share", OFF + ", yuan", "share"));
    Map<String, Long> on = runs.counts(ON, pointer);
    Map<String, Long> off = runs.counts(OFF, pointer);
    Map<String, Long> names = new TreeMap<>(on);
    names.putAll(off);
    for (String name : names.keySet()) {
      rows.add(
          List.of(
              words(name),
              yuan(on.getOrDefault(name, 0L)),
              percent(on.getOrDefault(name, 0L) / (double) total(ON, on, whole)),
              yuan(off.getOrDefault(name, 0L)),
              percent(off.getOrDefault(name, 0L) / (double) total(OFF, off, whole))));
    }
    return new Table(title, rows);
  }

  private long total(String config, Map<String, Long> parts, String whole) {
    return whole == null
        ? parts.values().stream().mapToLong(Long::longValue).sum()
        : runs.sum(config, whole);
  }

  private Table kinds(String title, Map<String, List<String>> groups) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "",
            "stories",
            "loss without engine, yuan",
            "(a) of it",
            "(b) of it",
            "(a)+(b)",
            "(b) of ceiling",
            "never tried",
            "lost most by"));
    groups.forEach(
        (name, kinds) -> {
          long loss = 0;
          long held = 0;
          long stopped = 0;
          long ceiling = 0;
          long prevented = 0;
          long stories = 0;
          Map<String, Long> why = new TreeMap<>();
          for (String kind : kinds) {
            String of = "/typologies/" + kind;
            stories += runs.sum(ON, of + "/stories");
            loss += runs.sum(ON, of + "/lossWithoutFen");
            held += heldBack(ON, of);
            stopped += runs.sum(ON, of + "/stoppedFen");
            ceiling += runs.sum(ON, of + "/ceilingFen");
            prevented += runs.sum(ON, of + "/preventedFen");
            runs.counts(ON, of + "/lostWhy")
                .forEach((each, fen) -> why.merge(each, fen, Long::sum));
          }
          if (stories > 0) {
            rows.add(
                List.of(
                    name,
                    String.valueOf(stories),
                    yuan(loss),
                    percent(held / (double) loss),
                    percent(stopped / (double) loss),
                    percent((held + stopped) / (double) loss),
                    percent(stopped / (double) ceiling),
                    percent(prevented / (double) loss),
                    why.entrySet().stream()
                        .max(Comparator.comparingLong(Map.Entry::getValue))
                        .map(e -> words(e.getKey()))
                        .orElse("")));
          }
        });
    return new Table(title, rows);
  }

  /** Why money was lost, for each way of playing it: shares of what was paid and not kept. */
  private Table reasons() {
    List<List<String>> rows = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of("lost, of what was paid and not kept"));
    head.addAll(GROUPS.keySet());
    rows.add(head);
    for (String why : runs.counts(ON, "/lostWhy").keySet()) {
      List<String> row = new ArrayList<>(List.of(words(why)));
      for (List<String> kinds : GROUPS.values()) {
        long part = 0;
        long all = 0;
        for (String kind : kinds) {
          Map<String, Long> of = runs.counts(ON, "/typologies/" + kind + "/lostWhy");
          part += of.getOrDefault(why, 0L);
          all += of.values().stream().mapToLong(Long::longValue).sum();
        }
        row.add(percent(part / (double) all));
      }
      rows.add(row);
    }
    return new Table("Where the rest went, by how the fraud is played: " + ON, rows);
  }

  /** A constant's name as words. */
  private static String words(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private Map<String, List<double[]>> curves(String x, Predicate<JsonNode> fits, double unit) {
    Map<String, List<double[]>> curves = new LinkedHashMap<>();
    for (boolean on : List.of(true, false)) {
      String by = on ? ", authorisation on" : ", off";
      List<double[]> kept = new ArrayList<>();
      List<double[]> held = new ArrayList<>();
      List<double[]> stopped = new ArrayList<>();
      for (String config : runs.configs()) {
        JsonNode run = runs.of(config).get(0);
        if (run.path("authorisation").asBoolean() == on
            && run.path("rules").asBoolean()
            && fits.test(run)) {
          double at = run.path(x).asDouble() / unit;
          double a = share(config, heldBack(config, ""));
          double b = share(config, runs.sum(config, "/stoppedFen"));
          kept.add(new double[] {at, 100 * (a + b)});
          held.add(new double[] {at, 100 * a});
          stopped.add(new double[] {at, 100 * b});
        }
      }
      Comparator<double[]> order = Comparator.comparingDouble(point -> point[0]);
      kept.sort(order);
      held.sort(order);
      stopped.sort(order);
      curves.put("(a)+(b)" + by, kept);
      curves.put("(a)" + by, held);
      curves.put("(b)" + by, stopped);
    }
    return curves;
  }

  private boolean sameBut(JsonNode run, String field) {
    JsonNode base = runs.of(ON).get(0);
    for (String each :
        List.of("officerSeconds", "bankP50Seconds", "bankP99Seconds", "connectedBanks")) {
      if (!each.equals(field) && run.path(each).asDouble() != base.path(each).asDouble()) {
        return false;
      }
    }
    return true;
  }

  private List<String> about() {
    List<String> about = new ArrayList<>();
    runs.about().forEach((name, value) -> about.add(name + ": " + value));
    for (JsonNode run : runs.of(ON)) {
      about.add(
          String.format(
              Locale.ROOT,
              "seed %d: %,d residents, %d days, %,d stories, %,d events a point, fraud %.1f times as dense as outside; banks not connected: %s",
              run.path("seed").asLong(),
              run.path("residents").asLong(),
              run.path("days").asLong(),
              run.path("stories").asLong(),
              run.path("events").asLong(),
              run.path("enrichment").asDouble(),
              run.path("unconnected").isEmpty() ? "none" : run.path("unconnected").toString()));
    }
    about.add(runs.load(runs.configs()));
    return about;
  }

  /** Markdown for people, and for a page of results. */
  public String text() {
    StringBuilder out = new StringBuilder();
    about().forEach(line -> out.append(line).append("  \n"));
    tables().forEach(table -> table.markdown(out));
    return out.toString();
  }

  /** One page that needs nothing else. */
  public String html() {
    StringBuilder out =
        new StringBuilder(
            "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Zhifu: bench recovery</title><style>"
                + Page.STYLE
                + "</style><h1>Zhifu: victims' money</h1>");
    about()
        .forEach(line -> out.append("<p class=\"note\">").append(Page.text(line)).append("</p>"));
    out.append("<h2>Kept, by an officer's median time to accept and again to sign</h2><figure>")
        .append(
            Lines.of(
                curves("officerSeconds", run -> sameBut(run, "officerSeconds"), 60),
                "%",
                "minutes"))
        .append("</figure><h2>Kept, by banks connected</h2><figure>")
        .append(
            Lines.of(
                curves("connectedBanks", run -> sameBut(run, "connectedBanks"), 1),
                "%",
                "of 12 banks"))
        .append("</figure>");
    tables().forEach(table -> table.html(out));
    return out.append("</html>\n").toString();
  }

  private static String percent(double share) {
    return Double.isNaN(share) || Double.isInfinite(share)
        ? "-"
        : String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  private static String yuan(long fen) {
    return String.format(Locale.ROOT, "%,d", Math.round(fen / 100.0));
  }
}
