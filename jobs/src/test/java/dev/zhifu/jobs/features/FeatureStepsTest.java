package dev.zhifu.jobs.features;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.jobs.flow.FeatureInput;
import dev.zhifu.jobs.flow.ReportedAccount;
import dev.zhifu.rules.features.Dedupe;
import dev.zhifu.rules.features.FeaturePipeline;
import dev.zhifu.rules.features.Limits;
import dev.zhifu.rules.features.StepKeys;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.DeadLetter;
import dev.zhifu.wire.DeadLetterReason;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.Features;
import dev.zhifu.wire.ReportedTransfer;
import dev.zhifu.wire.TelecomKind;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/**
 * The steps on RocksDB, with a cache so small that states are written back and read again all the
 * time.
 */
class FeatureStepsTest {
  private static final long SEED = 20260302L;
  private static final int SMALL = 2;

  @Test
  void theStepsOnRocksDbGiveWhatTheStepsInMemoryGiveAlsoAcrossARestore() throws Exception {
    List<EnrichedEvent> stream = Samples.stream(SEED, 400);
    FeaturePipeline expected = new FeaturePipeline(Limits.UNHEARD);
    stream.forEach(event -> assertThat(expected.enrich(event)).isEqualTo(Dedupe.Verdict.NEW));

    Steps first = new Steps(null);
    List<EnrichedEvent> got = new ArrayList<>();
    for (EnrichedEvent event : blank(stream.subList(0, 200))) {
      got.addAll(first.enrich(event));
    }
    List<OperatorSubtaskState> snapshots = first.snapshotAndClose();
    Steps second = new Steps(snapshots);
    for (EnrichedEvent event : blank(stream.subList(200, 400))) {
      got.addAll(second.enrich(event));
    }
    second.close();

    assertThat(got).as("seed %d", SEED).isEqualTo(stream);
  }

  @Test
  void copiesEndHereAndContradictionsBecomeDeadLetters() throws Exception {
    try (var harness = harness(new PayeeAccountStep(), null)) {
      send(harness, Samples.transfer("t1", 0, "a", "b", 100));
      send(harness, Samples.transfer("t1", 0, "a", "b", 100));
      EnrichedEvent other = Samples.transfer("t1", 0, "a", "b", 101);
      other.setSourcePartition(2);
      other.setSourceOffset(77);
      send(harness, other);

      assertThat(harness.extractOutputValues()).hasSize(1);
      DeadLetter letter = harness.getSideOutput(PayeeAccountStep.DEAD).remove().getValue();
      assertThat(letter.getReason()).isEqualTo(DeadLetterReason.SAME_ID_OTHER_CONTENT);
      assertThat(letter.getTopic()).isEqualTo("bank.transactions");
      assertThat(letter.getDeadLetterId()).isEqualTo("bank.transactions:2:77");
      assertThat(letter.getPartition()).isEqualTo(2);
      assertThat(letter.getOffset()).isEqualTo(77);
      assertThat(letter.getExplanation()).contains("B01:t1:COMPLETED", "the first stands");
      assertThat(BankTransaction.fromByteBuffer(letter.getValue()).getAmountFen()).isEqualTo(101);
    }
  }

  @Test
  void aReportedAccountIsAnsweredWithItsLastKnownBalance() throws Exception {
    EnrichedEvent paid = Samples.transfer("t1", 1_000, "v", "m", 300);
    ReportedTransfer reported =
        ReportedTransfer.newBuilder()
            .setPayer(((BankTransaction) paid.getEvent()).getPayer())
            .setPayee(((BankTransaction) paid.getEvent()).getPayee())
            .setAmountFen(300)
            .setOccurredAt(paid.getOccurredAt())
            .build();
    try (var harness = harness(new PayerAccountStep(), null)) {
      send(harness, FeatureInput.query(reported, "r0", "h-v", 500, "act0"));
      send(harness, FeatureInput.note("m", paid));
      send(harness, FeatureInput.query(reported, "r1", "h-v", 2_000, "act1"));

      var answers = harness.getSideOutput(PayerAccountStep.REPORTED);
      ReportedAccount before = answers.remove().getValue();
      ReportedAccount after = answers.remove().getValue();
      assertThat(before.lastBalanceFen()).isNull();
      assertThat(before.balanceAtMs()).isZero();
      assertThat(after.lastBalanceFen()).isEqualTo(1_000);
      assertThat(after.balanceAtMs()).isEqualTo(Samples.T0_MS + 1_000);
      assertThat(after.accountToken()).isEqualTo("m");
      assertThat(harness.extractOutputValues()).isEmpty();
    }
  }

