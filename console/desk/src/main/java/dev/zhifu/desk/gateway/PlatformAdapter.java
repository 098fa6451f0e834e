package dev.zhifu.desk.gateway;

import dev.zhifu.desk.acts.TopicPen;
import dev.zhifu.desk.people.WallClock;
import dev.zhifu.desk.projection.Decoder;
import dev.zhifu.desk.store.Store;
import dev.zhifu.schemas.crypto.KeyDirectory;
import dev.zhifu.schemas.crypto.OrderVerifier;
import dev.zhifu.wire.Environment;
import java.util.List;
import java.util.Optional;

/**
 * The adapter of the statutory platform for stop-payment orders: to each bank whose channel is
 * PLATFORM it carries orders as 100101 and 100105, and writes what comes back (100102, 100106) as
 * that bank's receipts (ADR-0155).
 */
public final class PlatformAdapter implements AutoCloseable {
  private final List<PlatformLane> lanes;

  /**
   * Starts it.
   *
   * @param store where orders, sendings and answers lie
   * @param decoder reads the banks' topics
   * @param access the banks behind the platform
   * @param line to the platform
   * @param centre writes {@code recovery.answers}, when the platform does not take a message
   * @param keys signatures that count; an order without one does not leave
   * @param environment of the orders carried
   * @param authority the police body that asks
   * @param clock spaces out tries: both sides run on wall clocks
   */
  public PlatformAdapter(
      Store store,
      Decoder decoder,
      List<PlatformAccess> access,
      PlatformLine line,
      TopicPen centre,
      KeyDirectory keys,
      Environment environment,
      String authority,
      WallClock clock) {
    MessageStore messages = new MessageStore(store, decoder);
    PlatformStore kept = new PlatformStore(store);
    this.lanes =
        access.stream()
            .map(
                one ->
                    new PlatformLane(
                        one,
                        messages,
                        kept,
                        line,
                        centre,
                        // What was sent before is sent again under its id; the bank knows replays.
                        new OrderVerifier(
                            keys,
                            environment,
                            one.bank(),
                            kept::standing,
                            orderId -> Optional.empty()),
                        authority,
                        clock))
            .toList();
    lanes.forEach(PlatformLane::start);
  }

  @Override
  public void close() {
    lanes.forEach(PlatformLane::close);
  }
}
