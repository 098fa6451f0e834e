package dev.zhifu.jobs.score;

import dev.zhifu.wire.ActionCode;
import dev.zhifu.wire.Evidence;
import dev.zhifu.wire.RuleHit;
import dev.zhifu.wire.ScoreShare;

/** Small readings of hits that both scoring steps need. */
final class Shares {
  private Shares() {}

  static ScoreShare of(RuleHit hit) {
    // Not by its builder, which checks each field: made for every hit of a case at each judgement.
    return new ScoreShare(
        hit.getHitId(), hit.getRuleId(), hit.getRuleVersion(), hit.getFamily(), hit.getWeight());
  }

  static boolean proposes(RuleHit hit, ActionCode action) {
    return hit.getActions().contains(action);
  }

  static boolean standsOn(RuleHit hit, String eventId) {
    for (Evidence evidence : hit.getEvidence()) {
      if (evidence.getEventId().equals(eventId)) {
        return true;
      }
    }
    return false;
  }

  static long at(RuleHit hit) {
    return hit.getOccurredAt().toEpochMilli();
  }

  static boolean settled(RuleHit hit) {
    return hit.getMonotone() || hit.getIsFinal();
  }

  static String firstEvidence(RuleHit hit) {
    return hit.getEvidence().get(0).getEventId();
  }
}
