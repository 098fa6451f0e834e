package dev.zhifu.jobs.features;

import dev.zhifu.jobs.flow.FeatureInput;
import dev.zhifu.rules.features.FeatureStep;
import dev.zhifu.rules.features.HolderFeatures;
import dev.zhifu.rules.features.HolderState;
import dev.zhifu.rules.features.Limits;
import dev.zhifu.wire.EnrichedEvent;
import org.apache.flink.streaming.api.operators.BoundedMultiInput;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Third step: fills the features of the person who pays, calls or logs in. The router stands in the
 * same task right behind it, so that no event is written to bytes between them; what the router
 * hears by broadcast therefore comes this way too and is handed through (ADR-0059).
 *
 * @see HolderState for the size of its state
 */
public final class HolderStep extends FeatureStepOperator<HolderState, RouterInput>
    implements TwoInputStreamOperator<FeatureInput, RouterControl, RouterInput>, BoundedMultiInput {
  private static final long serialVersionUID = 1L;

  /** Name of its state. */
  public static final String STATE = "holder-features.holder.v1";

  /** The step with the usual cache. */
  public HolderStep() {
    this(BY_HEAP);
  }

  /** The step with a cache of that many holders. */
  public HolderStep(int cacheEntities) {
    super(STATE, cacheEntities);
  }

  @Override
  FeatureStep<HolderState> makeStep(Limits limits) {
    return new HolderFeatures(limits);
  }

  @Override
  public void processElement1(StreamRecord<FeatureInput> element) throws Exception {
    take(element);
  }

  @Override
  public void processElement2(StreamRecord<RouterControl> element) {
    output.collect(new StreamRecord<>(RouterInput.of(element.getValue())));
  }

  /** Rules and lists from files end; then nothing more can come, marked or not. */
  @Override
  public void endInput(int input) {
    if (input == 2) {
      output.collect(new StreamRecord<>(RouterInput.of(RouterControl.ready())));
    }
  }

  @Override
  void emit(EnrichedEvent event) {
    output.collect(new StreamRecord<>(RouterInput.of(event), event.getOccurredAt().toEpochMilli()));
  }

  @Override
  boolean onEvent(HolderState state, FeatureInput input) {
    boolean moved = step().enrich(state, input.event());
    emit(input.event());
    return moved;
  }
}
