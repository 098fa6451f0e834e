package dev.zhifu.jobs.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.wire.AccountKind;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.OrderOrigin;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.ReasonCode;
import dev.zhifu.wire.ReceiptResult;
import dev.zhifu.wire.RecoveryAlarm;
import dev.zhifu.wire.StopPaymentReceipt;
import dev.zhifu.wire.StopPaymentRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedBroadcastOperatorTestHarness;
import org.junit.jupiter.api.Test;

class StopWatchFunctionTest {

  private static final Instant T0 = Instant.parse("2026-06-01T02:00:00Z");

  private static StopPaymentRequest order(OrderState state, long sequence) {
    return StopPaymentRequest.newBuilder()
        .setOrderId("order-1")
        .setApplicationId("a")
        .setOrdinal(1)
        .setSequence(sequence)
        .setState(state)
        .setOrigin(OrderOrigin.REPORT)
        .setCaseIds(List.of("case-1"))
        .setTarget(
            AccountRef.newBuilder()
                .setAccountToken("mule")
                .setBank("B01")
                .setKind(AccountKind.PERSONAL)
                .build())
        .setTransferAmountFen(1)
        .setTransferTime(T0)
        .setTracedFen(1)
        .setScore(1)
        .setFamilies(List.of())
        .setHitIds(List.of())
        .setReasonCode(ReasonCode.VICTIM_REPORT)
        .setBasisAt(T0)
        .setCause("cause")
        .setTickAt(T0)
        .build();
  }

  private static StopPaymentReceipt stopped(Instant start) {
    return StopPaymentReceipt.newBuilder()
        .setOrderId("order-1")
        .setApplicationId("a")
        .setAccountToken("mule")
        .setBank("B01")
        .setPayloadSha256("")
        .setResult(ReceiptResult.STOPPED)
        .setStartTime(start)
        .setAt(start)
        .build();
  }

  private static KeyedBroadcastOperatorTestHarness<
          String, StopWatchInput, RecoveryControl, RecoveryAlarm>
      started(OperatorSubtaskState state) throws Exception {
    var harness =
        new KeyedBroadcastOperatorTestHarness<>(
            new CoBroadcastWithKeyedOperator<>(
                new StopWatchFunction(), List.of(StopWatchFunction.BROADCAST)),
            StopWatchInput::orderId,
            Types.STRING,
            4,
            1,
            0);
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
    harness.processWatermark(Watermark.MAX_WATERMARK);
    return harness;
  }

  private static void tick(
      KeyedBroadcastOperatorTestHarness<String, StopWatchInput, RecoveryControl, RecoveryAlarm>
          harness,
      Instant at)
      throws Exception {
    harness.processBroadcastElement(RecoveryControl.tick(at.toEpochMilli()), 0);
    harness.processBroadcastWatermark(new Watermark(at.toEpochMilli()));
  }

  /** Restored at each tick, answers doubled and before their order: each alarm comes once. */
  @Test
  void everyAlarmComesOnceAcrossRestartsAndWithDoubledAnswers() throws Exception {
    Instant start = T0.plusSeconds(250);
    Instant end = start.plus(Duration.ofHours(48));
    List<Instant> ticks =
        List.of(
            T0,
            T0.plusSeconds(60),
            T0.plusSeconds(61),
            T0.plusSeconds(180),
            T0.plusSeconds(240),
            T0.plusSeconds(300),
            end.minus(Duration.ofHours(12)),
            end.minus(Duration.ofHours(4)),
            end.minus(Duration.ofHours(1)),
            end,
            end.plusSeconds(60));
    List<String> alarms = new ArrayList<>();
    OperatorSubtaskState state = null;
    for (Instant now : ticks) {
      try (var harness = started(state)) {
        if (now.equals(T0)) {
          harness.processElement(new StreamRecord<>(StopWatchInput.of(order(OrderState.SENT, 3))));
        }
        if (now.equals(T0.plusSeconds(300))) {
          for (int i = 0; i < 2; i++) {
            harness.processElement(new StreamRecord<>(StopWatchInput.of(stopped(start))));
            harness.processElement(
                new StreamRecord<>(StopWatchInput.of(order(OrderState.ACTIVE, 4))));
            harness.processElement(
                new StreamRecord<>(StopWatchInput.of(order(OrderState.SENT, 3))));
          }
        }
        tick(harness, now);
        tick(harness, now);
        harness.extractOutputValues().forEach(alarm -> alarms.add(alarm.getAlarm()));
        state = harness.snapshot(1, 1);
      }
    }

    assertThat(alarms)
        .containsExactly("ESCALATE_BANK", "ESCALATE_BANNER", "END_NEAR", "END_NEAR", "END_NEAR");
  }

  @Test
  void anAnswerWithoutItsOrderIsWatchedForOnceTheOrderIsKnown() throws Exception {
    try (var harness = started(null)) {
      harness.processElement(new StreamRecord<>(StopWatchInput.of(stopped(T0))));
      tick(harness, T0.plus(Duration.ofHours(20)));
      assertThat(harness.extractOutputValues()).isEmpty();
      harness.processElement(new StreamRecord<>(StopWatchInput.of(order(OrderState.ACTIVE, 4))));
      tick(harness, T0.plus(Duration.ofHours(44)));
      assertThat(harness.extractOutputValues())
          .extracting(RecoveryAlarm::getAlarm)
          .contains("END_NEAR");
    }
  }
}
