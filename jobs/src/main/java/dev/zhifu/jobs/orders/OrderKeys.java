package dev.zhifu.jobs.orders;

import dev.zhifu.wire.Environment;
import dev.zhifu.wire.OfficerAct;
import dev.zhifu.wire.OrderEnvelope;
import dev.zhifu.wire.StandingAuthorisation;
import dev.zhifu.wire.StopPaymentOrder;
import java.util.Optional;

/**
 * The keys that stop-orders signs and checks with. Used by one thread; implementations stand on the
 * key directory.
 */
public interface OrderKeys {

  /** Environment of the engine's own key, as the key directory says. */
  Environment engineEnvironment();

  /**
   * True when the engine's key counts at {@code atMs}, UTC milliseconds; banks refuse what it signs
   * at other times.
   */
  boolean engineKeyCountsAt(long atMs);

  /** Environment of a key; empty when the directory does not know the key. */
  Optional<Environment> environmentOf(String keyId);

  /** Signs the order's payload with the engine's key. */
  OrderEnvelope sign(StopPaymentOrder order);

  /** True when the envelope's signature verifies with a key that may sign orders. */
  boolean verifies(OrderEnvelope envelope);

  /** True when the act's signature verifies with a key of the officer it names. */
  boolean verifies(OfficerAct act);

  /**
   * True when the act's order signature verifies over {@code order}'s authorisation bytes: order id
   * and the four fields.
   */
  boolean verifies(OfficerAct act, StopPaymentOrder order);

  /** True when the authorisation's signature verifies with a key of the officer it names. */
  boolean verifies(StandingAuthorisation authorisation);
}
