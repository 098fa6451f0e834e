package dev.zhifu.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zhifu.rules.language.Rule;
import dev.zhifu.wire.ActionCode;
import dev.zhifu.workload.City;
import dev.zhifu.workload.CitySettings;
import dev.zhifu.workload.StoryMoneyFate;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * One city in closed loop with the whole job, once for each point.
 *
 * <p>Arguments: set (A or B), residents, days, seed, enrichment, step (city seconds between two
 * answers), points (name:rules:authorisation:officer:bankP50:bankP99:connected, several with commas
 * between), catalogue, work (folder, the caller's to delete), out (folder for one JSON file a
 * point; points whose file is there are left out).
 */
public final class MoneyRun {
  private static final int CACHE = 50_000;
  private static final int STEP_SECONDS = 10;
  private static final ObjectMapper JSON = new ObjectMapper();

  private MoneyRun() {}

  /** Runs them; see the class. */
  public static void main(String[] arguments) throws Exception {
    Settings settings = Settings.of(arguments);
    CitySettings city =
        CitySettings.ofSet(settings.text("set"))
            .withResidents((int) settings.number("residents", 10_000))
            .withDays((int) settings.number("days", 1))
            .withSeed(settings.number("seed", 1))
            .withEnrichment(settings.decimal("enrichment", 1))
            .withStepSeconds((int) settings.number("step", STEP_SECONDS));
    Path catalogue = settings.path("catalogue");
    List<Rule> rules = RuleCopies.of(catalogue, RuleCopies.count(catalogue));
    Path out = Files.createDirectories(settings.path("out"));
    List<StoryMoneyFate> without = City.fatesWithoutEngine(city);
    for (String words : settings.text("points").split(",")) {
      MoneyPoint point = point(words);
      Path file = out.resolve(point.name() + ".json");
      if (Files.exists(file)) {
        continue;
      }
      Path work = Files.createTempDirectory(Files.createDirectories(settings.path("work")), "run");
      ObjectNode figures = live(point, city, point.rules() ? rules : List.of(), without, work);
      Path whole = Files.createTempFile(out, "point", ".tmp");
      JSON.writerWithDefaultPrettyPrinter().writeValue(whole.toFile(), figures);
      Files.move(whole, file);
      System.out.println(
          point.name()
              + ": "
              + figures.path("seconds").asLong()
              + " s, loss "
              + figures.path("lossWithoutFen").asLong() / 100
              + " yuan, held back "
              + (figures.path("heldWithVictimFen").asLong()
                      + figures.path("heldOnMulesFen").asLong())
                  / 100
              + ", stopped "
              + figures.path("stoppedFen").asLong() / 100
              + " of at most "
              + figures.path("ceilingFen").asLong() / 100);
    }
    System.exit(0);
  }

  static MoneyPoint point(String words) {
    String[] parts = words.split(":");
    if (parts.length != 7) {
      throw new IllegalArgumentException(
          "point '"
              + words
              + "' is not of the form name:rules:authorisation:officer:bankP50:bankP99:connected");
    }
    return new MoneyPoint(
        parts[0],
        parts[1].equals("on"),
        parts[2].equals("on"),
        Double.parseDouble(parts[3]),
        Double.parseDouble(parts[4]),
        Double.parseDouble(parts[5]),
        Integer.parseInt(parts[6]));
  }

  /** One city to its end. */
  static ObjectNode live(
      MoneyPoint point,
      CitySettings plain,
      List<Rule> rules,
      List<StoryMoneyFate> without,
      Path work)
      throws Exception {
    long began = System.nanoTime();
    double cpu = cpuSeconds();
    CitySettings settings = point.officersOf(plain);
    City city = new City(settings, new ClearCipher());
    List<String> cut = unconnected(point, settings.run().seed());
    city.disconnect(cut);
    Pipeline.Plan plan =
        new Pipeline.Plan(rules, List.of(), city.lists(), settings.startMs(), 0, CACHE);
    MoneyLoop loop =
        new MoneyLoop(
            city,
            point,
            authorised(rules),
            settings.run().engineLatencyMs(),
            settings.run().seed());
    try (MoneyHub hub = MoneyHub.start(loop)) {
      MoneyJob.run(hub, plan, work);
    }
    ObjectNode figures = MoneyFigures.of(point, loop, without, cut);
    figures.put("residents", settings.run().residents());
    figures.put("days", settings.run().days());
    figures.put("seed", settings.run().seed());
    figures.put("enrichment", settings.enrichmentFactor());
    figures.put("rulesInForce", rules.size());
    figures.put("seconds", (System.nanoTime() - began) / 1e9);
    figures.put("cpuSeconds", cpuSeconds() - cpu);
    figures.put("loadAverage", ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    return figures;
  }

  /** Banks that are not connected: drawn once a seed, so that a curve only ever adds banks. */
  static List<String> unconnected(MoneyPoint point, long seed) {
    List<String> banks = new ArrayList<>();
    for (int bank = 1; bank <= 12; bank++) {
      banks.add(String.format("B%02d", bank));
    }
    Collections.shuffle(banks, new Random(seed));
    return List.copyOf(banks.subList(point.connectedBanks(), banks.size()));
  }

  /** The rules that may ask for a hold or a stop. */
  private static List<String> authorised(List<Rule> rules) {
    return rules.stream()
        .filter(rule -> rule.actions().contains(ActionCode.A5))
        .map(Rule::id)
        .toList();
  }

  /** CPU of this whole process so far; a cost, which decides nothing. */
  private static double cpuSeconds() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
            .getProcessCpuTime()
        / 1e9;
  }
}
