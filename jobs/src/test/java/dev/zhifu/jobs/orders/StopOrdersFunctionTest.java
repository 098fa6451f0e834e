package dev.zhifu.jobs.orders;

import static dev.zhifu.jobs.orders.Fixture.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhifu.jobs.flow.AddressedOrder;
import dev.zhifu.jobs.flow.StopProposal;
import dev.zhifu.wire.Environment;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.ReceiptResult;
import dev.zhifu.wire.StopPaymentRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedBroadcastOperatorTestHarness;
import org.apache.flink.types.PojoTestUtils;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The operator on RocksDB: timers by ticks, snapshot and restore, side outputs. */
class StopOrdersFunctionTest {

  private final List<AutoCloseable> opened = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable one : opened) {
      one.close();
    }
  }

  @Test
  void aProposalBecomesAnOrderAStopAndEndsByTheTickClock() throws Exception {
    var harness = harness(null);
    ready(harness, T0);
    propose(harness, proposal());
    AddressedOrder order = side(harness, StopOrdersFunction.ORDERS).get(0);
    element(harness, OrderInput.receipt(receipt(order, ReceiptResult.STOPPED, T0 + SECOND)));
    tick(harness, T0 + 48 * HOUR);
    assertThat(states(harness)).endsWith(OrderState.ACTIVE);
    tick(harness, T0 + 48 * HOUR + SECOND);

    assertThat(states(harness))
        .containsExactly(
            OrderState.DRAFT,
            OrderState.SIGNED,
            OrderState.SENT,
            OrderState.ACTIVE,
            OrderState.EXPIRED);
    assertThat(side(harness, StopOrdersFunction.NOTICES)).hasSize(2);
    tick(harness, T0 + 49 * HOUR);
    assertThat(harness.numEventTimeTimers()).as("no clock is left running").isZero();
  }

  @Test
  void afterARestoreNothingIsSignedUntilTheRecordIsReadBack() throws Exception {
    var first = harness(null);
    ready(first, T0);
    OperatorSubtaskState before = first.snapshot(1, T0);
    propose(first, proposal());
    AddressedOrder sent = side(first, StopOrdersFunction.ORDERS).get(0);

    var second = harness(before);
    propose(second, proposal());
    assertThat(side(second, StopOrdersFunction.ORDERS)).isEmpty();
    element(second, record(sent, 0));
    control(second, OrderControl.readBackDone(Map.of("bank.B03.orders:0", 1L)));
    tick(second, T0 + 2 * SECOND);

    assertThat(side(second, StopOrdersFunction.ORDERS)).isEmpty();
    assertThat(states(second)).containsExactly(OrderState.DRAFT, OrderState.SENT);
    assertThat(side(second, StopOrdersFunction.ALARMS)).isEmpty();
  }

  @Test
  void ordersTimersLimitsAndPositionsSurviveSnapshotAndRestore() throws Exception {
    var first = harness(null);
    ready(first, T0);
    propose(first, proposal());
    AddressedOrder order = side(first, StopOrdersFunction.ORDERS).get(0);
    element(first, record(order, 7));
    element(first, OrderInput.receipt(receipt(order, ReceiptResult.STOPPED, T0 + SECOND)));
    OperatorSubtaskState snapshot = first.snapshot(1, T0 + 2 * SECOND);

    var second = harness(snapshot);
    control(second, OrderControl.readBackDone(Map.of("bank.B03.orders:0", 8L)));
    tick(second, T0 + 10 * SECOND);
    propose(second, proposal().with(p -> p.account = SigningGuardTest.token(2)));
    assertThat(side(second, StopOrdersFunction.ORDERS))
        .as("positions and authorisation are known")
        .hasSize(1);

    tick(second, T0 + 48 * HOUR + SECOND);
    assertThat(states(second)).contains(OrderState.EXPIRED);
  }

  @Test
  void aDrainedRunExpiresNothing() throws Exception {
    var harness = harness(null);
    ready(harness, T0);
    propose(harness, proposal());
    element(
        harness,
        OrderInput.receipt(
            receipt(side(harness, StopOrdersFunction.ORDERS).get(0), ReceiptResult.STOPPED, T0)));

    harness.processWatermark(Watermark.MAX_WATERMARK);
    harness.processBroadcastWatermark(Watermark.MAX_WATERMARK);

    assertThat(states(harness)).endsWith(OrderState.ACTIVE);
  }

  @Test
  void inputsReadAgainAfterARestoreSendNothingTwice() throws Exception {
    var first = harness(null);
    ready(first, T0);
    propose(first, proposal());
    AddressedOrder order = side(first, StopOrdersFunction.ORDERS).get(0);
    OperatorSubtaskState snapshot = first.snapshot(1, T0);

    var second = harness(snapshot);
    ready(second, T0);
    propose(second, proposal());
    element(second, record(order, 0));
    element(second, record(order, 1));

    assertThat(states(second)).isEmpty();
    assertThat(side(second, StopOrdersFunction.ORDERS)).isEmpty();
  }

  /** Issue 4: a burst of 1,000, freed by one tick, leaves by money kept a second of work. */
  @Test
  void aBurstThatOneTickFreesIsSentByUrgency() throws Exception {
    var harness = harness(null);
    control(harness, OrderControl.readBackDone(Map.of()));
    tick(harness, T0);
    SplittableRandom random = new SplittableRandom(11);
    Map<String, Double> urgency = new HashMap<>();
    for (int i = 1; i <= 1_000; i++) {
      StopProposal one = SendingOrderTest.waiting(i, random).build();
      urgency.put(one.accountToken(), SendingOrder.fenASecond(one, T0));
      element(harness, OrderInput.proposal(one));
    }
    assertThat(side(harness, StopOrdersFunction.ORDERS)).isEmpty();

    control(harness, OrderControl.authorisation(SendingOrderTest.forThousands(), "", 0));
    tick(harness, T0 + SECOND);

    List<Double> sent =
        side(harness, StopOrdersFunction.ORDERS).stream()
            .map(order -> urgency.get(order.accountToken()))
            .toList();
    assertThat(sent).as("all of them at the next tick").hasSize(1_000);
    SendingOrderTest.assertFalling(sent);
  }

  @Test
  void itRefusesToRunTwice() throws Exception {
    var harness =
        new KeyedBroadcastOperatorTestHarness<>(
            new CoBroadcastWithKeyedOperator<>(function(), List.of(StopOrdersFunction.BROADCAST)),
            OrderInput::accountToken,
            Types.STRING,
            4,
            2,
            0);
    opened.add(harness);

    assertThatThrownBy(harness::open).hasMessageContaining("parallelism 2");
  }

  @Test
  void everythingIsSerializedWithoutKryo() {
    PojoTestUtils.assertSerializedAsPojoWithoutKryo(OrderInput.class);
    PojoTestUtils.assertSerializedAsPojoWithoutKryo(OrderControl.class);
    PojoTestUtils.assertSerializedAsPojoWithoutKryo(OrderAlarm.class);
    PojoTestUtils.assertSerializedAsPojoWithoutKryo(AddressedOrder.class);
    PojoTestUtils.assertSerializedAsPojoWithoutKryo(AccountOrders.class);
    PojoTestUtils.assertSerializedAsPojoWithoutKryo(ControlState.class);
  }

  private static StopOrdersFunction function() {
    return new StopOrdersFunction(
        OrderSettings.defaults(Environment.DEMO), DirectoryOrderKeys.ofDemo());
  }

  private KeyedBroadcastOperatorTestHarness<String, OrderInput, OrderControl, StopPaymentRequest>
      harness(OperatorSubtaskState state) throws Exception {
    var harness =
        new KeyedBroadcastOperatorTestHarness<>(
            new CoBroadcastWithKeyedOperator<>(function(), List.of(StopOrdersFunction.BROADCAST)),
            OrderInput::accountToken,
            Types.STRING,
            4,
            1,
            0);
    opened.add(harness);
    harness.setStateBackend(new EmbeddedRocksDBStateBackend());
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
    harness.processWatermark(Watermark.MAX_WATERMARK);
    return harness;
  }

  private static void ready(
      KeyedBroadcastOperatorTestHarness<String, OrderInput, OrderControl, StopPaymentRequest>
          harness,
      long atMs)
      throws Exception {
    control(harness, OrderControl.readBackDone(Map.of()));
    control(harness, OrderControl.authorisation(authorisation(), "", 0));
    tick(harness, atMs);
  }

  private static void propose(
      KeyedBroadcastOperatorTestHarness<String, OrderInput, OrderControl, StopPaymentRequest>
          harness,
      Proposal proposal)
      throws Exception {
    element(harness, OrderInput.proposal(proposal.build()));
  }

  private static void element(
      KeyedBroadcastOperatorTestHarness<String, OrderInput, OrderControl, StopPaymentRequest>
          harness,
      OrderInput input)
      throws Exception {
    harness.processElement(new StreamRecord<>(input));
  }

  private static void control(
      KeyedBroadcastOperatorTestHarness<String, OrderInput, OrderControl, StopPaymentRequest>
          harness,
      OrderControl control)
      throws Exception {
    harness.processBroadcastElement(control, T0);
  }

  private static void tick(
      KeyedBroadcastOperatorTestHarness<String, OrderInput, OrderControl, StopPaymentRequest>
          harness,
      long atMs)
      throws Exception {
    control(harness, OrderControl.tick(Fixture.tick(atMs), "clock.ticks:0", atMs / SECOND));
    harness.processBroadcastWatermark(new Watermark(atMs));
  }

  private static List<OrderState> states(
      KeyedBroadcastOperatorTestHarness<String, OrderInput, OrderControl, StopPaymentRequest>
          harness) {
    return harness.extractOutputValues().stream().map(StopPaymentRequest::getState).toList();
  }

  private static <T> List<T> side(
      KeyedBroadcastOperatorTestHarness<String, OrderInput, OrderControl, StopPaymentRequest>
          harness,
      OutputTag<T> tag) {
    var records = harness.getSideOutput(tag);
    return records == null ? List.of() : records.stream().map(StreamRecord::getValue).toList();
  }
}
