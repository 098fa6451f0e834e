package dev.zhifu.rules.features;

/**
 * State of one account or holder. Mutable, owned by one thread, kept as one value per entity; every
 * list in it is bounded.
 */
public interface EntityState {

  /** The state as one value, its version first. */
  byte[] toBytes();

  /**
   * Event time from which nothing of it can matter to any later event; it is cleared then.
   *
   * @return UTC milliseconds; {@link Long#MIN_VALUE} when it is empty
   */
  long expiresAt();
}