  @Test
  void anEntityIsForgottenByEventTimeAndLeavesNoTimer() throws Exception {
    try (var harness = harness(new PayerAccountStep(SMALL), null)) {
      send(harness, FeatureInput.event("v", Samples.transfer("t1", 0, "v", "m", 300)));
      assertThat(harness.numEventTimeTimers()).isEqualTo(1);
      send(
          harness, FeatureInput.event("v", Samples.transfer("t2", 100 * Samples.DAY, "v", "m", 3)));
      assertThat(harness.numEventTimeTimers()).isEqualTo(1);

      harness.processWatermark(Samples.T0_MS + 367 * Samples.DAY);
      assertThat(harness.numEventTimeTimers()).as("it lived on").isEqualTo(1);
      harness.processWatermark(Samples.T0_MS + 467 * Samples.DAY);

      assertThat(harness.numEventTimeTimers()).isZero();
      EnrichedEvent later = Samples.transfer("t3", 468 * Samples.DAY, "v", "m", 3);
      send(harness, FeatureInput.event("v", later));
      assertThat(later.getFeatures().getPayerDaysSinceActivity()).isNull();
    }
  }

  @Test
  void whoLivedOnOnceIsLookedAtOnceAWeekAndThenForgotten() throws Exception {
    try (var harness = harness(new PayeeAccountStep(SMALL), null)) {
      for (int hour = 0; hour < 30; hour++) {
        send(
            harness,
            Samples.call(TelecomKind.CALL_START, "c" + hour, hour * Samples.DAY / 24, "v"));
      }
      harness.processWatermark(Samples.T0_MS + 25 * Samples.DAY / 24);
      assertThat(harness.numEventTimeTimers()).as("it lived on").isEqualTo(1);

      harness.processWatermark(Samples.T0_MS + 8 * Samples.DAY);
      assertThat(harness.numEventTimeTimers()).as("not looked at yet").isEqualTo(1);
      harness.processWatermark(Samples.T0_MS + 9 * Samples.DAY);
      assertThat(harness.numEventTimeTimers()).isZero();

      send(harness, Samples.call(TelecomKind.CALL_START, "c29", 29 * Samples.DAY / 24, "v"));
      assertThat(harness.extractOutputValues()).as("its ids are gone").hasSize(31);
    }
  }

  @Test
  void theCachesOfAJvmFillAPartOfItsHeapWhateverTheNumberOfSubtasks() {
    long gigabyte = 1L << 30;
    assertThat(FeatureStepOperator.entitiesFor(3 * gigabyte, 2)).isEqualTo(53_687);
    assertThat(FeatureStepOperator.entitiesFor(3 * gigabyte, 4)).isEqualTo(26_843);
    assertThat(FeatureStepOperator.entitiesFor(gigabyte / 8, 16)).isEqualTo(2_000);
    assertThat(FeatureStepOperator.entitiesFor(256 * gigabyte, 1)).isEqualTo(200_000);
  }

  @Test
  void anEventWithoutAnEntityOfTheStepPassesAndLeavesNothing() throws Exception {
    EnrichedEvent call = Samples.call(TelecomKind.CALL_START, "c1", 0, "v");
    try (var harness = harness(new PayerAccountStep(), null)) {
      send(harness, FeatureInput.event(call.getEventId(), call));

      assertThat(harness.extractOutputValues()).containsExactly(call);
      assertThat(harness.numEventTimeTimers()).isZero();
    }
  }

  private static List<EnrichedEvent> blank(List<EnrichedEvent> events) {
    List<EnrichedEvent> blank = new ArrayList<>();
    for (EnrichedEvent event : events) {
      EnrichedEvent copy = Samples.copy(event);
      copy.setFeatures(Features.newBuilder().build());
      blank.add(copy);
    }
    return blank;
  }

