package dev.zhifu.jobs.flow;

import dev.zhifu.wire.DeadLetter;
import dev.zhifu.wire.EnrichedEvent;

/**
 * One record as a source read it: a valid event without features yet, a dead letter, or a
 * heartbeat, in which neither is set.
 *
 * @param event the valid event, features all null; else null
 * @param deadLetter what was turned away and why; else null
 * @param eventTimeMs event time of the event; up to where a heartbeat's writer has sent everything;
 *     the least {@code long} for a dead letter, which says nothing about time; UTC milliseconds
 */
public record Ingested(EnrichedEvent event, DeadLetter deadLetter, long eventTimeMs) {}
