package dev.zhifu.jobs.flow;

import dev.zhifu.wire.KeyKind;
import dev.zhifu.wire.ReasonCode;
import dev.zhifu.wire.Side;

/**
 * One part of the answer to an awaiting transfer. MATCH emits it, with score 0, behind the hits of
 * the same element; each scoring step it passes raises {@code score} to its case's score after this
 * event.
 *
 * @param eventId id of the awaiting event
 * @param transactionId transaction id of the asking bank
 * @param bank code of the asking bank
 * @param occurredAtMs event time of the asking
 * @param answerByMs latest time for an answer
 * @param keyKind kind of the matching key
 * @param key token of the matching key
 * @param side how the key stands in the event
 * @param payeeAccount account token of the payee; null when there is none
 * @param score highest case score met so far, 0 to 1
 * @param hold true when a case at or above 0.6 with action A3 was met
 * @param reasonCode why, when {@code hold}; null otherwise
 */
public record PartReport(
    String eventId,
    String transactionId,
    String bank,
    long occurredAtMs,
    long answerByMs,
    KeyKind keyKind,
    String key,
    Side side,
    String payeeAccount,
    double score,
    boolean hold,
    ReasonCode reasonCode) {}
