package dev.zhifu.jobs.features;

import dev.zhifu.jobs.flow.FeatureInput;
import dev.zhifu.rules.features.FeatureStep;
import dev.zhifu.rules.features.HolderFeatures;
import dev.zhifu.rules.features.HolderState;
import dev.zhifu.rules.features.Limits;

/**
 * Third step: fills the features of the person who pays, calls or logs in.
 *
 * @see HolderState for the size of its state
 */
public final class HolderStep extends FeatureStepOperator<HolderState> {
  private static final long serialVersionUID = 1L;

  /** Name of its state. */
  public static final String STATE = "holder-features.holder.v1";

  /** The step with the usual cache. */
  public HolderStep() {
    this(CACHE_ENTITIES);
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
  boolean onEvent(HolderState state, FeatureInput input) {
    boolean moved = step().enrich(state, input.event());
    emit(input.event());
    return moved;
  }
}
