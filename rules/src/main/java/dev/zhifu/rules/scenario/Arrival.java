package dev.zhifu.rules.scenario;

import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.ListEntry;

/**
 * What a scenario's subject meets next, in the order of arrival: an event, an entry of a list, or a
 * watermark.
 *
 * @param atMs event time of the event, begin of the entry, or the watermark, UTC milliseconds
 * @param event the event with empty features; null when this is none
 * @param listed the entry; null when this is none
 */
public record Arrival(long atMs, EnrichedEvent event, ListEntry listed) {

  /** True when event time is said to have passed {@link #atMs}. */
  public boolean isWatermark() {
    return event == null && listed == null;
  }
}
