package dev.zhifu.jobs.score;

import dev.zhifu.jobs.flow.PartReport;
import dev.zhifu.wire.RuleHit;

/**
 * What scoring by holder reads, keyed by {@code holder}. Exactly one of the others is set.
 *
 * @param holder {@link SubjectKey} of the holder or number
 * @param hit a revision of a hit about this holder or number; null otherwise
 * @param part a part of an awaiting transfer; null otherwise
 * @param report the acceptance of this victim's report; null otherwise
 * @param leftMs when a retraction left the step that said it, wall clock; 0 of anything else. Read
 *     by a metric alone
 */
public record HolderInput(
    String holder, RuleHit hit, PartReport part, AcceptedReport report, long leftMs) {

  /** Anything but a retraction. */
  public HolderInput(String holder, RuleHit hit, PartReport part, AcceptedReport report) {
    this(holder, hit, part, report, 0);
  }
}
