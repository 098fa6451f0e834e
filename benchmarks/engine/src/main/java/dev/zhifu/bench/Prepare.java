package dev.zhifu.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.zhifu.rules.features.FeaturePipeline;
import dev.zhifu.rules.features.Limits;
import dev.zhifu.rules.features.Listings;
import dev.zhifu.rules.features.Router;
import dev.zhifu.rules.features.RuleTimeline;
import dev.zhifu.rules.language.Rule;
import dev.zhifu.schemas.events.EnrichedEvents;
import dev.zhifu.wire.BankAccessEvent;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.TelecomEvent;
import dev.zhifu.workload.City;
import dev.zhifu.workload.CitySettings;
import dev.zhifu.workload.EventSink;
import dev.zhifu.workload.HashIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;

/**
 * Lives a city once and writes what every configuration reads: the days before and the live days as
 * the ingress gives them, and the live days as the feature steps leave them; beside them, how many
 * events and how many routes each number of rules makes of them.
 */
public final class Prepare implements EventSink {
  /** Events as the ingress gives them, the days before first. */
  static final String RAW = "city.raw";

  /** Live events with their features. */
  static final String ENRICHED = "city.enriched";

  /** List entries in force from before the first event. */
  static final String LISTS = "city.lists";

  /** Figures of both. */
  static final String FACTS = "city.json";

  private final FeaturePipeline features = new FeaturePipeline(Limits.UNHEARD);
  private final Map<Integer, Router> routers = new TreeMap<>();
  private final Map<Integer, Long> routes = new TreeMap<>();
  private final Map<Integer, Long> relevant = new TreeMap<>();
  private final EventFile.Writer raw;
  private final EventFile.Writer enriched;
  private boolean live;
  private long history;
  private long events;

  private Prepare(Path folder) throws IOException {
    raw = new EventFile.Writer(folder.resolve(RAW));
    enriched = new EventFile.Writer(folder.resolve(ENRICHED));
  }

  /** Arguments: out, catalogue; residents, days, seed, rules (numbers of them). */
  public static void main(String[] arguments) throws IOException {
    Settings settings = Settings.of(arguments);
    Path folder = Files.createDirectories(settings.path("out"));
    CitySettings city =
        CitySettings.defaults()
            .withArrival(0, 0, 0)
            .withResidents((int) settings.number("residents", 30_000))
            .withDays((int) settings.number("days", 3))
            .withSeed(settings.number("seed", 1));
    Prepare prepare = new Prepare(folder);
    List<Integer> counts =
        Stream.of(settings.text("rules", "1,10,37,200,1000").split(","))
            .map(Integer::valueOf)
            .toList();
    prepare.live(city, settings.path("catalogue"), folder, counts);
    new ObjectMapper()
        .writerWithDefaultPrettyPrinter()
        .writeValue(folder.resolve(FACTS).toFile(), prepare.facts(city));
  }

  private void live(CitySettings settings, Path catalogue, Path folder, List<Integer> counts)
      throws IOException {
    City city = new City(settings, new HashIdentity());
    Listings listings = new Listings();
    city.lists().forEach(listings::put);
    Lists.write(folder.resolve(LISTS), city.lists());
    for (int count : counts) {
      RuleTimeline timeline = new RuleTimeline(Limits.UNHEARD);
      for (Rule rule : RuleCopies.of(catalogue, count)) {
        timeline.start(rule, Long.MIN_VALUE + 1);
      }
      routers.put(count, new Router(timeline, listings));
    }
    city.history(this);
    history = events;
    events = 0;
    live = true;
    while (!city.finished()) {
      city.step(this);
    }
    raw.close();
    enriched.close();
  }

  @Override
  public void transaction(BankTransaction event) {
    take(event);
  }

  @Override
  public void access(BankAccessEvent event) {
    take(event);
  }

  @Override
  public void telecom(TelecomEvent event) {
    take(event);
  }

  private void take(SpecificRecord record) {
    try {
      EnrichedEvent event = EnrichedEvents.of(record);
      raw.write(event);
      events++;
      features.enrich(event);
      if (live) {
        routers.forEach((count, router) -> count(count, router.route(event).size()));
        enriched.write(event);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the events cannot be written", e);
    }
  }

  private void count(int rules, int made) {
    routes.merge(rules, (long) made, Long::sum);
    relevant.merge(rules, made > 0 ? 1L : 0L, Long::sum);
  }

  private Map<String, Object> facts(CitySettings city) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("residents", city.run().residents());
    facts.put("days", city.run().days());
    facts.put("seed", city.run().seed());
    facts.put("startMs", city.startMs());
    facts.put("endMs", city.endMs());
    facts.put("historyEvents", history);
    facts.put("liveEvents", events);
    facts.put("routesByRules", routes);
    facts.put("relevantByRules", relevant);
    return facts;
  }
}
