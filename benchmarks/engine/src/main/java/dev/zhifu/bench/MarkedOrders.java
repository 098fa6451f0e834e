package dev.zhifu.bench;

import dev.zhifu.jobs.orders.OrderControl;
import dev.zhifu.jobs.orders.OrderInput;
import dev.zhifu.jobs.orders.StopOrdersFunction;
import dev.zhifu.wire.StopPaymentRequest;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;

/**
 * stop-orders itself, which also says how far it has read: a mark on either of its inputs is told
 * to the hub and to nobody else. Its own watermark, the clock's, says nothing of its other inputs.
 */
final class MarkedOrders
    extends KeyedBroadcastProcessFunction<String, OrderInput, OrderControl, StopPaymentRequest>
    implements CheckpointedFunction {
  private static final long serialVersionUID = 1L;
  private static final String MARK = "bench-mark";

  private final MoneyHub.Id run;
  private final StopOrdersFunction orders;

  MarkedOrders(MoneyHub.Id run, StopOrdersFunction orders) {
    this.run = run;
    this.orders = orders;
  }

  /** A mark among inputs. */
  static OrderInput inputMark(long number) {
    return OrderInput.passed(MARK, 0, number);
  }

  /** A mark among controls. */
  static OrderControl controlMark(long number) {
    return OrderControl.passed(MARK, number);
  }

  @Override
  public void setRuntimeContext(RuntimeContext context) {
    super.setRuntimeContext(context);
    orders.setRuntimeContext(context);
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    orders.initializeState(context);
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    orders.snapshotState(context);
  }

  @Override
  public void open(OpenContext context) throws Exception {
    orders.open(context);
  }

  @Override
  public void processElement(
      OrderInput input, ReadOnlyContext context, Collector<StopPaymentRequest> out)
      throws Exception {
    if (input.kind() == OrderInput.Kind.PASSED && input.topic().equals(MARK)) {
      MoneyHub.of(run).reached(MoneyHub.Stream.ORDER_INPUTS, input.offset());
    } else {
      orders.processElement(input, context, out);
    }
  }

  @Override
  public void processBroadcastElement(
      OrderControl input, Context context, Collector<StopPaymentRequest> out) throws Exception {
    if (input.kind() == OrderControl.Kind.PASSED && input.position().equals(MARK)) {
      MoneyHub.of(run).reached(MoneyHub.Stream.ORDER_CONTROLS, input.offset());
    } else {
      orders.processBroadcastElement(input, context, out);
    }
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<StopPaymentRequest> out)
      throws Exception {
    orders.onTimer(timestamp, context, out);
  }
}
