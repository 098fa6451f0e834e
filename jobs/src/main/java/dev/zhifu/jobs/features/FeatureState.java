package dev.zhifu.jobs.features;

import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.util.OutputTag;

/**
 * The form of a feature step's state, so that what is written from history is what the job reads
 * (docs/state.md).
 */
public final class FeatureState {

  /** Name of the service that holds one timer for each entity. */
  public static final String TIMERS = "expiry";

  /** The state of every entity of a step that was told to say it at the end of its input. */
  public static final OutputTag<EntityBytes> AT_END =
      new OutputTag<>("states-at-end", TypeInformation.of(EntityBytes.class));

  private FeatureState() {}

  /** Accumulator of the states that a step said at the end. */
  public static String counter(String stateName) {
    return "said-" + stateName;
  }

  /** The one state of a step. */
  public static ValueStateDescriptor<byte[]> descriptor(String stateName) {
    return new ValueStateDescriptor<>(
        stateName, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);
  }
}
