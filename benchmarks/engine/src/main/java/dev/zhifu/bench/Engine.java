package dev.zhifu.bench;

import dev.zhifu.jobs.features.RouterControl;
import dev.zhifu.jobs.features.RouterInput;
import dev.zhifu.jobs.features.RouterOperator;
import dev.zhifu.jobs.flow.Ingested;
import dev.zhifu.jobs.flow.MatchOutput;
import dev.zhifu.jobs.flow.Routed;
import dev.zhifu.jobs.match.MatchOperator;
import dev.zhifu.jobs.match.RuleInput;
import dev.zhifu.jobs.score.ScoreSettings;
import dev.zhifu.jobs.topology.Detected;
import dev.zhifu.jobs.topology.DetectionInputs;
import dev.zhifu.jobs.topology.DetectionTopology;
import dev.zhifu.jobs.travel.TravelTypes;
import dev.zhifu.rules.features.StepKeys;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.KeyKind;
import dev.zhifu.wire.OfficerAct;
import dev.zhifu.wire.RuleHit;
import dev.zhifu.wire.RuleStatus;
import dev.zhifu.wire.RuleStatusKind;
import dev.zhifu.wire.Side;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.functions.co.CoFlatMapFunction;
import org.apache.flink.streaming.api.functions.sink.legacy.SinkFunction;
import org.apache.flink.streaming.api.functions.source.legacy.SourceFunction;
import org.apache.flink.util.Collector;

/** Our own operators, as the job wires them, or a part of them. */
final class Engine {
  private Engine() {}

  /** The whole detection job between its sources and its sinks. */
  static void whole(DataStream<EnrichedEvent> events, Pipeline.Plan plan) {
    DataStream<Ingested> ingested =
        events.map(new Ingest()).returns(TravelTypes.INGESTED).uid("ingest");
    Detected detected =
        DetectionTopology.detect(
            new DetectionInputs(
                ingested,
                nothing(events, RuleInput.class, "silence"),
                control(events, plan),
                nothing(events, OfficerAct.class, "acceptances")),
            ScoreSettings.defaults(),
            false,
            plan.cacheEntities());
    count(detected.finalHits());
    end(detected.enriched(), "end-enriched");
    end(detected.hits(), "end-hits");
    end(detected.cases(), "end-cases");
    end(detected.holds(), "end-holds");
    end(detected.decisions(), "end-decisions");
    end(detected.proposals(), "end-proposals");
    end(detected.late(), "end-late");
    end(detected.warnings(), "end-warnings");
    end(detected.notices(), "end-notices");
    end(detected.deadLetters(), "end-dead-letters");
    end(DetectionTopology.shadows(detected.finalHits()), "end-shadows");
    detected.statuses().addSink(new Statuses()).uid("end-statuses");
  }

  /** Router and MATCH over events that have their features already. */
  static void matching(DataStream<EnrichedEvent> events, Pipeline.Plan plan) {
    DataStream<RouterControl> control = control(events, plan);
    SingleOutputStreamOperator<Routed> routed =
        events
            .connect(control.broadcast())
            .flatMap(new ToRouter())
            .returns(TypeInformation.of(RouterInput.class))
            .uid("router-inputs")
            .transform("router", TravelTypes.ROUTED, new RouterOperator())
            .uid(RouterOperator.UID);
    match(routed, control);
  }

  /**
   * One exchange by holder and all rules behind it: no router, every event travels. Rules must be
   * matched on holders.
   */
  static void singleKey(DataStream<EnrichedEvent> events, Pipeline.Plan plan) {
    match(byHolder(events), control(events, plan));
  }

  /** That one exchange with nothing behind it. */
  static void singleExchange(DataStream<EnrichedEvent> events, Pipeline.Plan plan) {
    byHolder(events).keyBy(Routed::matchKey).addSink(new End<>()).uid("end");
  }

