package dev.zhifu.jobs.orders;

import static dev.zhifu.jobs.orders.Fixture.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.jobs.flow.AddressedOrder;
import dev.zhifu.wire.Environment;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.ReceiptResult;
import dev.zhifu.wire.StopPaymentRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedBroadcastOperatorTestHarness;
import org.apache.flink.streaming.util.OperatorSnapshotUtil;
import org.junit.jupiter.api.Test;

/**
 * Yesterday's state is read by today's code: a stored snapshot of the first version of both states,
 * with one stop in force and one draft that waits for its authorisation to be renewed. A new
 * version of a state adds a snapshot ({@code -Dzhifu.snapshots.write=true}) and keeps the old ones.
 */
class StopOrdersStateTest {

  private static final Path FIRST =
      Path.of("src", "test", "resources", "snapshots", "stop-orders-v1.snapshot");

  @Test
  void theFirstVersionOfTheStateIsStillRead() throws Exception {
    if (Boolean.getBoolean("zhifu.snapshots.write")) {
      write();
    }

    try (var harness = harness()) {
      harness.initializeState(OperatorSnapshotUtil.readStateHandle(FIRST.toString()));
      harness.open();
      harness.processWatermark(Watermark.MAX_WATERMARK);
      control(harness, OrderControl.readBackDone(Map.of("bank.B03.orders:0", 5L)));
      control(
          harness, OrderControl.authorisation(renewed(authorisation(), T0 + 40 * SECOND), "", 0));
      tick(harness, T0 + 40 * SECOND);
      tick(harness, T0 + 49 * HOUR);

      var requests = harness.extractOutputValues();
      assertThat(requests)
          .extracting(StopPaymentRequest::getState)
          .contains(OrderState.SENT, OrderState.EXPIRED);
      assertThat(requests)
          .filteredOn(request -> request.getState() == OrderState.EXPIRED)
          .singleElement()
          .satisfies(request -> assertThat(request.getSequence()).isEqualTo(5));
    }
  }

  private static void write() throws Exception {
    try (var harness = harness()) {
      harness.open();
      harness.processWatermark(Watermark.MAX_WATERMARK);
      control(harness, OrderControl.readBackDone(Map.of()));
      control(harness, OrderControl.authorisation(authorisation(), "", 0));
      control(
          harness,
          OrderControl.list(
              listed(dev.zhifu.wire.ListKind.POOLED, SigningGuardTest.token(7)), "", 0));
      tick(harness, T0);
      harness.processElement(new StreamRecord<>(OrderInput.proposal(proposal().build())));
      AddressedOrder order = harness.getSideOutput(StopOrdersFunction.ORDERS).peek().getValue();
      harness.processElement(new StreamRecord<>(record(order, 4)));
      harness.processElement(
          new StreamRecord<>(
              OrderInput.receipt(receipt(order, ReceiptResult.STOPPED, T0 + SECOND))));
      tick(harness, T0 + 2 * SECOND);
      tick(harness, T0 + 31 * SECOND);
      var waiting = proposal().with(p -> p.account = SigningGuardTest.token(2));
      harness.processElement(new StreamRecord<>(OrderInput.proposal(waiting.build())));
      Files.createDirectories(FIRST.getParent());
      OperatorSnapshotUtil.writeStateHandle(harness.snapshot(1, T0), FIRST.toString());
    }
  }

  private static KeyedBroadcastOperatorTestHarness<
          String, OrderInput, OrderControl, StopPaymentRequest>
      harness() throws Exception {
    var function =
        new StopOrdersFunction(
            OrderSettings.defaults(Environment.DEMO), DirectoryOrderKeys.ofDemo());
    var harness =
        new KeyedBroadcastOperatorTestHarness<>(
            new CoBroadcastWithKeyedOperator<>(function, List.of(StopOrdersFunction.BROADCAST)),
            OrderInput::accountToken,
            Types.STRING,
            4,
            1,
            0);
    harness.setStateBackend(new EmbeddedRocksDBStateBackend());
    return harness;
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
}
