package dev.zhifu.rules.language;

import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.Side;

/**
 * An event as one key sees it.
 *
 * @param event the event with its features
 * @param side how the key stands in it
 */
public record EventView(EnrichedEvent event, Side side) {}
