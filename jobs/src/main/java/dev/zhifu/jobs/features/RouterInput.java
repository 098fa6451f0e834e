package dev.zhifu.jobs.features;

import dev.zhifu.wire.EnrichedEvent;

/**
 * What the router hears: an event with its features, or a word of the control stream; exactly one
 * is set. It never leaves its task.
 *
 * @param event the event; null for a control
 * @param control the control; null for an event
 */
public record RouterInput(EnrichedEvent event, RouterControl control) {

  /** An event to be routed. */
  public static RouterInput of(EnrichedEvent event) {
    return new RouterInput(event, null);
  }

  /** A rule, a list entry or the mark that both have been read. */
  public static RouterInput of(RouterControl control) {
    return new RouterInput(null, control);
  }
}
