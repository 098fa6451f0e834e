package dev.zhifu.rules.matching;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.rules.language.AfterMatch;
import dev.zhifu.rules.language.EventView;
import dev.zhifu.rules.language.Rule;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.KeyKind;
import dev.zhifu.wire.RuleHit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Goal: final hits are those of stock Flink CEP on the sorted, deduplicated stream, whatever the
 * order of arrival. Method: random rules over every operator and skip strategy, random histories,
 * matched by base and tail with random evictions, and by Flink's own CepOperator with a watermark
 * every millisecond. The long form: {@code -Dhistories=75000}.
 */
class DifferentialTest {
  private static final long SEED = Long.getLong("seed", 20260401);
  private static final int HISTORIES = Integer.getInteger("histories", 600);
  private static final int HISTORIES_PER_RULE = 10;
  private static final AvroCodec<EnrichedEvent> CODEC = new AvroCodec<>(EnrichedEvent.class);

  private final Random random = new Random(SEED);
  private int histories;
  private int overflowed;
  private long hits;
  private long late;
  private long lateReruns;
  private long retracted;
  private long retractedInTime;
  private long announced;
  private long evictions;
  private long commits;

  @Test
  void finalHitsEqualStockFlinkCep() throws Exception {
    RandomRules rules = new RandomRules(random);
    AfterMatch.Kind[] skips = AfterMatch.Kind.values();
    for (int round = 0; histories < HISTORIES; round++) {
      compare(rules.draw(skips[round % skips.length], round / skips.length % 2 == 1));
    }
    System.out.printf(
        "Differential, seed %d: %d histories, %d final hits, %d announced, %d late reruns, %d retracted"
            + " (%d without a late event), %d too late, %d commits, %d evictions, %d overflowed%n",
        SEED,
        histories,
        hits,
        announced,
        lateReruns,
        retracted,
        retractedInTime,
        late,
        commits,
        evictions,
        overflowed);
    assertThat(hits).as("a run without hits shows nothing").isPositive();
    assertThat(retracted).isPositive();
    assertThat(retractedInTime).isPositive();
    assertThat(lateReruns).isPositive();
  }

  private void compare(Rule rule) throws Exception {
    Map<String, List<MatchEvent>> accepted = new TreeMap<>();
    Map<String, Set<String>> found = new TreeMap<>();
    long end = 0;
    for (int i = 0; i < HISTORIES_PER_RULE; i++) {
      History history = new History(random, "k" + i, rule.withinMs());
      Run run = new Run(rule, history, true);
      if (run.overflow) {
        overflowed++;
        continue;
      }
      Run unfiltered = new Run(Rules.unfiltered(rule), history, false);
      assertThat(unfiltered.finals)
          .as("seed %d, %s: relevance off", SEED, describe(rule))
          .isEqualTo(run.finals);
      accepted.put(history.key, new ArrayList<>(run.accepted));
      found.put(history.key, run.finals);
      end = Math.max(end, history.endMs);
      count(run);
    }
    Map<String, Set<String>> stock = StockCep.hits(PatternCompiler.compile(rule), accepted, end, 1);
    for (String key : accepted.keySet()) {
      assertThat(found.get(key))
          .as("seed %d, %s, key %s, events %s", SEED, describe(rule), key, accepted.get(key))
          .isEqualTo(stock.getOrDefault(key, Set.of()));
    }
  }

  private void count(Run run) {
    histories++;
    hits += run.finals.size();
    late += run.counts.late();
    lateReruns += run.counts.lateReruns();
    retracted += run.counts.retracted();
    retractedInTime += run.counts.retractedWithoutLateEvent();
    announced += run.counts.announced();
    commits += run.counts.commits();
  }

  private static String describe(Rule rule) {
    StringBuilder text = new StringBuilder(rule.afterMatch() + " within " + rule.withinMs());
    rule.steps()
        .forEach(
            s ->
                text.append(
                    " | %s %s %d..%d%s%s%s%s prev %d"
                        .formatted(
                            s.contiguity(),
                            s.name(),
                            s.timesMin(),
                            s.timesMax(),
                            s.optional() ? " optional" : "",
                            s.greedy() ? " greedy" : "",
                            s.consecutive() ? " consecutive" : "",
                            s.allowCombinations() ? " combinations" : "",
                            s.withinPreviousMs())));
    return text.toString();
  }

  /** One history through base and tail. */
  private final class Run implements HitListener {
    final Set<String> finals = new HashSet<>();
    final TreeSet<MatchEvent> accepted = new TreeSet<>();
    final Map<String, RuleHit> latest = new HashMap<>();
    final MatchCounts counts;
    boolean overflow;
    private final HeapMatchStateStore store = new HeapMatchStateStore();
    private final Rule rule;
    private final Matcher matcher;
    private KeyMatcher key;
    private boolean wasLate;

    Run(Rule rule, History history, boolean evict) throws Exception {
      this.rule = rule;
      matcher = new Matcher(RuleSet.of(List.of(rule)), MatchSettings.DEFAULT, this);
      counts = matcher.counts();
      key = matcher.openNew(KeyKind.HOLDER, history.key, store);
      long watermark = Long.MIN_VALUE;
      for (History.Happening happening : history.happenings) {
        if (evict && random.nextInt(5) == 0) {
          key = matcher.open(KeyKind.HOLDER, history.key, store);
          evictions++;
        }
        if (happening.event() != null) {
          take(Events.subject(happening.event()), watermark);
        } else if (happening.watermarkMs() > watermark) {
          watermark = happening.watermarkMs();
          key.onTime(watermark);
        }
      }
      if (!overflow) {
        assertEnd();
      }
    }

    private void take(EventView view, long watermark) throws Exception {
      Arrival arrival = matcher.arrival(KeyKind.HOLDER, view);
      wasLate = view.event().getOccurredAt().toEpochMilli() <= watermark;
      if (arrival != null) {
        wasLate = false;
        key.onEvent(arrival, watermark);
      }
      if (!wasLate && rule.sees(view)) {
        accepted.add(MatchEvent.of(view, CODEC));
      }
    }

    private void assertEnd() {
      assertThat(store.isEmpty())
          .as("seed %d, %s: state after the last window", SEED, describe(rule))
          .isTrue();
      for (RuleHit hit : latest.values()) {
        assertThat(hit.getIsFinal() || !hit.getHolds())
            .as("seed %d, %s: every hit is settled: %s", SEED, describe(rule), hit)
            .isTrue();
      }
    }

    @Override
    public void onHit(RuleHit hit) {
      RuleHit before = latest.put(hit.getHitId(), hit);
      assertThat(hit.getRevision()).isEqualTo(before == null ? 1 : before.getRevision() + 1);
      if (hit.getIsFinal()) {
        assertThat(finals.add(hit.getHitId())).as("final once").isTrue();
      }
    }

    @Override
    public void onLate(KeyKind keyKind, String token, MatchEvent event) {
      wasLate = true;
    }

    @Override
    public void onOverflow(KeyKind keyKind, String token, Rule rule) {
      overflow = true;
    }

    @Override
    public void onQuarantine(Rule rule, Exception failure) {
      throw new AssertionError("seed " + SEED + ", " + describe(rule), failure);
    }
  }
}
