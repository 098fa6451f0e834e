package dev.zhifu.jobs.flow;

/**
 * The router's word to the PASS/HOLD join that an awaiting transfer exists and how many parts will
 * report on it.
 *
 * @param eventId id of the awaiting event
 * @param transactionId transaction id of the asking bank
 * @param bank code of the asking bank
 * @param occurredAtMs event time of the asking
 * @param answerByMs latest time for an answer
 * @param parts number of parts, 0 answers PASS at once
 */
public record Announcement(
    String eventId,
    String transactionId,
    String bank,
    long occurredAtMs,
    long answerByMs,
    int parts) {}
