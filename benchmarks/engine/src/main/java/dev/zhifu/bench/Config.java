package dev.zhifu.bench;

import dev.zhifu.jobs.features.HolderStep;
import dev.zhifu.rules.language.Rule;
import dev.zhifu.wire.KeyKind;
import dev.zhifu.wire.ListEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One configuration, by its name: {@code kind[-rules][@stream][+cacheN]}.
 *
 * @param pipeline what is measured
 * @param plan what it runs with
 * @param stream city, live, uniform or zipf
 * @param enriched true when its events come with their features
 * @param folder where {@link Prepare} wrote
 * @param facts what it said
 */
record Config(
    Pipeline pipeline,
    Pipeline.Plan plan,
    String stream,
    boolean enriched,
    Path folder,
    Facts facts) {
  private static final Pattern NAME =
      Pattern.compile("([a-z]+(?:-[a-z]+)*)(?:-(\\d+))?(?:@([a-z]+))?(?:\\+cache(\\d+))?");
  private static final int LIVE_DAYS = 60;
  private static final int USUAL_CACHE = HolderStep.BY_HEAP;
  private static final int ACCOUNTS = 1_000_000;
  private static final int PER_SECOND = 1_000;

  static Config of(String name, Settings settings) throws IOException {
    Matcher parts = NAME.matcher(name);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "configuration '" + name + "' is not of the form kind[-rules][@stream][+cacheN]");
    }
    String kind = parts.group(1);
    int count = parts.group(2) == null ? 37 : Integer.parseInt(parts.group(2));
    String stream = parts.group(3) == null ? "city" : parts.group(3);
    int cache = parts.group(4) == null ? USUAL_CACHE : Integer.parseInt(parts.group(4));
    Path folder = settings.path("events");
    Facts facts = Facts.read(folder);
    boolean live = stream.equals("live");
    boolean city = live || stream.equals("city");
    List<ListEntry> lists = city ? Lists.read(folder.resolve(Prepare.LISTS)) : List.of();
    List<KeyKind> keys = kind.equals("single") ? List.of(KeyKind.HOLDER) : List.of();
    List<Rule> rules = RuleCopies.of(settings.path("catalogue"), count, keys);
    Pipeline.Plan plan =
        new Pipeline.Plan(
            rules,
            lists,
            city ? facts.startMs() : 0,
            city ? facts.routesPerEvent(count) : 0,
            cache);
    return new Config(pipeline(kind), plan, stream, !kind.equals("engine"), folder, facts);
  }

  private static Pipeline pipeline(String kind) {
    return switch (kind) {
      case "noop" -> new Ceiling(false);
      case "rocks" -> new Ceiling(true);
      case "one-exchange" -> Engine::singleExchange;
      case "engine" -> Engine::whole;
      case "match" -> Engine::matching;
      case "single" -> Engine::singleKey;
      case "cep-event" -> new StockCep(false, false);
      case "cep-prefilter" -> new StockCep(false, true);
      case "cep-proc" -> new StockCep(true, false);
      default ->
          throw new IllegalArgumentException(
              "there is no configuration of the kind '"
                  + kind
                  + "'; kinds: noop, rocks, one-exchange, engine, match, single, cep-event,"
                  + " cep-prefilter, cep-proc");
    };
  }

  /**
   * The events.
   *
   * @param live how many after those of the days before; negative for no end
   */
  Feed feed(long live) {
    if (stream.equals("live")) {
      return new LiveCity(facts.residents(), LIVE_DAYS, facts.seed(), live);
    }
    if (!stream.equals("city")) {
      return new Synthetic(ACCOUNTS, stream.equals("zipf"), PER_SECOND, enriched, 1, live);
    }
    int once = enriched ? 0 : facts.historyEvents();
    return new Tape(
        folder.resolve(enriched ? Prepare.ENRICHED : Prepare.RAW).toString(),
        once,
        facts.endMs() - facts.startMs(),
        live < 0 ? -1 : once + live);
  }

  /** Event time at which the live events begin. */
  long startMs() {
    return stream.equals("city") || stream.equals("live") ? facts.startMs() : Synthetic.START_MS;
  }
}
