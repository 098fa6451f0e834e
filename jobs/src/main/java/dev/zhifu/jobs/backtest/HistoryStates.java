package dev.zhifu.jobs.backtest;

import dev.zhifu.jobs.features.EntityBytes;
import dev.zhifu.jobs.features.FeatureState;
import dev.zhifu.jobs.features.HolderStep;
import dev.zhifu.jobs.features.Notes;
import dev.zhifu.jobs.features.PayeeAccountStep;
import dev.zhifu.jobs.features.PayerAccountStep;
import dev.zhifu.jobs.features.RouterControl;
import dev.zhifu.jobs.flow.FeatureInput;
import dev.zhifu.jobs.flow.Ingested;
import dev.zhifu.jobs.travel.TravelTypes;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.OfficerAct;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** What the job's own feature steps know after history files have passed through them. */
public final class HistoryStates {

  /** Accumulator: events taken. */
  public static final String READ = "history-read";

  /** Accumulator: events at or after the cut, left to the stream. */
  public static final String BEYOND_CUT = "history-beyond-cut";

  /** Accumulator: records that broke their contract. */
  public static final String TURNED_AWAY = "history-turned-away";

  /**
   * States of one step.
   *
   * @param uid operator of the job that they belong to
   * @param stateName its state
   * @param states one for each entity
   */
  public record StepStates(String uid, String stateName, DataStream<EntityBytes> states) {}

  private HistoryStates() {}

  /** The events of history files, in the total order; what breaks its contract is left out. */
  public static Iterator<EnrichedEvent> events(List<Path> bank, List<Path> telecom, Path accounts) {
    return BacktestFiles.of(bank, telecom, accounts).read(new TurnedAway());
  }

  /**
   * Defines the run.
   *
   * @param bank transaction files, sorted by time
   * @param telecom call files, sorted by time
   * @param accounts account file; null when there is none
   * @param cut first instant that belongs to the stream
   */
  public static List<StepStates> define(
      StreamExecutionEnvironment env,
      List<Path> bank,
      List<Path> telecom,
      Path accounts,
      Instant cut) {
    BacktestFiles files = BacktestFiles.of(bank, telecom, accounts);
    DataStream<EnrichedEvent> events =
        env.addSource(new HistorySource(files, cut.toEpochMilli()), "history", TravelTypes.INGESTED)
            .uid("history")
            .map(Ingested::event)
            .returns(EnrichedEvent.class)
            .setParallelism(1)
            .uid("history-events");
    PayeeAccountStep payeeStep = new PayeeAccountStep();
    PayerAccountStep payerStep = new PayerAccountStep();
    HolderStep holderStep = new HolderStep();
    payeeStep.takeInOrder();
    payeeStep.sayStatesAtEnd();
    payerStep.takeInOrder();
    payerStep.sayStatesAtEnd();
    holderStep.takeInOrder();
    holderStep.sayStatesAtEnd();
    var payee = Notes.payeeStep(events, payeeStep);
    var payer = Notes.payerStep(payee, noQueries(env), payerStep);
    var holder = Notes.holderStep(payer, noControl(env), holderStep);
    return List.of(
        states(Notes.PAYEE_UID, PayeeAccountStep.STATE, payee),
        states(Notes.PAYER_UID, PayerAccountStep.STATE, payer),
        states(Notes.HOLDER_UID, HolderStep.STATE, holder));
  }

  /** History accepts no report, so that nobody asks for a balance. */
  private static DataStream<FeatureInput> noQueries(StreamExecutionEnvironment env) {
    return Notes.queries(
        env.addSource(
                new NothingSource<OfficerAct>(),
                "acceptances",
                TypeInformation.of(OfficerAct.class))
            .uid("acceptances"));
  }

  /** No router stands behind the steps here. */
  private static DataStream<RouterControl> noControl(StreamExecutionEnvironment env) {
    return env.addSource(
            new NothingSource<RouterControl>(), "control", TypeInformation.of(RouterControl.class))
        .uid("control");
  }

  private static StepStates states(
      String uid, String stateName, SingleOutputStreamOperator<?> step) {
    return new StepStates(uid, stateName, step.getSideOutput(FeatureState.AT_END));
  }
}
