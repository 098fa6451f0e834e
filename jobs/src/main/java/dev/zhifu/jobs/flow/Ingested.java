package dev.zhifu.jobs.flow;

import dev.zhifu.wire.DeadLetter;
import dev.zhifu.wire.EnrichedEvent;

/**
 * One record as a source read it: either a valid event without features yet, or a dead letter;
 * exactly one is set.
 *
 * @param event the valid event, features all null; null for a dead letter
 * @param deadLetter what was turned away and why; null for a valid event
 * @param eventTimeMs event time of the event, or the Kafka record's time for a dead letter, UTC
 *     milliseconds
 */
public record Ingested(EnrichedEvent event, DeadLetter deadLetter, long eventTimeMs) {}
