package dev.zhifu.rules.features;

import dev.zhifu.wire.EnrichedEvent;
import org.apache.avro.specific.SpecificRecord;

/**
 * Tells a first message from a copy and from a contradiction, by the ids of the last 24 hours of
 * event time under one key. An older copy passes; what it could do twice is caught by idempotent
 * ids downstream.
 */
public final class Dedupe {
  /** How long an id is remembered, event time. */
  static final long HORIZON = Windows.DAY;

  /** What a message turned out to be. */
  public enum Verdict {
    /** First of its id. */
    NEW,
    /** Same id, same content: dropped and counted. */
    COPY,
    /** Same id, other content: turned away with {@code SAME_ID_OTHER_CONTENT}; the first stands. */
    CONTRADICTION
  }

  private final Limits limits;

  /** Dedupe that tells {@code limits} when a key has more ids than it remembers. */
  public Dedupe(Limits limits) {
    this.limits = limits;
  }

  /** Judges the event and, when it is new, remembers it. */
  public Verdict judge(PayeeState state, EnrichedEvent event) {
    long id = Hash64.of(event.getEventId());
    SpecificRecord message = (SpecificRecord) event.getEvent();
    long content = ContentHash.NOW.of(message);
    int seen = state.lastId(id);
    if (seen >= 0) {
      long first = state.ids.value(seen, PayeeState.CONTENT);
      return first == content || first == ContentHash.BEFORE.of(message)
          ? Verdict.COPY
          : Verdict.CONTRADICTION;
    }
    remember(state, event.getOccurredAt().toEpochMilli(), id, content);
    return Verdict.NEW;
  }

  private void remember(PayeeState state, long at, long id, long content) {
    state.newest = Math.max(state.newest, at);
    state.ids.dropUntil(state.newest - HORIZON);
    if (!state.addId(at, id, content)) {
      limits.passed(PayeeState.LIMIT_IDS);
    }
  }
}
