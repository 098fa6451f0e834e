package dev.zhifu.jobs.orders;

import dev.zhifu.jobs.flow.AddressedOrder;
import dev.zhifu.jobs.flow.WrongStop;
import dev.zhifu.wire.RestrictionNotice;
import dev.zhifu.wire.StopPaymentRequest;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Sends each kind of output where it belongs, and counts it. */
final class FlinkOutput implements OrderOutput {

  private final Collector<StopPaymentRequest> requests;
  private final Side side;
  private final OrderMetrics metrics;

  FlinkOutput(Collector<StopPaymentRequest> requests, Side side, OrderMetrics metrics) {
    this.requests = requests;
    this.side = side;
    this.metrics = metrics;
  }

  /** A side output of whatever context the input came with. */
  @FunctionalInterface
  interface Side {
    <T> void output(OutputTag<T> tag, T value);
  }

  @Override
  public void request(StopPaymentRequest request) {
    metrics.transition(request);
    requests.collect(request);
  }

  @Override
  public void order(AddressedOrder order) {
    metrics.order();
    side.output(StopOrdersFunction.ORDERS, order);
  }

  @Override
  public void notice(RestrictionNotice notice) {
    side.output(StopOrdersFunction.NOTICES, notice);
  }

  @Override
  public void alarm(OrderAlarm alarm) {
    metrics.alarm(alarm);
    side.output(StopOrdersFunction.ALARMS, alarm);
  }

  @Override
  public void wrong(WrongStop wrong) {
    side.output(StopOrdersFunction.WRONG, wrong);
  }
}
