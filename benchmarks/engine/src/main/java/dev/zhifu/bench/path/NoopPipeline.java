package dev.zhifu.bench.path;

import dev.zhifu.bench.NotedInputs;
import dev.zhifu.jobs.flow.AddressedOrder;
import dev.zhifu.jobs.flow.FeatureInput;
import dev.zhifu.jobs.flow.Ingested;
import dev.zhifu.jobs.flow.Routed;
import dev.zhifu.jobs.io.RawRecord;
import dev.zhifu.jobs.settings.JobSettings;
import dev.zhifu.jobs.topology.KafkaInputs;
import dev.zhifu.jobs.topology.KafkaOutputs;
import dev.zhifu.jobs.travel.TravelTypes;
import dev.zhifu.rules.features.StepKeys;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.OfficerAct;
import dev.zhifu.wire.StopPaymentRequest;
import dev.zhifu.wire.TransferDecision;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * The detection job's way from Kafka to Kafka with nothing on it: the same sources, decoding,
 * validation and watermarks; the same three keyed exchanges of the feature steps with the same
 * notes; the exchanges to matching, the two scores, the join of decisions and stop-orders, for the
 * share of events that {@link NoopRoutes} lets through; the same sinks. Out come a PASS for each
 * awaiting transfer, a request for one event in {@value NoopRoutes#EVENTS_A_REQUEST}, an unsigned
 * envelope of an order's size for each accepted report, and the relevant events as enriched,
 * exactly once. It has no state, reads no rules and no clock, and writes no hits, cases, warnings
 * or holds: where it differs from the detection job it does less.
 */
public final class NoopPipeline {
  /** As the detection job has it behind MATCH. */
  private static final int AT_ONCE = 0;

  private static final TypeInformation<FeatureInput> INPUT = TravelTypes.FEATURE_INPUT;

  private NoopPipeline() {}

  /** Defines the whole job in {@code env}. */
  public static void define(StreamExecutionEnvironment env, JobSettings settings) {
    KafkaInputs in = new KafkaInputs(env, settings);
    KafkaOutputs out = new KafkaOutputs(settings);
    DataStream<EnrichedEvent> events =
        in.events()
            .flatMap(new Valid())
            .returns(TravelTypes.ENRICHED)
            .uid("valid-events")
            .name("valid events");
    DataStream<EnrichedEvent> payee =
        step(events, StepKeys::payee, event -> null, "payee-features");
    DataStream<EnrichedEvent> payer =
        step(payee, StepKeys::payer, StepKeys::payerNote, "payer-features");
    DataStream<EnrichedEvent> holder =
        step(payer, StepKeys::holder, StepKeys::holderNote, "holder-features");
    out.enriched(holder.filter(NoopRoutes::isRelevant).uid("relevant"));
    answer(holder, out);
    out.orders(orders(in.acts(), settings));
  }

  private static DataStream<EnrichedEvent> step(
      DataStream<EnrichedEvent> events, NotedInputs.KeyOf key, NotedInputs.KeyOf note, String uid) {
    return events
        .flatMap(new NotedInputs(key, note))
        .returns(INPUT)
        .uid(uid + "-inputs")
        .keyBy(FeatureInput::key)
        .process(new Pass(), TravelTypes.ENRICHED)
        .uid(uid);
  }

  private static void answer(DataStream<EnrichedEvent> events, KafkaOutputs out) {
    TypeInformation<NoopAnswer> answers = TypeInformation.of(NoopAnswer.class);
    SingleOutputStreamOperator<NoopAnswer> matched =
        events
            .flatMap(new NoopRoutes())
            .returns(TravelTypes.ROUTED)
            .uid("router")
            .keyBy(Routed::matchKey)
            .process(new ToAnswer(), answers)
            .setBufferTimeout(AT_ONCE)
            .uid("match");
    SingleOutputStreamOperator<NoopAnswer> scored =
        hop(hop(matched, NoopAnswer::holder, "score-holder"), NoopAnswer::account, "score-account");
    out.decisions(
        hop(scored.filter(NoopAnswer::asks).uid("asking"), NoopAnswer::eventId, "decision-join")
            .map(NoopAnswer::decision)
            .returns(TypeInformation.of(TransferDecision.class))
            .setBufferTimeout(AT_ONCE)
            .uid("decisions"));
    out.requests(
        hop(
                scored.filter(NoopAnswer::requests).uid("requesting"),
                NoopAnswer::account,
                "stop-orders")
            .map(NoopAnswer::request)
            .returns(TypeInformation.of(StopPaymentRequest.class))
            .setBufferTimeout(AT_ONCE)
            .uid("requests"));
  }

  private static SingleOutputStreamOperator<NoopAnswer> hop(
      DataStream<NoopAnswer> answers, NoopAnswer.KeyOf key, String uid) {
    return answers
        .keyBy(key::of)
        .process(new PassAnswer(), TypeInformation.of(NoopAnswer.class))
        .setBufferTimeout(AT_ONCE)
        .uid(uid);
  }

  private static DataStream<AddressedOrder> orders(
      DataStream<RawRecord> acts, JobSettings settings) {
    return acts.flatMap(new NoopOrders.Acceptances(settings.registry()))
        .returns(TypeInformation.of(OfficerAct.class))
        .setParallelism(1)
        .uid("acceptances")
        .flatMap(new NoopOrders())
        .returns(TypeInformation.of(AddressedOrder.class))
        .uid("account-orders")
        .keyBy(AddressedOrder::accountToken)
        .process(new PassOrder(), TypeInformation.of(AddressedOrder.class))
        .setParallelism(1)
        .setBufferTimeout(AT_ONCE)
        .uid("orders");
  }

  private static final class Valid implements FlatMapFunction<Ingested, EnrichedEvent> {
    private static final long serialVersionUID = 1L;

    @Override
    public void flatMap(Ingested ingested, Collector<EnrichedEvent> out) {
      if (ingested.event() != null) {
        out.collect(ingested.event());
      }
    }
  }

  private static final class Pass
      extends KeyedProcessFunction<String, FeatureInput, EnrichedEvent> {
    private static final long serialVersionUID = 1L;

    @Override
    public void processElement(FeatureInput input, Context context, Collector<EnrichedEvent> out) {
      if (input.kind() == FeatureInput.Kind.EVENT) {
        out.collect(input.event());
      }
    }
  }

  private static final class ToAnswer extends KeyedProcessFunction<String, Routed, NoopAnswer> {
    private static final long serialVersionUID = 1L;

    @Override
    public void processElement(Routed routed, Context context, Collector<NoopAnswer> out) {
      boolean requests = NoopRoutes.requests(routed.event());
      if (routed.event().getEvent() instanceof BankTransaction transaction
          && (requests || NoopRoutes.asks(routed.event()))) {
        out.collect(NoopAnswer.of(transaction, NoopRoutes.asks(routed.event()), requests));
      }
    }
  }

  private static final class PassAnswer
      extends KeyedProcessFunction<String, NoopAnswer, NoopAnswer> {
    private static final long serialVersionUID = 1L;

    @Override
    public void processElement(NoopAnswer answer, Context context, Collector<NoopAnswer> out) {
      out.collect(answer);
    }
  }

  private static final class PassOrder
      extends KeyedProcessFunction<String, AddressedOrder, AddressedOrder> {
    private static final long serialVersionUID = 1L;

    @Override
    public void processElement(
        AddressedOrder order, Context context, Collector<AddressedOrder> out) {
      out.collect(order);
    }
  }
}
