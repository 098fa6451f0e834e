package dev.zhifu.jobs.features;

import dev.zhifu.jobs.flow.FeatureInput;
import dev.zhifu.rules.features.EntityState;
import dev.zhifu.wire.EnrichedEvent;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * A feature step that hands its events on to the next.
 *
 * @param <S> state of one entity
 */
abstract class AccountStepOperator<S extends EntityState>
    extends FeatureStepOperator<S, EnrichedEvent>
    implements OneInputStreamOperator<FeatureInput, EnrichedEvent> {
  private static final long serialVersionUID = 1L;

  AccountStepOperator(String stateName, int cacheEntities) {
    super(stateName, cacheEntities);
  }

  @Override
  public final void processElement(StreamRecord<FeatureInput> element) throws Exception {
    take(element);
  }

  @Override
  final void emit(EnrichedEvent event) {
    output.collect(new StreamRecord<>(event, event.getOccurredAt().toEpochMilli()));
  }
}
