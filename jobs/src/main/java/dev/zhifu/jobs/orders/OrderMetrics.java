package dev.zhifu.jobs.orders;

import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.StopPaymentRequest;
import java.util.EnumMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * Counters: {@code stop-orders.to.STATE}, {@code stop-orders.alarm.KIND}, {@code stop-orders.sent}
 * (tries count).
 */
final class OrderMetrics {

  private final Map<OrderState, Counter> transitions = new EnumMap<>(OrderState.class);
  private final Map<OrderAlarm.Kind, Counter> alarms = new EnumMap<>(OrderAlarm.Kind.class);
  private final Counter sent;

  OrderMetrics(MetricGroup parent) {
    MetricGroup group = parent.addGroup("stop-orders");
    sent = group.counter("sent");
    MetricGroup to = group.addGroup("to");
    for (OrderState state : OrderState.values()) {
      transitions.put(state, to.counter(state.name()));
    }
    MetricGroup alarm = group.addGroup("alarm");
    for (OrderAlarm.Kind kind : OrderAlarm.Kind.values()) {
      alarms.put(kind, alarm.counter(kind.name()));
    }
  }

  /**
   * Counts an order's arrival in a state; a draft judged again or a repeated try stays where it
   * was.
   */
  void transition(StopPaymentRequest request) {
    if (request.getState() != request.getFromState()) {
      transitions.get(request.getState()).inc();
    }
  }

  void order() {
    sent.inc();
  }

  void alarm(OrderAlarm alarm) {
    alarms.get(alarm.kind()).inc();
  }
}
