package dev.zhifu.oracle;

import dev.zhifu.wire.EnrichedEvent;

/**
 * One thing that reaches the engine: an event, or a watermark when {@code event} is null.
 *
 * @param event the event; null for a watermark
 * @param watermarkMs the watermark
 */
record Happening(EnrichedEvent event, long watermarkMs) {

  static Happening of(EnrichedEvent event) {
    return new Happening(event, 0);
  }

  static Happening watermark(long timeMs) {
    return new Happening(null, timeMs);
  }
}
