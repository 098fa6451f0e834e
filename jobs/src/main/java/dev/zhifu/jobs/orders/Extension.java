package dev.zhifu.jobs.orders;

/**
 * The second stop of an order's life, on its way to the bank. Public for Flink's serializer.
 *
 * @param signed the order that extends
 * @param tries tries made
 * @param answerDueMs when an answer is overdue, UTC milliseconds by ticks; 0: none is awaited
 * @param outcome what became of it
 */
public record Extension(SignedOrder signed, int tries, long answerDueMs, Outcome outcome) {

  /** What became of an extension. */
  public enum Outcome {
    AWAITED,
    TOOK_EFFECT,
    REFUSED,
    /** Given up; the bank may still have stopped. */
    UNANSWERED
  }

  static Extension sent(SignedOrder signed, long dueMs) {
    return new Extension(signed, 1, dueMs, Outcome.AWAITED);
  }

  Extension tried(long dueMs) {
    return new Extension(signed, tries + 1, dueMs, outcome);
  }

  Extension askedAgainAt(long dueMs) {
    return new Extension(signed, tries, dueMs, outcome);
  }

  Extension ended(Outcome how) {
    return new Extension(signed, tries, 0, how);
  }

  Extension with(SignedOrder readBack) {
    return new Extension(readBack, tries, answerDueMs, outcome);
  }

  boolean dueAt(long nowMs) {
    return outcome == Outcome.AWAITED && answerDueMs > 0 && answerDueMs <= nowMs;
  }

  /** True when the bank may have stopped by it. */
  boolean counts() {
    return outcome != Outcome.REFUSED;
  }
}
