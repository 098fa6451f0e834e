package dev.zhifu.oracle;

import dev.zhifu.rules.language.Rule;
import dev.zhifu.rules.language.Step;
import dev.zhifu.rules.matching.HitIds;
import dev.zhifu.wire.Evidence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.cep.functions.PatternProcessFunction;
import org.apache.flink.cep.nfa.compiler.NFACompiler;
import org.apache.flink.cep.operator.CepOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.Collector;

/**
 * Oracle 1: stock Flink CEP's own operator in event time on the sorted, deduplicated stream, with a
 * watermark every millisecond.
 */
final class StockCep {
  private StockCep() {}

  /**
   * The hits by key and hit id, with their evidence.
   *
   * @param streams the streams of several keys, each in the total order
   * @param endMs last watermark, past every window
   */
  static Map<String, Map<String, List<Evidence>>> find(
      Rule rule, Collection<List<Seen>> streams, long endMs) throws Exception {
    return find(rule, streams, endMs, 1);
  }

  /**
   * The same with a watermark every {@code tickMs}, of which all times and windows are multiples.
   */
  static Map<String, Map<String, List<Evidence>>> find(
      Rule rule, Collection<List<Seen>> streams, long endMs, long tickMs) throws Exception {
    List<Seen> all = new ArrayList<>();
    for (List<Seen> stream : streams) {
      stream.stream().filter(event -> rule.sees(event.view())).forEach(all::add);
    }
    all.sort(Comparator.comparingLong(Seen::timeMs).thenComparingInt(Seen::index));
    HitsByKey hits = new HitsByKey(rule);
    try (KeyedOneInputStreamOperatorTestHarness<String, Seen, Void> harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            operator(rule, hits), Seen::key, Types.STRING)) {
      harness.open();
      run(harness, all, endMs, tickMs);
    }
    return hits.byKey;
  }

  private static CepOperator<Seen, String, Void> operator(Rule rule, HitsByKey hits) {
    NFACompiler.NFAFactory<Seen> factory = NFACompiler.compileFactory(RulePatterns.of(rule), false);
    return new CepOperator<>(
        new SeenSerializer(),
        false,
        factory,
        new InOrder(),
        RulePatterns.skip(rule.afterMatch()),
        hits,
        null);
  }

  private static void run(
      KeyedOneInputStreamOperatorTestHarness<String, Seen, Void> harness,
      List<Seen> events,
      long endMs,
      long tickMs)
      throws Exception {
    int next = 0;
    long time = events.isEmpty() ? endMs : events.get(0).timeMs() - tickMs;
    for (; time <= endMs; time += tickMs) {
      while (next < events.size() && events.get(next).timeMs() == time) {
        harness.processElement(new StreamRecord<>(events.get(next++), time));
      }
      harness.processWatermark(new Watermark(time));
      harness.getOutput().clear();
    }
  }

  private static final class InOrder implements org.apache.flink.cep.EventComparator<Seen> {
    private static final long serialVersionUID = 1L;

    @Override
    public int compare(Seen left, Seen right) {
      return Integer.compare(left.index(), right.index());
    }
  }

  private static final class HitsByKey extends PatternProcessFunction<Seen, Void> {
    private static final long serialVersionUID = 1L;
    private final transient Rule rule;
    private final transient Map<String, Map<String, List<Evidence>>> byKey = new HashMap<>();

    HitsByKey(Rule rule) {
      this.rule = rule;
    }

    @Override
    public void processMatch(Map<String, List<Seen>> match, Context context, Collector<Void> out) {
      List<Evidence> evidence = new ArrayList<>();
      String key = match.values().iterator().next().get(0).key();
      for (Step step : rule.steps()) {
        if (step.evidence()) {
          for (Seen event : match.getOrDefault(step.name(), List.of())) {
            evidence.add(
                new Evidence(
                    step.name(),
                    event.id(),
                    Instant.ofEpochMilli(event.timeMs()),
                    event.view().side()));
          }
        }
      }
      byKey
          .computeIfAbsent(key, any -> new HashMap<>())
          .put(HitIds.of(rule.id(), rule.version(), key, evidence), evidence);
    }
  }
}
