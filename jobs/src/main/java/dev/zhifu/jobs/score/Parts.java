package dev.zhifu.jobs.score;

import dev.zhifu.jobs.flow.PartReport;
import dev.zhifu.wire.ReasonCode;

/** Raises a part's score as it passes a scoring step. */
final class Parts {
  private Parts() {}

  /**
   * The part with the higher of both scores; once held it stays held, under its first reason.
   *
   * @param score case score met, 0 to 1
   * @param hold true when this case asks to hold
   * @param reason why; used only when {@code hold}
   */
  static PartReport raise(PartReport part, double score, boolean hold, ReasonCode reason) {
    return new PartReport(
        part.eventId(),
        part.transactionId(),
        part.bank(),
        part.occurredAtMs(),
        part.answerByMs(),
        part.keyKind(),
        part.key(),
        part.side(),
        part.payeeAccount(),
        Math.max(part.score(), score),
        part.hold() || hold,
        part.hold() ? part.reasonCode() : hold ? reason : null);
  }
}
