package dev.zhifu.oracle;

import dev.zhifu.rules.language.AfterMatch;
import dev.zhifu.rules.language.Rule;
import dev.zhifu.wire.Evidence;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One random rule, some histories of every disturbance, three matchers. A trial is made from its
 * seed alone.
 */
final class Trial {
  /** Histories in one trial. */
  static final int HISTORIES = Stream.of(Disturbance.values()).mapToInt(Disturbance::share).sum();

  private static final int RULES_TRIED = 4;
  private static final int HISTORIES_TRIED = 4;

  /** Operators in turn; those that few other rules have come more often. */
  private static final List<Operator> TURNS =
      Stream.concat(
              Stream.of(Operator.values()),
              Stream.of(
                  Operator.NOT_NEXT,
                  Operator.NOT_NEXT,
                  Operator.NOT_FOLLOWED_BY,
                  Operator.OPTIONAL,
                  Operator.GREEDY,
                  Operator.COMBINATIONS,
                  Operator.WITHIN_PREVIOUS,
                  Operator.NOT_FOLLOWED_BY,
                  Operator.GREEDY,
                  Operator.COMBINATIONS,
                  Operator.WITHIN_PREVIOUS,
                  Operator.FOLLOWED_BY_ANY,
                  Operator.NOT_NEXT,
                  Operator.WITHIN_PREVIOUS,
                  Operator.WITHIN_PREVIOUS))
          .toList();

  /** Makes the engine's run; tests make faulty ones. */
  interface Engine {
    EngineRun of(Rule rule, History history, long seed);
  }

  /**
   * One history, counted.
   *
   * @param disturbance what was done to it
   * @param hits final hits
   * @param retracted revisions that took a hit back
   */
  record Row(Disturbance disturbance, int hits, int retracted) {}

  private final long seed;
  private final Engine engine;
  private final Rule rule;
  private final Matchers matchers = new Matchers();
  private final List<History> histories = new ArrayList<>();
  private final Map<String, List<Seen>> streams = new LinkedHashMap<>();
  private final Map<String, Outcome> found = new LinkedHashMap<>();
  private final List<Row> rows = new ArrayList<>();
  private final List<Difference> differences = new ArrayList<>();
  private int overflowed;
  private int choices;
  private final HitSet engineHits = new HitSet();
  private final HitSet stockHits = new HitSet();
  private final HitSet specHits = new HitSet();

  /**
   * A trial.
   *
   * @param seed decides everything: operator and strategy in turn, the rest at random
   */
  Trial(long seed, Engine engine) {
    this.seed = seed;
    this.engine = engine;
    AfterMatch.Kind[] skips = AfterMatch.Kind.values();
    int turn = (int) Math.floorMod(seed, (long) TURNS.size() * skips.length);
    Random random = new Random(mixed(seed));
    rule = rule(random, TURNS.get(turn / skips.length), skips[turn % skips.length]);
    RandomHistory draws = new RandomHistory(random, rule);
    for (Disturbance disturbance : Disturbance.values()) {
      for (int i = 0; i < disturbance.share(); i++) {
        histories.add(draws.draw(disturbance.name() + i, disturbance));
      }
    }
  }

  /** A rule that hits in most undisturbed histories, or the last of a few tries. */
  private static Rule rule(Random random, Operator operator, AfterMatch.Kind skip) {
    Rule drawn = null;
    for (int i = 0; i < RULES_TRIED; i++) {
      drawn = RandomRule.draw(random, operator, skip);
      RandomHistory draws = new RandomHistory(random, drawn);
      int hits = 0;
      for (int j = 0; j < HISTORIES_TRIED; j++) {
        History history = draws.draw("trial", Disturbance.NONE);
        List<Seen> stream = Seen.sorted(history.key(), history.inTime());
        hits += SpecMatcher.find(drawn, stream, Set.of()).hits().isEmpty() ? 0 : 1;
      }
      if (hits * 4 >= HISTORIES_TRIED * 3) {
        return drawn;
      }
    }
    return drawn;
  }

