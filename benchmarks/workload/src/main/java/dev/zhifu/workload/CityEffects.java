package dev.zhifu.workload;

import dev.zhifu.wire.StopPaymentRequest;
import dev.zhifu.wire.TransferDecision;
import dev.zhifu.wire.VictimWarning;

/**
 * What comes back into the city. Feed it between two steps. Each act takes effect at its evidence's
 * event time, plus the engine's latency of the settings, plus the drawn delay of whoever acts;
 * never before the step's end, so the speed of a run does not change the money. The same message
 * twice counts once. Stops and holds come through {@link CityBank}.
 */
public interface CityEffects {
  /**
   * The answer to an awaiting transfer.
   *
   * @return false when nobody waits for it any more
   */
  boolean decided(TransferDecision decision);

  /**
   * A task to warn a likely victim: the desk calls or writes, an officer visits; victims may
   * listen.
   */
  void warned(VictimWarning warning);

  /**
   * A stop-payment request or a later state of its order: officers act on the unsigned, the truth
   * judges the signed.
   */
  void requested(StopPaymentRequest request);
}
