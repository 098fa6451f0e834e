package dev.zhifu.bench;

import dev.zhifu.bench.report.ConfigName;
import dev.zhifu.rules.language.Rule;
import dev.zhifu.wire.ListEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * One configuration, by its name.
 *
 * @param name what it says
 * @param pipeline what is measured
 * @param plan what it runs with
 * @param rulesParsedSeconds how long it took to parse and check its rules in this JVM
 * @param folder where {@link Prepare} wrote
 * @param facts what it said
 */
record Config(
    ConfigName name,
    Pipeline pipeline,
    Pipeline.Plan plan,
    double rulesParsedSeconds,
    Path folder,
    Facts facts) {
  private static final long LONGEST_WINDOW_MS = 72 * 3_600_000L;
  private static final int LIVE_DAYS = 60;
  private static final int ACCOUNTS = 1_000_000;
  private static final int PER_SECOND = 1_000;

  static Config of(String text, Settings settings) throws IOException {
    ConfigName name = ConfigName.of(text);
    Path folder = settings.path("events");
    Facts facts = Facts.read(folder);
    List<ListEntry> lists = name.ofCity() ? Lists.read(folder.resolve(Prepare.LISTS)) : List.of();
    long started = System.nanoTime();
    List<Rule> rules = rules(name, settings.path("catalogue"));
    double seconds = (System.nanoTime() - started) / 1e9;
    int live = name.shadow() ? rules.size() / 2 : rules.size();
    Pipeline.Plan plan =
        new Pipeline.Plan(
            rules.subList(0, live),
            rules.subList(live, rules.size()),
            lists,
            name.ofCity() ? facts.startMs() : 0,
            name.ofCity() && name.kind().matches("noop|rocks")
                ? facts.routesPerEvent(name.rules())
                : 0,
            name.cacheEntities());
    return new Config(name, pipeline(name.kind()), plan, seconds, folder, facts);
  }

  private static List<Rule> rules(ConfigName name, Path catalogue) throws IOException {
    if (name.stream().equals("pairs")) {
      return List.of(Pairs.rule(name.windowMs()));
    }
    return switch (name.kind()) {
      case "noop", "rocks", "one-exchange" -> List.of();
      case "single" -> RuleCopies.ofHolders(catalogue, name.rules());
      default -> RuleCopies.of(catalogue, name.shadow() ? 2 * name.rules() : name.rules());
    };
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
              "kind '" + kind + "' runs elsewhere than in Flink; esper is bench-esper's");
    };
  }

  /**
   * The events.
   *
   * @param live how many after those of the days before; negative for no end
   */
  Feed feed(long live) {
    return switch (name.stream()) {
      case "live" -> new LiveCity(facts.residents(), LIVE_DAYS, facts.seed(), live);
      case "pairs" -> new Pairs(name.windowMs(), facts.seed(), live);
      case "uniform", "zipf" ->
          new Synthetic(
              ACCOUNTS, name.stream().equals("zipf"), PER_SECOND, enriched(), facts.seed(), live);
      default -> tape(live);
    };
  }

  private Tape tape(long live) {
    int once = enriched() ? 0 : facts.historyEvents();
    return new Tape(
        folder.resolve(enriched() ? Prepare.ENRICHED : Prepare.RAW).toString(),
        once,
        facts.endMs() - facts.startMs(),
        live < 0 ? -1 : once + live);
  }

  /** True when its events come with their features. */
  private boolean enriched() {
    return !name.kind().equals("engine");
  }

  /** Event time at which the live events begin. */
  long startMs() {
    return name.ofCity() ? facts.startMs() : Synthetic.START_MS;
  }

  /**
   * Event time to reach before measuring: 1.2 of the window whose figure is taken, or of the
   * longest where that is asked.
   */
  long filledMs() {
    long windowMs = name.filled() ? LONGEST_WINDOW_MS : name.windowMs();
    boolean fills = name.filled() || name.stream().equals("pairs");
    return fills ? startMs() + windowMs * 6 / 5 : Long.MIN_VALUE;
  }
}
