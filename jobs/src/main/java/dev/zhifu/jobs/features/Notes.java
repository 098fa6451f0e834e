package dev.zhifu.jobs.features;

import dev.zhifu.jobs.flow.FeatureInput;
import dev.zhifu.jobs.travel.TravelTypes;
import dev.zhifu.rules.features.StepKeys;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.OfficerAct;
import dev.zhifu.wire.ReportedTransfer;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.Collector;

/**
 * What each feature step reads: the events under its own key, and notes for the other side of a
 * movement. Also wires the steps, each with its inputs' and its own uid.
 */
public final class Notes {
  /** Uid of the payee step. */
  public static final String PAYEE_UID = "payee-features";

  /** Uid of the payer step. */
  public static final String PAYER_UID = "payer-features";

  /** Uid of the holder step. */
  public static final String HOLDER_UID = "holder-features";

  private static final TypeInformation<FeatureInput> INPUT = TravelTypes.FEATURE_INPUT;
  private static final TypeInformation<EnrichedEvent> ENRICHED = TravelTypes.ENRICHED;

  private Notes() {}

  /** Wires the payee step, which dedupes, behind the sources. */
  public static SingleOutputStreamOperator<EnrichedEvent> payeeStep(
      DataStream<EnrichedEvent> events, PayeeAccountStep step) {
    return keyed(events.flatMap(new ToPayeeStep()).returns(INPUT).uid(PAYEE_UID + "-inputs"))
        .transform("payee account features", ENRICHED, step)
        .uid(PAYEE_UID);
  }

  /**
   * Wires the payer step behind the payee step.
   *
   * @param queries questions about reported accounts, made by {@link #queries}
   */
  public static SingleOutputStreamOperator<EnrichedEvent> payerStep(
      DataStream<EnrichedEvent> events, DataStream<FeatureInput> queries, PayerAccountStep step) {
    DataStream<FeatureInput> inputs =
        events.flatMap(new ToPayerStep()).returns(INPUT).uid(PAYER_UID + "-inputs");
    return keyed(inputs.union(queries))
        .transform("payer account features", ENRICHED, step)
        .uid(PAYER_UID);
  }

  /**
   * Wires the holder step behind the payer step.
   *
   * @param control what the router behind it hears
   */
  public static SingleOutputStreamOperator<RouterInput> holderStep(
      DataStream<EnrichedEvent> events, DataStream<RouterControl> control, HolderStep step) {
    return keyed(events.flatMap(new ToHolderStep()).returns(INPUT).uid(HOLDER_UID + "-inputs"))
        .connect(control.broadcast())
        .transform("holder features", TypeInformation.of(RouterInput.class), step)
        .uid(HOLDER_UID);
  }

  /** One question for each transfer of an accepted report. */
  public static SingleOutputStreamOperator<FeatureInput> queries(DataStream<OfficerAct> accepted) {
    return accepted
        .flatMap(new ToQueries())
        .returns(INPUT)
        .setBufferTimeout(0) // they are few: no flushing thread is worth its cost
        .uid(PAYER_UID + "-queries");
  }

  private static KeyedStream<FeatureInput, String> keyed(DataStream<FeatureInput> inputs) {
    return inputs.keyBy(FeatureInput::key);
  }

  /** Inputs of the payee step: each event once. */
  static final class ToPayeeStep implements FlatMapFunction<EnrichedEvent, FeatureInput> {
    private static final long serialVersionUID = 1L;

    @Override
    public void flatMap(EnrichedEvent event, Collector<FeatureInput> out) {
      out.collect(FeatureInput.event(StepKeys.payee(event), event));
    }
  }

  /** Inputs of the payer step: each event, and a note to the account that it credits. */
  static final class ToPayerStep implements FlatMapFunction<EnrichedEvent, FeatureInput> {
    private static final long serialVersionUID = 1L;

    @Override
    public void flatMap(EnrichedEvent event, Collector<FeatureInput> out) {
      out.collect(FeatureInput.event(StepKeys.payer(event), event));
      note(StepKeys.payerNote(event), event, out);
    }
  }

  /** Inputs of the holder step: each event, and a note to the borrower of a loan. */
  static final class ToHolderStep implements FlatMapFunction<EnrichedEvent, FeatureInput> {
    private static final long serialVersionUID = 1L;

    @Override
    public void flatMap(EnrichedEvent event, Collector<FeatureInput> out) {
      out.collect(FeatureInput.event(StepKeys.holder(event), event));
      note(StepKeys.holderNote(event), event, out);
    }
  }

  /** Questions of the payer step: one for each account that an accepted report names. */
  static final class ToQueries implements FlatMapFunction<OfficerAct, FeatureInput> {
    private static final long serialVersionUID = 1L;

    @Override
    public void flatMap(OfficerAct act, Collector<FeatureInput> out) {
      if (act.getReport() == null) {
        return;
      }
      for (ReportedTransfer transfer : act.getReport().getTransfers()) {
        out.collect(
            FeatureInput.query(
                transfer,
                act.getReport().getReportId(),
                act.getReport().getHolderToken(),
                act.getAt().toEpochMilli(),
                act.getActId()));
      }
    }
  }

  private static void note(String key, EnrichedEvent event, Collector<FeatureInput> out) {
    if (key != null) {
      out.collect(FeatureInput.note(key, event));
    }
  }
}
