package dev.zhifu.jobs.gate;

import dev.zhifu.wire.RuleStatusKind;
import java.util.List;

/**
 * What the gate answers.
 *
 * @param kind ACCEPTED, REFUSED or ANNULLED
 * @param passes true when the publication goes on to all subtasks
 * @param reason in words; empty when accepted and new
 * @param faults of the document
 */
record Verdict(RuleStatusKind kind, boolean passes, String reason, List<String> faults) {

  static Verdict accepted() {
    return new Verdict(RuleStatusKind.ACCEPTED, true, "", List.of());
  }

  static Verdict known(String reason) {
    return new Verdict(RuleStatusKind.ACCEPTED, false, reason, List.of());
  }

  static Verdict refused(String reason) {
    return refused(reason, List.of());
  }

  static Verdict refused(String reason, List<String> faults) {
    return new Verdict(RuleStatusKind.REFUSED, false, reason, faults);
  }
}
