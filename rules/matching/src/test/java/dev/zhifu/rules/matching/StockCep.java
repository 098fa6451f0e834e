package dev.zhifu.rules.matching;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.cep.functions.PatternProcessFunction;
import org.apache.flink.cep.nfa.NFA;
import org.apache.flink.cep.nfa.compiler.NFACompiler;
import org.apache.flink.cep.operator.CepOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.Collector;

/**
 * Stock Flink CEP in event time, with a watermark every millisecond: what final hits must equal.
 */
final class StockCep {
  private StockCep() {}

  /**
   * Final hits of one rule.
   *
   * @param rule the rule
   * @param byKey each key's events, in order
   * @param endMs last watermark
   * @param tickMs time between watermarks: 1, or what every time in the stream and the rule is a
   *     multiple of
   * @return hit ids by key
   */
  static Map<String, Set<String>> hits(
      CompiledRule rule, Map<String, List<MatchEvent>> byKey, long endMs, long tickMs)
      throws Exception {
    CepOperator<MatchEvent, String, String[]> operator =
        new CepOperator<>(
            new MatchEventSerializer(),
            false,
            new Factory(rule),
            MatchEvent::compareTo,
            rule.skip(),
            new HitIdsOf(rule),
            null);
    Map<String, Set<String>> hits = new HashMap<>();
    try (KeyedOneInputStreamOperatorTestHarness<String, MatchEvent, String[]> harness =
        new KeyedOneInputStreamOperatorTestHarness<>(operator, Events::key, Types.STRING)) {
      harness.open();
      TreeMap<Long, List<MatchEvent>> byTime = new TreeMap<>();
      byKey
          .values()
          .forEach(
              list ->
                  list.forEach(
                      e -> byTime.computeIfAbsent(e.timeMs(), t -> new ArrayList<>()).add(e)));
      long start = byTime.isEmpty() ? endMs : byTime.firstKey();
      for (long time = start; time <= endMs; time += tickMs) {
        for (MatchEvent event : byTime.getOrDefault(time, List.of())) {
          harness.processElement(new StreamRecord<>(event, time));
        }
        harness.processWatermark(time);
      }
      for (Object output : harness.getOutput()) {
        if (output instanceof StreamRecord<?> record) {
          String[] hit = (String[]) record.getValue();
          hits.computeIfAbsent(hit[0], key -> new HashSet<>()).add(hit[1]);
        }
      }
    }
    return hits;
  }

  private static final class Factory implements NFACompiler.NFAFactory<MatchEvent> {
    private static final long serialVersionUID = 1L;
    private final transient CompiledRule rule;

    Factory(CompiledRule rule) {
      this.rule = rule;
    }

    @Override
    public NFA<MatchEvent> createNFA() {
      return NFACompiler.<MatchEvent>compileFactory(rule.pattern(), false).createNFA();
    }
  }

  private static final class HitIdsOf extends PatternProcessFunction<MatchEvent, String[]> {
    private static final long serialVersionUID = 1L;
    private final transient CompiledRule rule;

    HitIdsOf(CompiledRule rule) {
      this.rule = rule;
    }

    @Override
    public void processMatch(
        Map<String, List<MatchEvent>> taken, Context context, Collector<String[]> out) {
      String key = Events.key(taken.values().iterator().next().get(0));
      out.collect(new String[] {key, Match.of(rule, key, taken).hitId()});
    }
  }
}
