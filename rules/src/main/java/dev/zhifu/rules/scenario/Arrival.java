package dev.zhifu.rules.scenario;

import dev.zhifu.wire.EnrichedEvent;

/**
 * What a scenario's subject meets next, in the order of arrival: an event, or a watermark.
 *
 * @param atMs event time of the event, or the watermark, UTC milliseconds
 * @param event the event with empty features; null for a watermark
 */
public record Arrival(long atMs, EnrichedEvent event) {

  /** True when event time is said to have passed {@link #atMs}. */
  public boolean isWatermark() {
    return event == null;
  }
}
