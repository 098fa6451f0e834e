package dev.zhifu.jobs.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.jobs.settings.BankChannels;
import dev.zhifu.rules.lives.order.PaperworkClock;
import dev.zhifu.wire.AccountKind;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.OrderOrigin;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.OwnStop;
import dev.zhifu.wire.ReasonCode;
import dev.zhifu.wire.ReceiptResult;
import dev.zhifu.wire.RecoveryAlarm;
import dev.zhifu.wire.ReportedTransfer;
import dev.zhifu.wire.StopPaymentReceipt;
import dev.zhifu.wire.StopPaymentRequest;
import dev.zhifu.wire.VictimReport;
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
    return order("order-1", "mule", state, sequence);
  }

  static StopPaymentRequest order(String orderId, String account, OrderState state, long sequence) {
    return StopPaymentRequest.newBuilder()
        .setOrderId(orderId)
        .setApplicationId("a")
        .setOrdinal(1)
        .setSequence(sequence)
        .setState(state)
        .setOrigin(OrderOrigin.REPORT)
        .setCaseIds(List.of("case-1"))
        .setTarget(
            AccountRef.newBuilder()
                .setAccountToken(account)
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
    return stopped("order-1", "mule", start);
  }

  static StopPaymentReceipt stopped(String orderId, String account, Instant start) {
    return StopPaymentReceipt.newBuilder()
        .setOrderId(orderId)
        .setApplicationId("a")
        .setAccountToken(account)
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
    return started(state, List.of("B01"));
  }

  private static KeyedBroadcastOperatorTestHarness<
          String, StopWatchInput, RecoveryControl, RecoveryAlarm>
      started(OperatorSubtaskState state, List<String> banks) throws Exception {
    var harness =
        new KeyedBroadcastOperatorTestHarness<>(
            new CoBroadcastWithKeyedOperator<>(
                new StopWatchFunction(Duration.ofHours(24), new BankChannels(banks, List.of())),
                List.of(StopWatchFunction.BROADCAST)),
            StopWatchInput::key,
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

  @Test
  void aBankThatReadsNoOrdersIsNotLateBeforeItsPaperIsServed() throws Exception {
    Instant end = T0.plus(Duration.ofHours(48));
    try (var harness = started(null, List.of("B02"))) {
      harness.processElement(new StreamRecord<>(StopWatchInput.of(order(OrderState.SENT, 3))));
      tick(harness, T0.plus(Duration.ofMinutes(6)));
      assertThat(harness.extractOutputValues()).isEmpty();

      harness.processElement(new StreamRecord<>(StopWatchInput.of(stopped(T0))));
      harness.processElement(new StreamRecord<>(StopWatchInput.of(order(OrderState.ACTIVE, 4))));
      tick(harness, end.minus(Duration.ofHours(1)));
      assertThat(harness.extractOutputValues())
          .as("its end is near all the same")
          .extracting(RecoveryAlarm::getAlarm)
          .containsOnly("END_NEAR");
    }
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

  private static VictimReport ownStop(Instant start) {
    return ownStop("report-1", "mule", start);
  }

  static VictimReport ownStop(String reportId, String account, Instant start) {
    AccountRef payee = order("order-1", account, OrderState.DRAFT, 1).getTarget();
    return VictimReport.newBuilder()
        .setReportId(reportId)
        .setReportedAt(T0)
        .setReceivedAt(T0)
        .setHolderToken("victim")
        .setTakenBy("bank B01")
        .setReportChannel("branch")
        .setTransfers(
            List.of(
                ReportedTransfer.newBuilder()
                    .setPayer(AccountRef.newBuilder(payee).setAccountToken("payer").build())
                    .setPayee(payee)
                    .setAmountFen(1)
                    .setOccurredAt(T0)
                    .setOwnStop(
                        OwnStop.newBuilder()
                            .setApplicationId("abababab-abab-abab-abab-abababababab")
                            .setStartTime(start)
                            .setExpireTime(start.plus(Duration.ofHours(48)))
                            .setBalanceFen(100)
                            .build())
                    .build()))
        .build();
  }

  private static void told(
      KeyedBroadcastOperatorTestHarness<String, StopWatchInput, RecoveryControl, RecoveryAlarm>
          harness,
      OrderState state,
      long sequence)
      throws Exception {
    harness.processElement(new StreamRecord<>(StopWatchInput.onAccount(order(state, sequence))));
  }

  /** Restored at each tick, the report doubled: a warning ahead, then the alarm, each once. */
  @Test
  void theOrderThatABanksOwnStopIsOwedIsWarnedOfAndMissedOnce() throws Exception {
    Instant start = T0.minus(Duration.ofHours(1));
    List<RecoveryAlarm> alarms = new ArrayList<>();
    OperatorSubtaskState state = null;
    for (int hour : List.of(0, 18, 19, 20, 22, 23, 24, 30)) {
      try (var harness = started(state)) {
        for (StopWatchInput told : StopWatchInput.ownStops(ownStop(start))) {
          harness.processElement(new StreamRecord<>(told));
        }
        told(harness, OrderState.DRAFT, 1);
        tick(harness, T0.plus(Duration.ofHours(hour)));
        harness.extractOutputValues().forEach(alarms::add);
        state = harness.snapshot(1, 1);
      }
    }

    assertThat(alarms)
        .extracting(RecoveryAlarm::getAlarm)
        .containsExactly(PaperworkClock.NEAR, PaperworkClock.OVERDUE);
    assertThat(alarms.get(0).getTickAt())
        .as("4 h ahead of 24 h after the bank's start")
        .isEqualTo(T0.plus(Duration.ofHours(19)));
    assertThat(alarms.get(1).getTickAt()).isEqualTo(T0.plus(Duration.ofHours(23)));
    assertThat(alarms)
        .allSatisfy(
            alarm -> {
              assertThat(alarm.getObjectId()).isEqualTo("report-1");
              assertThat(alarm.getCaseId()).isEqualTo("case-1");
              assertThat(alarm.getWords()).contains("our own service level", "B01");
            });
  }

  @Test
  void anOrderThatWentOutOwesNothingUntilItsBankRefusesIt() throws Exception {
    try (var harness = started(null)) {
      for (StopWatchInput told : StopWatchInput.ownStops(ownStop(T0))) {
        harness.processElement(new StreamRecord<>(told));
      }
      told(harness, OrderState.SENT, 3);
      tick(harness, T0.plus(Duration.ofHours(25)));
      told(harness, OrderState.EXPIRED, 4);
      tick(harness, T0.plus(Duration.ofHours(26)));
      assertThat(harness.extractOutputValues()).isEmpty();

      told(harness, OrderState.MISMATCH, 5);
      tick(harness, T0.plus(Duration.ofHours(27)));
      assertThat(harness.extractOutputValues())
          .extracting(RecoveryAlarm::getAlarm)
          .containsExactly(PaperworkClock.OVERDUE);
    }
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
