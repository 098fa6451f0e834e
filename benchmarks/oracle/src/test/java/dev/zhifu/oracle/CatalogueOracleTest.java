package dev.zhifu.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.rules.language.EventView;
import dev.zhifu.rules.language.Rule;
import dev.zhifu.rules.matching.HitListener;
import dev.zhifu.rules.matching.MatchCounts;
import dev.zhifu.rules.matching.MatchEvent;
import dev.zhifu.rules.matching.MatchSettings;
import dev.zhifu.rules.matching.RuleSet;
import dev.zhifu.rules.matching.StreamMatcher;
import dev.zhifu.rules.scenario.ScenarioFile;
import dev.zhifu.wire.Evidence;
import dev.zhifu.wire.KeyKind;
import dev.zhifu.wire.RuleHit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every live rule of the catalogue with a window, on histories drawn from its own scenarios: what
 * the engine finds when events come late and twice is what stock Flink CEP finds on the sorted
 * stream under a pattern that knows nothing of the engine's, and what the language's own matcher
 * finds. Another run: {@code -Dseed=…}.
 */
class CatalogueOracleTest {
  private static final Path CATALOGUE = Path.of("../../rules/catalogue");
  private static final long SEED = Long.getLong("seed", 7);
  private static final int HISTORIES = 100;
  private static final long TICK_MS = 1_000;

  /** Nothing comes later, or later than a quarter of its rule's window. */
  private static final int LATENESS_SECONDS = 1_200;

  static List<Rule> rulesWithAWindow() throws IOException {
    return dev.zhifu.rules.language.RuleSet.ofDirectory(CATALOGUE).liveRules().stream()
        // A rule of one event has no window of its own.
        .filter(rule -> rule.text().contains("\nwithin:"))
        .toList();
  }

  static List<String> ids() throws IOException {
    return rulesWithAWindow().stream().map(Rule::id).toList();
  }

  private record Arriving(String key, EventView view, long arrivesAt) {}

  @ParameterizedTest
  @MethodSource("ids")
  void theEngineAndBothOraclesFindTheSameHits(String id) throws Exception {
    Rule rule =
        rulesWithAWindow().stream().filter(one -> one.id().equals(id)).findFirst().orElseThrow();
    Random random = new Random(SEED + id.hashCode());
    ScenarioHistories histories =
        new ScenarioHistories(
            rule, ScenarioFile.read(CATALOGUE.resolve(id).resolve("scenarios.yaml")), random);
    Map<String, List<Seen>> sorted = new LinkedHashMap<>();
    List<Arriving> arrivals = new ArrayList<>();
    int lateness = latenessSeconds(rule);
    long last = 0;
    for (int i = 0; i < HISTORIES; i++) {
      String key = id + "-" + i;
      List<EventView> history = histories.draw();
      sorted.put(key, Seen.sortedViews(key, history));
      for (EventView view : history) {
        long at = view.event().getOccurredAt().toEpochMilli();
        last = Math.max(last, at);
        arrivals.add(new Arriving(key, view, at + random.nextInt(lateness) * TICK_MS));
      }
    }
    arrivals.sort(Comparator.comparingLong(Arriving::arrivesAt));

    Found engine = new Found();
    MatchCounts counts = run(rule, arrivals, last + rule.withinMs() + TICK_MS, random, engine);
    Map<String, Map<String, List<Evidence>>> stock =
        StockCep.find(rule, sorted.values(), last + rule.withinMs() + TICK_MS, TICK_MS);

    System.out.printf(
        "%s, seed %d: %d final hits on %d of %d keys, %d late reruns, %d retracted%n",
        id,
        SEED,
        engine.finals.values().stream().mapToInt(Set::size).sum(),
        engine.finals.size(),
        HISTORIES,
        counts.lateReruns(),
        counts.retracted());
    for (String key : sorted.keySet()) {
      Set<String> hits = engine.finals.getOrDefault(key, Set.of());
      assertThat(hits)
          .as("%s: engine and stock Flink CEP", key)
          .isEqualTo(stock.getOrDefault(key, Map.of()).keySet());
      assertThat(hits)
          .as("%s: engine and the language's own matcher", key)
          .isEqualTo(SpecMatcher.find(rule, sorted.get(key), hits).hits().keySet());
    }
    assertThat(engine.finals).as("keys with a hit").hasSizeGreaterThanOrEqualTo(HISTORIES / 20);
    assertThat(counts.lateReruns()).as("events that came late into a tail").isPositive();
    if (rule.monotone()) {
      assertThat(counts.retracted()).as("a monotone rule retracts nothing").isZero();
    } else if (rule.restsOnAbsence()) {
      // Of the others some can lose a hit to nothing that their scenarios tell.
      assertThat(counts.retracted()).as("hits that a late event took back").isPositive();
    }
  }

  private static int latenessSeconds(Rule rule) {
    return Math.max(LATENESS_SECONDS, (int) (rule.withinMs() / TICK_MS / 4));
  }

  /** The events in the order of arrival, every fourth twice. */
  private static MatchCounts run(
      Rule rule, List<Arriving> arrivals, long end, Random random, Found found) {
    StreamMatcher matcher =
        new StreamMatcher(RuleSet.of(List.of(rule)), MatchSettings.DEFAULT, found);
    for (Arriving arriving : arrivals) {
      int times = random.nextInt(4) == 0 ? 2 : 1;
      for (int i = 0; i < times; i++) {
        matcher.accept(rule.keyKind(), arriving.key, arriving.view.side(), arriving.view.event());
      }
      matcher.advanceTo(arriving.arrivesAt - latenessSeconds(rule) * TICK_MS - TICK_MS);
    }
    matcher.advanceTo(end);
    return matcher.counts();
  }

  private static final class Found implements HitListener {
    private final Map<String, Set<String>> finals = new TreeMap<>();

    @Override
    public void onHit(RuleHit hit) {
      if (hit.getIsFinal()) {
        finals.computeIfAbsent(hit.getKey(), key -> new HashSet<>()).add(hit.getHitId());
      }
    }

    @Override
    public void onLate(KeyKind keyKind, String key, MatchEvent event) {
      throw new AssertionError("nothing comes later than the lateness: " + event);
    }

    @Override
    public void onOverflow(KeyKind keyKind, String key, Rule rule) {
      throw new AssertionError(rule.id() + " overflowed on " + key);
    }

    @Override
    public void onQuarantine(Rule rule, Exception failure) {
      throw new AssertionError(rule.id() + " was quarantined", failure);
    }
  }
}
