package dev.zhifu.rules.matching;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.rules.language.EventView;
import dev.zhifu.rules.language.Rule;
import dev.zhifu.rules.language.RuleParser;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.KeyKind;
import dev.zhifu.wire.RuleHit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Goal: the catalogue's live rules find on shuffled streams, in the end, what stock Flink CEP finds
 * on the sorted ones. Method: streams drawn near each rule, shuffled within the lateness; Flink's
 * own CepOperator as the oracle with a watermark every second, of which all times are multiples.
 */
class CatalogueDifferentialTest {
  private static final long SEED = 7;
  private static final int KEYS = 24;
  private static final int EVENTS_PER_KEY = 60;
  private static final int LONGEST_GAP_SECONDS = 900;

  /** Rules of several steps, whose events must come closer to each other for their window. */
  private static final Map<String, Integer> CLOSER_SECONDS =
      Map.of("V01", 120, "V03", 200, "V05", 300, "V07", 60, "V08", 60, "V10", 120);

  private static final int LATENESS_SECONDS = 2_400;
  private static final AvroCodec<EnrichedEvent> CODEC = new AvroCodec<>(EnrichedEvent.class);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "V01", "V03", "V04", "V05", "V07", "V08", "V10", "V11", "M01", "M03", "M05", "M06", "T02"
      })
  void finalHitsOnAShuffledStreamEqualStockFlinkCep(String id) throws Exception {
    Path file = Path.of("..", "catalogue", id, "rule.yaml");
    Rule rule = RuleParser.parse(file.toString(), Files.readString(file)).orThrow();
    Random random = new Random(SEED + id.hashCode());
    RuleStreams streams = new RuleStreams(random);
    Map<String, List<MatchEvent>> sorted = new HashMap<>();
    List<Arriving> arrivals = new ArrayList<>();
    long last = 0;
    for (int i = 0; i < KEYS; i++) {
      String key = id + "-k" + i;
      List<EventView> stream =
          streams.draw(
              rule, key, EVENTS_PER_KEY, CLOSER_SECONDS.getOrDefault(id, LONGEST_GAP_SECONDS));
      sorted.put(key, stream.stream().map(view -> MatchEvent.of(view, CODEC)).sorted().toList());
      for (EventView view : stream) {
        long at = timeOf(view);
        last = Math.max(last, at);
        arrivals.add(new Arriving(key, view, at + random.nextInt(LATENESS_SECONDS) * 1000L));
      }
    }
    arrivals.sort(Comparator.comparingLong(Arriving::arrivesAt));
    long end = last + rule.withinMs() + 1000;

    Found found = new Found();
    StreamMatcher matcher =
        new StreamMatcher(RuleSet.of(List.of(rule)), MatchSettings.DEFAULT, found);
    for (Arriving arriving : arrivals) {
      matcher.accept(rule.keyKind(), arriving.key, arriving.view.side(), arriving.view.event());
      if (random.nextInt(4) == 0) {
        matcher.accept(rule.keyKind(), arriving.key, arriving.view.side(), arriving.view.event());
      }
      matcher.advanceTo(arriving.arrivesAt - LATENESS_SECONDS * 1000L - 1000);
    }
    matcher.advanceTo(end);

    Set<String> stock = new HashSet<>();
    StockCep.hits(PatternCompiler.compile(rule), sorted, end, 1000).values().forEach(stock::addAll);
    MatchCounts counts = matcher.counts();
    System.out.printf(
        "%s, seed %d: %d final hits, %d late reruns, %d retracted, %d duplicates, monotone %s%n",
        id,
        SEED,
        stock.size(),
        counts.lateReruns(),
        counts.retracted(),
        counts.duplicates(),
        rule.monotone());
    assertThat(found.finals).isEqualTo(stock);
    assertThat(stock).hasSizeGreaterThanOrEqualTo(200);
    assertThat(counts.lateReruns()).isGreaterThanOrEqualTo(50);
    if (rule.monotone()) {
      assertThat(counts.retracted()).as("a monotone rule retracts nothing").isZero();
    } else {
      assertThat(counts.retracted()).isGreaterThanOrEqualTo(20);
    }
    assertThat(matcher.keys()).as("keys with state when all is quiet").isZero();
  }

  private static long timeOf(EventView view) {
    return view.event().getOccurredAt().toEpochMilli();
  }

  private record Arriving(String key, EventView view, long arrivesAt) {}

  private static final class Found implements HitListener {
    final Set<String> finals = new HashSet<>();

    @Override
    public void onHit(RuleHit hit) {
      if (hit.getIsFinal()) {
        finals.add(hit.getHitId());
      }
    }

    @Override
    public void onLate(KeyKind keyKind, String key, MatchEvent event) {
      throw new AssertionError("nothing comes later than the lateness: " + event);
    }

    @Override
    public void onOverflow(KeyKind keyKind, String key, Rule rule) {
      throw new AssertionError(rule.id() + " overflowed");
    }

    @Override
    public void onQuarantine(Rule rule, Exception failure) {
      throw new AssertionError(failure);
    }
  }
}
