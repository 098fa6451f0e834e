package dev.zhifu.bootstrap;

import dev.zhifu.jobs.features.EntityBytes;
import dev.zhifu.jobs.features.FeatureState;
import java.io.IOException;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.core.fs.Path;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.state.api.output.SnapshotUtils;
import org.apache.flink.state.api.output.TaggedOperatorSubtaskState;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Writes states of one feature step in the step's own form: its value and its timer. The library's
 * bootstrap function names its timers otherwise, so that the job would not find them.
 */
final class StateWriter extends AbstractStreamOperator<TaggedOperatorSubtaskState>
    implements OneInputStreamOperator<EntityBytes, TaggedOperatorSubtaskState>,
        Triggerable<String, VoidNamespace>,
        BoundedOneInput {
  private static final long serialVersionUID = 1L;

  private final String stateName;
  private final long timestamp;
  private final Path savepoint;

  private transient ValueState<byte[]> kept;
  private transient InternalTimerService<VoidNamespace> timers;

  StateWriter(String stateName, long timestamp, Path savepoint) {
    this.stateName = stateName;
    this.timestamp = timestamp;
    this.savepoint = savepoint;
  }

  @Override
  public void open() throws Exception {
    super.open();
    kept = getRuntimeContext().getState(FeatureState.descriptor(stateName));
    timers = getInternalTimerService(FeatureState.TIMERS, VoidNamespaceSerializer.INSTANCE, this);
  }

  @Override
  public void processElement(StreamRecord<EntityBytes> element) throws IOException {
    kept.update(element.getValue().bytes());
    timers.registerEventTimeTimer(VoidNamespace.INSTANCE, element.getValue().expiresAtMs());
  }

  /** The end of the files is not the end of time: no timer fires here. */
  @Override
  public void processWatermark(Watermark mark) {
    output.emitWatermark(mark);
  }

  @Override
  public void onEventTime(InternalTimer<String, VoidNamespace> timer) {
    throw new IllegalStateException("a timer fired while history was being written: " + timer);
  }

  @Override
  public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
    throw new IllegalStateException("feature steps set no processing-time timers");
  }

  @Override
  public void endInput() throws Exception {
    output.collect(
        new StreamRecord<>(
            SnapshotUtils.snapshot(
                HistorySavepoint.CHECKPOINT_ID,
                this,
                getRuntimeContext().getTaskInfo().getIndexOfThisSubtask(),
                timestamp,
                CheckpointingOptions.getCheckpointingMode(
                    getContainingTask().getJobConfiguration()),
                false,
                getContainingTask().getConfiguration().getConfiguration(),
                savepoint)));
  }
}
