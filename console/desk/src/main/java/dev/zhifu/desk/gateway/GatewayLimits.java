package dev.zhifu.desk.gateway;

/**
 * What the gateway bears and keeps.
 *
 * @param perMinute requests that a bank may make in a minute
 * @param open requests under way at a time over all banks, at least two a bank (ADR-0142)
 * @param keep how long messages are kept
 * @param plainWebhooks true when messages may go out by plain HTTP, in DEMO alone
 */
public record GatewayLimits(int perMinute, int open, Keep keep, boolean plainWebhooks) {
  /** Requests under way at a time; an engineering default: 40 MB of heap at the most. */
  public static final int OPEN = 1_024;

  /** Webhooks as the demo's. */
  public GatewayLimits(int perMinute, int open, Keep keep) {
    this(perMinute, open, keep, true);
  }

  /** The defaults, with this quota. */
  public static GatewayLimits perMinute(int perMinute) {
    return new GatewayLimits(perMinute, OPEN, Keep.STANDARD);
  }
}