  private static DataStream<Routed> byHolder(DataStream<EnrichedEvent> events) {
    return events
        .map(
            event ->
                Routed.of(
                    KeyKind.HOLDER,
                    StepKeys.holder(event),
                    event.getEvent() instanceof BankTransaction ? Side.DEBIT : Side.SUBJECT,
                    event))
        .returns(TravelTypes.ROUTED)
        .uid("by-holder");
  }

  private static void match(DataStream<Routed> routed, DataStream<RouterControl> control) {
    DataStream<RuleInput> rules =
        control
            .flatMap(new RulesOnly())
            .returns(TypeInformation.of(RuleInput.class))
            .setParallelism(1)
            .uid("rule-inputs");
    count(
        routed
            .keyBy(Routed::matchKey)
            .connect(rules.broadcast())
            .transform("match", TypeInformation.of(MatchOutput.class), new MatchOperator())
            .uid(MatchOperator.UID)
            .getSideOutput(MatchOperator.FINAL_HITS));
  }

  private static DataStream<RouterControl> control(
      DataStream<EnrichedEvent> events, Pipeline.Plan plan) {
    return events
        .getExecutionEnvironment()
        .fromData(plan.control(), TypeInformation.of(RouterControl.class))
        .setParallelism(1)
        .uid("control");
  }

  private static <T> DataStream<T> nothing(
      DataStream<EnrichedEvent> events, Class<T> type, String uid) {
    return events
        .getExecutionEnvironment()
        .addSource(new Nothing<T>(), uid, TypeInformation.of(type))
        .uid(uid);
  }

  private static void count(DataStream<RuleHit> finalHits) {
    finalHits.addSink(new FinalHits()).uid("end-final-hits");
  }

  private static <T> void end(DataStream<T> stream, String uid) {
    stream.addSink(new End<>()).uid(uid);
  }

  private static final class Ingest implements MapFunction<EnrichedEvent, Ingested> {
    private static final long serialVersionUID = 1L;

    @Override
    public Ingested map(EnrichedEvent event) {
      return new Ingested(event, null, event.getOccurredAt().toEpochMilli());
    }
  }

  private static final class ToRouter
      implements CoFlatMapFunction<EnrichedEvent, RouterControl, RouterInput> {
    private static final long serialVersionUID = 1L;

    @Override
    public void flatMap1(EnrichedEvent event, Collector<RouterInput> out) {
      out.collect(RouterInput.of(event));
    }

    @Override
    public void flatMap2(RouterControl control, Collector<RouterInput> out) {
      out.collect(RouterInput.of(control));
    }
  }

  private static final class RulesOnly implements FlatMapFunction<RouterControl, RuleInput> {
    private static final long serialVersionUID = 1L;

    @Override
    public void flatMap(RouterControl control, Collector<RuleInput> out) {
      if (control.kind() == RouterControl.Kind.PUBLICATION) {
        out.collect(RuleInput.of(control.publication()));
      } else if (control.kind() == RouterControl.Kind.READY) {
        out.collect(RuleInput.readToEnd());
      }
    }
  }

  private static final class FinalHits implements SinkFunction<RuleHit> {
    private static final long serialVersionUID = 1L;

    @Override
    public void invoke(RuleHit hit, Context context) {
      Meter.hit(hit);
    }
  }

  /** A rule that was refused would make every figure too good. */
  private static final class Statuses implements SinkFunction<RuleStatus> {
    private static final long serialVersionUID = 1L;

    @Override
    public void invoke(RuleStatus status, Context context) {
      if (status.getStatus() == RuleStatusKind.REFUSED) {
        throw new IllegalStateException(
            status.getRuleId() + " is not in force: " + status.getReason());
      }
    }
  }

  private static final class End<T> implements SinkFunction<T> {
    private static final long serialVersionUID = 1L;

    @Override
    public void invoke(T element, Context context) {
      Meter.OUT.increment();
    }
  }

  private static final class Nothing<T> implements SourceFunction<T> {
    private static final long serialVersionUID = 1L;

    @Override
    public void run(SourceContext<T> context) {
      // Ends at once; its watermark then is the greatest.
    }

    @Override
    public void cancel() {
      // There is nothing to cancel.
    }
  }
}
