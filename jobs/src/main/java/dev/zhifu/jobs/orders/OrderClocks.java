package dev.zhifu.jobs.orders;

/**
 * The clocks of one order, UTC milliseconds by ticks. Public for Flink's serializer.
 *
 * @param tries tries made
 * @param answerDueMs when an answer is overdue; 0: no answer is awaited
 * @param startMs the bank's start time; 0: no stop took effect. Kept after the end, because a stop
 *     that took effect counts
 * @param expiresAtMs end of the term; 0: no term runs
 */
public record OrderClocks(int tries, long answerDueMs, long startMs, long expiresAtMs) {

  static final OrderClocks NONE = new OrderClocks(0, 0, 0, 0);

  OrderClocks tried(long dueMs) {
    return new OrderClocks(tries + 1, dueMs, startMs, expiresAtMs);
  }

  OrderClocks answerDue(long dueMs) {
    return new OrderClocks(tries, dueMs, startMs, expiresAtMs);
  }

  OrderClocks started(long atMs) {
    return new OrderClocks(tries, answerDueMs, atMs, expiresAtMs);
  }

  OrderClocks expires(long atMs) {
    return new OrderClocks(tries, answerDueMs, startMs, atMs);
  }
}
