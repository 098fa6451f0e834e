package dev.zhifu.jobs.features;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.jobs.flow.FeatureInput;
import dev.zhifu.rules.features.StepKeys;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.TelecomKind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.util.function.ThrowingConsumer;
import org.junit.jupiter.api.Test;

/** No step of the features keeps anything of an entity that has been quiet for long enough. */
class QuietEntitiesTest {
  private static final int FEW = 2;
  private static final int ENTITIES = 20;

  @Test
  void thePayeeStepForgetsWhoIsQuiet() throws Exception {
    assertForgets(new PayeeAccountStep(FEW), PayeeAccountStep.STATE, StepKeys::payee);
  }

  @Test
  void thePayerStepForgetsWhoIsQuiet() throws Exception {
    assertForgets(new PayerAccountStep(FEW), PayerAccountStep.STATE, StepKeys::payer);
  }

  @Test
  void theHolderStepForgetsWhoIsQuiet() throws Exception {
    HolderStep step = new HolderStep(FEW);
    try (var harness =
        new KeyedTwoInputStreamOperatorTestHarness<
            String, FeatureInput, RouterControl, RouterInput>(
            step, FeatureInput::key, control -> "", Types.STRING)) {
      harness.setStateBackend(new EmbeddedRocksDBStateBackend(true));
      harness.setup();
      harness.open();
      assertForgets(
          step,
          HolderStep.STATE,
          StepKeys::holder,
          harness,
          harness::processElement1,
          harness::processBothWatermarks);
    }
  }

  private static void assertForgets(
      AccountStepOperator<?> step, String state, Function<EnrichedEvent, String> key)
      throws Exception {
    try (var harness =
        new KeyedOneInputStreamOperatorTestHarness<String, FeatureInput, EnrichedEvent>(
            step, FeatureInput::key, Types.STRING)) {
      harness.setStateBackend(new EmbeddedRocksDBStateBackend(true));
      harness.setup(
          TypeInformation.of(EnrichedEvent.class)
              .createSerializer(harness.getExecutionConfig().getSerializerConfig()));
      harness.open();
      assertForgets(step, state, key, harness, harness::processElement, harness::processWatermark);
    }
  }

  private static void assertForgets(
      AbstractStreamOperator<?> step,
      String state,
      Function<EnrichedEvent, String> key,
      AbstractStreamOperatorTestHarness<?> harness,
      ThrowingConsumer<StreamRecord<FeatureInput>, Exception> events,
      ThrowingConsumer<Watermark, Exception> time)
      throws Exception {
    for (EnrichedEvent event : events()) {
      events.accept(
          new StreamRecord<>(
              FeatureInput.event(key.apply(event), event), event.getOccurredAt().toEpochMilli()));
    }
    harness.snapshot(1, 1); // what the cache holds is written back
    assertThat(keys(step, state)).as("while they were active").isGreaterThan(FEW);

    time.accept(new Watermark(Samples.T0_MS + 3 * 366 * Samples.DAY));
    harness.snapshot(2, 2);

    assertThat(keys(step, state)).as(state).isZero();
    assertThat(harness.numEventTimeTimers()).isZero();
  }

  private static List<EnrichedEvent> events() {
    List<EnrichedEvent> events = new ArrayList<>();
    for (int i = 0; i < ENTITIES; i++) {
      String name = "e" + i;
      events.add(Samples.call(TelecomKind.CALL_START, "c" + i, i * 1_000L, name));
      events.add(Samples.transfer("t" + i, i * 1_000L + 500, name, "m" + i, 300));
    }
    return events;
  }

  private static long keys(AbstractStreamOperator<?> step, String state) {
    try (Stream<?> keys = step.getKeyedStateBackend().getKeys(state, VoidNamespace.INSTANCE)) {
      return keys.count();
    }
  }
}
