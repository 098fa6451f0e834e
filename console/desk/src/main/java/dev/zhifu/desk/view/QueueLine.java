package dev.zhifu.desk.view;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * One case in the queue.
 *
 * @param caseId its id
 * @param state its state
 * @param score 0 to 1
 * @param subjectKind HOLDER, ACCOUNT or NUMBER
 * @param subject token
 * @param moneyFen still reachable by what the topics say
 * @param toSign requests that wait for a signature
 * @param inFlight orders under way
 * @param inForce stops in force
 * @param failed orders that need hands: turned away, not found, mismatched, unanswered
 * @param termEnds earliest end of a stop in force; null without one
 * @param newestAt newest evidence or transition, event time
 * @param tier of a warning that holds; null without one
 * @param reportId accepted report; null without one
 * @param assigned name of the officer who works on it; null while nobody does
 * @param rules rules whose hits count
 */
public record QueueLine(
    String caseId,
    String state,
    double score,
    String subjectKind,
    String subject,
    long moneyFen,
    int toSign,
    int inFlight,
    int inForce,
    int failed,
    Instant termEnds,
    Instant newestAt,
    String tier,
    String reportId,
    String assigned,
    List<String> rules) {
  /** States whose word does not say that a victim has reported. */
  private static final Set<String> SILENT = Set.of("ALERT", "DISSUADING", "AVERTED", "FALSE_ALARM");

  /** True when a report was accepted and the state's word does not say so itself. */
  public boolean reportUnsaid() {
    return reportId != null && SILENT.contains(state);
  }
}