  /** Neighbouring seeds of {@link Random} start alike. */
  private static long mixed(long seed) {
    long z = seed * 0x9E3779B97F4A7C15L;
    z = (z ^ z >>> 32) * 0xD6E8FEB86659FD93L;
    return z ^ z >>> 32;
  }

  /** Runs all three matchers. */
  Trial run() throws Exception {
    long end = 0;
    for (History history : histories) {
      end = Math.max(end, history.endMs());
      engineAndSpec(history);
    }
    Map<String, Map<String, List<Evidence>>> stock = StockCep.find(rule, streams.values(), end);
    for (History history : histories) {
      if (found.containsKey(history.key())) {
        Map<String, List<Evidence>> hits = stock.getOrDefault(history.key(), Map.of());
        stockHits.add(hits.keySet());
        compare(history, "oracle 1 (stock Flink CEP)", hits);
      }
    }
    return this;
  }

  private void engineAndSpec(History history) throws IOException {
    Outcome outcome = engine.of(rule, history, seed).with(matchers).run();
    if (outcome.overflowed()) {
      overflowed++;
      return;
    }
    List<Seen> stream = Seen.sorted(history.key(), history.inTime());
    streams.put(history.key(), stream);
    found.put(history.key(), outcome);
    rows.add(new Row(history.disturbance(), outcome.finals().size(), outcome.retracted()));
    engineHits.add(outcome.finals());
    outcome.complaints().forEach(complaint -> differ(history, complaint));
    if (!outcome.standing().equals(outcome.finals())) {
      differ(history, "hits that stand differ from final hits");
    }
    SpecMatcher.Found spec = SpecMatcher.find(rule, stream, outcome.finals());
    choices += spec.choices();
    Map<String, List<Evidence>> expected = new HashMap<>();
    spec.hits().forEach((id, match) -> expected.put(id, match.evidence()));
    specHits.add(expected.keySet());
    compare(history, "oracle 2 (the language)", expected);
  }

  /** Runs the engine again without the relevance filter: no hit may change. */
  Trial runUnfiltered() throws IOException {
    Rule unfiltered = RuleCopy.unfiltered(rule);
    for (History history : histories) {
      Outcome with = found.get(history.key());
      Outcome without = engine.of(unfiltered, history, seed).with(matchers).run();
      if (with != null && !without.overflowed() && !with.finals().equals(without.finals())) {
        differ(history, "the relevance filter changes final hits");
      }
    }
    return this;
  }

  private void compare(History history, String oracle, Map<String, List<Evidence>> expected) {
    Outcome ours = found.get(history.key());
    if (ours.finals().equals(expected.keySet())) {
      return;
    }
    StringBuilder what = new StringBuilder(oracle + ":");
    expected.forEach(
        (id, evidence) -> {
          if (!ours.finals().contains(id)) {
            what.append(" misses ").append(events(evidence));
          }
        });
    for (String id : ours.finals()) {
      if (!expected.containsKey(id)) {
        what.append(" has more: ").append(events(ours.latest().get(id).getEvidence()));
      }
    }
    differ(history, what.toString());
  }

  private static String events(List<Evidence> evidence) {
    return evidence.stream()
        .map(one -> one.getStep() + "=" + one.getEventId())
        .collect(Collectors.joining(" ", "(", ")"));
  }

  private void differ(History history, String what) {
    differences.add(new Difference(seed, rule, history, what));
  }

  Rule rule() {
    return rule;
  }

  List<History> histories() {
    return histories;
  }

  List<Row> rows() {
    return rows;
  }

  List<Difference> differences() {
    return differences;
  }

  int overflowed() {
    return overflowed;
  }

  int choices() {
    return choices;
  }

  HitSet engineHits() {
    return engineHits;
  }

  HitSet stockHits() {
    return stockHits;
  }

  HitSet specHits() {
    return specHits;
  }
}
