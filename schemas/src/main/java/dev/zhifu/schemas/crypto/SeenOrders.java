package dev.zhifu.schemas.crypto;

import java.util.Optional;

/** The orders that a bank has answered; it must outlive restarts. */
@FunctionalInterface
public interface SeenOrders {
  /** SHA-256, hex, of the payload with which this order was answered; empty if it never was. */
  Optional<String> payloadSha256Of(String orderId);
}
