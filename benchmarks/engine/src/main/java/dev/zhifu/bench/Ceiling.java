package dev.zhifu.bench;

import dev.zhifu.jobs.flow.FeatureInput;
import dev.zhifu.jobs.flow.Routed;
import dev.zhifu.jobs.travel.TravelTypes;
import dev.zhifu.rules.features.StepKeys;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.KeyKind;
import dev.zhifu.wire.Side;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * The engine's routing and bytes with nothing between: the same three keyed exchanges with the same
 * notes, and one more for the share of events that the engine's router lets through. With state,
 * each entity touched is one RocksDB read and one write of {@value #STATE_BYTES} bytes, an ordinary
 * customer's.
 *
 * @param state true to read and write state
 */
record Ceiling(boolean state) implements Pipeline {
  private static final int STATE_BYTES = 200;
  private static final TypeInformation<FeatureInput> INPUT = TravelTypes.FEATURE_INPUT;

  @Override
  public void define(DataStream<EnrichedEvent> events, Plan plan) {
    DataStream<EnrichedEvent> payee =
        step(events, StepKeys::payee, event -> null, "payee-features");
    DataStream<EnrichedEvent> payer =
        step(payee, StepKeys::payer, StepKeys::payerNote, "payer-features");
    DataStream<EnrichedEvent> holder =
        step(payer, StepKeys::holder, StepKeys::holderNote, "holder-features");
    holder
        .flatMap(new Share(plan.routesPerEvent()))
        .returns(TravelTypes.ROUTED)
        .uid("router")
        .keyBy(Routed::matchKey)
        .process(new End(), TypeInformation.of(Long.class))
        .uid("match");
  }

  private DataStream<EnrichedEvent> step(
      DataStream<EnrichedEvent> events, NotedInputs.KeyOf key, NotedInputs.KeyOf note, String uid) {
    return events
        .flatMap(new NotedInputs(key, note))
        .returns(INPUT)
        .uid(uid + "-inputs")
        .keyBy(FeatureInput::key)
        .process(new Touch(state), TravelTypes.ENRICHED)
        .uid(uid);
  }

  private static final class Touch
      extends KeyedProcessFunction<String, FeatureInput, EnrichedEvent> {
    private static final long serialVersionUID = 1L;
    private final boolean state;
    private transient ValueState<byte[]> kept;

    Touch(boolean state) {
      this.state = state;
    }

    @Override
    public void open(OpenContext context) {
      kept =
          getRuntimeContext()
              .getState(
                  new ValueStateDescriptor<>(
                      "entity", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    }

    @Override
    public void processElement(FeatureInput input, Context context, Collector<EnrichedEvent> out)
        throws Exception {
      if (state && !input.key().equals(input.event().getEventId())) {
        touch();
      }
      if (input.kind() == FeatureInput.Kind.EVENT) {
        out.collect(input.event());
      }
    }

    private void touch() throws Exception {
      byte[] bytes = kept.value();
      if (bytes == null) {
        bytes = new byte[STATE_BYTES];
      }
      bytes[0]++;
      kept.update(bytes);
    }
  }

  /** Lets through as many as the router would, told by the event's id. */
  private static final class Share implements FlatMapFunction<EnrichedEvent, Routed> {
    private static final long serialVersionUID = 1L;
    private static final int PARTS = 1 << 16;
    private final double routesPerEvent;

    Share(double routesPerEvent) {
      this.routesPerEvent = routesPerEvent;
    }

    @Override
    public void flatMap(EnrichedEvent event, Collector<Routed> out) {
      int draw = (event.getEventId().hashCode() * 0x9E3779B9 >>> 8) & (PARTS - 1);
      double left = routesPerEvent - (double) draw / PARTS;
      for (int i = 0; left > 0; i++, left--) {
        boolean bank = event.getEvent() instanceof BankTransaction;
        out.collect(
            Routed.of(
                i == 0 ? KeyKind.HOLDER : KeyKind.ACCOUNT,
                bank ? StepKeys.payer(event) : StepKeys.holder(event),
                bank ? Side.DEBIT : Side.SUBJECT,
                event));
      }
    }
  }

  private static final class End extends KeyedProcessFunction<String, Routed, Long> {
    private static final long serialVersionUID = 1L;

    @Override
    public void processElement(Routed routed, Context context, Collector<Long> out) {
      Meter.OUT.increment();
    }
  }
}
