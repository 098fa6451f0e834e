package dev.zhifu.bench;

import dev.zhifu.rules.language.EventView;
import dev.zhifu.rules.language.Rule;
import dev.zhifu.rules.language.RuleParser;
import dev.zhifu.rules.language.Step;
import dev.zhifu.rules.matching.AvroCodec;
import dev.zhifu.rules.matching.CompiledRule;
import dev.zhifu.rules.matching.HitIds;
import dev.zhifu.rules.matching.MatchEvent;
import dev.zhifu.rules.matching.MatchEventSerializer;
import dev.zhifu.rules.matching.PatternCompiler;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.Evidence;
import dev.zhifu.wire.KeyKind;
import dev.zhifu.wire.Side;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.cep.functions.PatternProcessFunction;
import org.apache.flink.cep.nfa.NFA;
import org.apache.flink.cep.nfa.compiler.NFACompiler;
import org.apache.flink.cep.operator.CepOperator;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.functions.sink.legacy.SinkFunction;
import org.apache.flink.util.Collector;

/**
 * The same rules on stock Flink CEP: one operator a rule, each behind a key of its own, the pattern
 * compiled from the rule by the engine's own compiler. Each sees the events of its {@code over:},
 * or, behind the pre-filter, only those that the engine's router would let through for it.
 *
 * @param processingTime true to match in order of arrival, without waiting for the watermark
 * @param prefiltered true to drop what no step of the rule can use
 */
record StockCep(boolean processingTime, boolean prefiltered) implements Pipeline {

  @Override
  public void define(DataStream<EnrichedEvent> events, Plan plan) {
    Hubs hubs = Hubs.of(plan.lists());
    for (Rule rule : plan.rules()) {
      Text text = new Text(rule.id(), rule.text());
      KeyKind kind = rule.keyKind();
      events
          .flatMap(new Views(text, prefiltered, hubs))
          .returns(MatchEventType.INSTANCE)
          .uid("views-" + rule.id())
          .keyBy(new KeyOf(kind), org.apache.flink.api.common.typeinfo.Types.STRING)
          .transform(
              "cep " + rule.id(),
              org.apache.flink.api.common.typeinfo.Types.STRING,
              new CepOperator<MatchEvent, String, String>(
                  new MatchEventSerializer(),
                  processingTime,
                  new Nfas(text),
                  MatchEvent::compareTo,
                  PatternCompiler.compile(rule).pattern().getAfterMatchSkipStrategy(),
                  new Ids(text),
                  null))
          .uid("cep-" + rule.id())
          .addSink(new Hits())
          .uid("hits-" + rule.id());
    }
  }

  /** A rule as it travels: as text, compiled where it is used. */
  private static final class Text implements java.io.Serializable {
    private static final long serialVersionUID = 1L;
    private final String id;
    private final String text;
    private transient CompiledRule compiled;

    Text(String id, String text) {
      this.id = id;
      this.text = text;
    }

    CompiledRule compiled() {
      if (compiled == null) {
        compiled = PatternCompiler.compile(RuleParser.parse(id + "/rule.yaml", text).orThrow());
      }
      return compiled;
    }
  }

  /** The event as each key of the rule's kind sees it. */
  private static final class Views implements FlatMapFunction<EnrichedEvent, MatchEvent> {
    private static final long serialVersionUID = 1L;
    private final Text text;
    private final boolean prefiltered;
    private final Hubs hubs;
    private transient AvroCodec<EnrichedEvent> codec;

    Views(Text text, boolean prefiltered, Hubs hubs) {
      this.text = text;
      this.prefiltered = prefiltered;
      this.hubs = hubs;
    }

    @Override
    public void flatMap(EnrichedEvent event, Collector<MatchEvent> out) {
      Rule rule = text.compiled().rule();
      if (codec == null) {
        codec = new AvroCodec<>(EnrichedEvent.class);
      }
      for (Side side : KeySides.of(event, rule.keyKind())) {
        EventView view = new EventView(event, side);
        if (!hubs.stands(view)
            && rule.sees(view)
            && (!prefiltered || rule.keepsAll() || rule.relevant(view))) {
          out.collect(MatchEvent.of(view, codec));
        }
      }
    }
  }

  private record KeyOf(KeyKind kind) implements KeySelector<MatchEvent, String> {
    @Override
    public String getKey(MatchEvent event) {
      return KeySides.key(event.view(), kind);
    }
  }

  private static final class Nfas implements NFACompiler.NFAFactory<MatchEvent> {
    private static final long serialVersionUID = 1L;
    private final Text text;

    Nfas(Text text) {
      this.text = text;
    }

    @Override
    public NFA<MatchEvent> createNFA() {
      return NFACompiler.<MatchEvent>compileFactory(text.compiled().pattern(), false).createNFA();
    }
  }

  private static final class Ids extends PatternProcessFunction<MatchEvent, String> {
    private static final long serialVersionUID = 1L;
    private final Text text;
    private transient Rule rule;

    Ids(Text text) {
      this.text = text;
    }

    @Override
    public void open(OpenContext context) {
      rule = text.compiled().rule();
    }

    @Override
    public void processMatch(
        Map<String, List<MatchEvent>> taken, Context context, Collector<String> out) {
      List<Evidence> evidence = new ArrayList<>();
      for (Step step : rule.steps()) {
        if (step.evidence()) {
          taken
              .getOrDefault(step.name(), List.of())
              .forEach(event -> evidence.add(evidence(step, event)));
        }
      }
      MatchEvent first = taken.values().iterator().next().get(0);
      out.collect(
          HitIds.of(
              rule.id(), rule.version(), KeySides.key(first.view(), rule.keyKind()), evidence));
    }
  }

  private static Evidence evidence(Step step, MatchEvent event) {
    return new Evidence(
        step.name(), event.id(), Instant.ofEpochMilli(event.timeMs()), event.side());
  }

  private static final class Hits implements SinkFunction<String> {
    private static final long serialVersionUID = 1L;

    @Override
    public void invoke(String hitId, Context context) {
      Meter.HITS.add(hitId);
    }
  }
}