  /** The three steps behind each other, as the job wires them. */
  private static final class Steps {
    private final KeyedOneInputStreamOperatorTestHarness<String, FeatureInput, EnrichedEvent> payee;
    private final KeyedOneInputStreamOperatorTestHarness<String, FeatureInput, EnrichedEvent> payer;
    private final KeyedTwoInputStreamOperatorTestHarness<
            String, FeatureInput, RouterControl, RouterInput>
        holder;

    Steps(List<OperatorSubtaskState> states) throws Exception {
      payee = harness(new PayeeAccountStep(SMALL), states == null ? null : states.get(0));
      payer = harness(new PayerAccountStep(SMALL), states == null ? null : states.get(1));
      holder =
          new KeyedTwoInputStreamOperatorTestHarness<>(
              new HolderStep(SMALL), FeatureInput::key, control -> "", Types.STRING);
      holder.setStateBackend(new EmbeddedRocksDBStateBackend(true));
      holder.setup();
      if (states != null) {
        holder.initializeState(states.get(2));
      }
      holder.open();
    }

    List<EnrichedEvent> enrich(EnrichedEvent event) throws Exception {
      List<EnrichedEvent> first = through(payee, new Notes.ToPayeeStep(), List.of(event));
      List<EnrichedEvent> second = through(payer, new Notes.ToPayerStep(), first);
      List<FeatureInput> made = inputs(new Notes.ToHolderStep(), second);
      for (FeatureInput input : made) {
        holder.processElement1(new StreamRecord<>(input, atMs(input)));
      }
      List<EnrichedEvent> out =
          holder.extractOutputValues().stream().map(RouterInput::event).toList();
      holder.getOutput().clear();
      return out;
    }

    private static List<FeatureInput> inputs(
        FlatMapFunction<EnrichedEvent, FeatureInput> inputs, List<EnrichedEvent> events)
        throws Exception {
      List<FeatureInput> made = new ArrayList<>();
      for (EnrichedEvent event : events) {
        inputs.flatMap(event, new ListCollector<>(made));
      }
      return made;
    }

    private static List<EnrichedEvent> through(
        KeyedOneInputStreamOperatorTestHarness<String, FeatureInput, EnrichedEvent> step,
        FlatMapFunction<EnrichedEvent, FeatureInput> inputs,
        List<EnrichedEvent> events)
        throws Exception {
      for (FeatureInput input : inputs(inputs, events)) {
        send(step, input);
      }
      List<EnrichedEvent> out = new ArrayList<>(step.extractOutputValues());
      step.getOutput().clear();
      return out;
    }

    List<OperatorSubtaskState> snapshotAndClose() throws Exception {
      List<OperatorSubtaskState> states =
          List.of(payee.snapshot(1, 1), payer.snapshot(1, 1), holder.snapshot(1, 1));
      close();
      return states;
    }

    void close() throws Exception {
      payee.close();
      payer.close();
      holder.close();
    }
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, FeatureInput, EnrichedEvent>
      harness(AccountStepOperator<?> step, OperatorSubtaskState state) throws Exception {
    var harness =
        new KeyedOneInputStreamOperatorTestHarness<String, FeatureInput, EnrichedEvent>(
            step, FeatureInput::key, Types.STRING);
    harness.setStateBackend(new EmbeddedRocksDBStateBackend(true));
    harness.setup(
        TypeInformation.of(EnrichedEvent.class)
            .createSerializer(harness.getExecutionConfig().getSerializerConfig()));
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
    return harness;
  }

  private static void send(
      KeyedOneInputStreamOperatorTestHarness<String, FeatureInput, EnrichedEvent> harness,
      EnrichedEvent event)
      throws Exception {
    send(harness, FeatureInput.event(StepKeys.payee(event), event));
  }

  private static void send(
      KeyedOneInputStreamOperatorTestHarness<String, FeatureInput, EnrichedEvent> harness,
      FeatureInput input)
      throws Exception {
    harness.processElement(new StreamRecord<>(input, atMs(input)));
  }

  private static long atMs(FeatureInput input) {
    return input.event() == null ? 0 : input.event().getOccurredAt().toEpochMilli();
  }
}
