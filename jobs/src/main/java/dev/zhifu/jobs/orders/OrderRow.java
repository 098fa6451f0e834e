package dev.zhifu.jobs.orders;

import dev.zhifu.wire.OrderState;
import java.util.List;
import java.util.Set;

/**
 * One row of the table of {@link OrderTable}.
 *
 * @param from states it starts from; empty: there is no order yet
 * @param event what happens
 * @param guard facts that must all hold
 * @param to state after it
 * @param effects what else it does, in order
 * @param driver which job makes it happen
 */
record OrderRow(
    Set<OrderState> from,
    OrderEvent event,
    Set<OrderFact> guard,
    OrderState to,
    List<OrderEffect> effects,
    Driver driver) {

  /** Which part of the engine brings the event about. */
  enum Driver {
    STOP_ORDERS,
    RECOVERY
  }

  /**
   * True when this row speaks of {@code event} in {@code state}; null is an order that does not
   * exist yet.
   */
  boolean speaksOf(OrderState state, OrderEvent happened) {
    return event == happened && (state == null ? from.isEmpty() : from.contains(state));
  }
}
