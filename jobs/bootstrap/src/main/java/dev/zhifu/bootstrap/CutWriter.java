package dev.zhifu.bootstrap;

import dev.zhifu.jobs.topology.HistoryCut;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.state.api.functions.StateBootstrapFunction;

/** Writes the cut where the job's first operator looks for it. */
final class CutWriter extends StateBootstrapFunction<Long> {
  private static final long serialVersionUID = 1L;

  private transient ListState<Long> kept;

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    kept = context.getOperatorStateStore().getUnionListState(HistoryCut.STATE);
  }

  @Override
  public void processElement(Long cutMs, Context context) throws Exception {
    kept.add(cutMs);
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) {
    // Everything stands in the state already.
  }
}
