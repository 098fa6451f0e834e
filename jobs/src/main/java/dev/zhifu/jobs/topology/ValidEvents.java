package dev.zhifu.jobs.topology;

import dev.zhifu.jobs.flow.Ingested;
import dev.zhifu.wire.DeadLetter;
import dev.zhifu.wire.EnrichedEvent;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Valid events pass; dead letters go aside; heartbeats have done their work in the watermark. An
 * event before the history's cut was counted from history files already and ends here.
 *
 * @see HistoryCut
 */
final class ValidEvents extends ProcessFunction<Ingested, EnrichedEvent>
    implements CheckpointedFunction {
  private static final long serialVersionUID = 1L;

  static final OutputTag<DeadLetter> DEAD =
      new OutputTag<>("dead-letters", TypeInformation.of(DeadLetter.class));

  private transient ListState<Long> kept;
  private transient long cutMs;
  private transient Counter beforeCut;

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    kept = context.getOperatorStateStore().getUnionListState(HistoryCut.STATE);
    cutMs = HistoryCut.NONE;
    for (long one : kept.get()) {
      cutMs = Math.max(cutMs, one);
    }
  }

  @Override
  public void open(OpenContext context) {
    beforeCut = getRuntimeContext().getMetricGroup().counter("beforeHistoryCut");
  }

  @Override
  public void processElement(Ingested ingested, Context context, Collector<EnrichedEvent> out) {
    if (ingested.event() != null) {
      if (ingested.event().getOccurredAt().toEpochMilli() < cutMs) {
        beforeCut.inc();
      } else {
        out.collect(ingested.event());
      }
    } else if (ingested.deadLetter() != null) {
      context.output(DEAD, ingested.deadLetter());
    }
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    kept.update(cutMs == HistoryCut.NONE ? List.of() : List.of(cutMs));
  }
}
