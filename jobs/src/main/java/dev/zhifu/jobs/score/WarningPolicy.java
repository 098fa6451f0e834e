package dev.zhifu.jobs.score;

import dev.zhifu.wire.ActionCode;
import dev.zhifu.wire.WarningTier;
import java.util.Set;

/**
 * Which warning a holder's case asks for. Tiers follow practice published by several cities: a fund
 * warning with a visit at once, a call, an SMS; the scores are engineering defaults.
 */
final class WarningPolicy {

  /**
   * One task.
   *
   * @param tier how urgent
   * @param action A6 visit, A2 call or A1 SMS
   */
  record Task(WarningTier tier, ActionCode action) {}

  private WarningPolicy() {}

  /**
   * The most urgent task that the case asks for, or null when none.
   *
   * @param score case score, 0 to 1
   * @param actions what the live hits propose
   * @param settings thresholds
   */
  static Task of(double score, Set<ActionCode> actions, ScoreSettings settings) {
    if (actions.contains(ActionCode.A6) && score >= settings.holdScore()) {
      return new Task(WarningTier.URGENT, ActionCode.A6);
    }
    if (score >= settings.stopScore()
        && (actions.contains(ActionCode.A2) || actions.contains(ActionCode.A3))) {
      return new Task(WarningTier.URGENT, ActionCode.A2);
    }
    if (actions.contains(ActionCode.A2)) {
      return new Task(WarningTier.HIGH, ActionCode.A2);
    }
    if (actions.contains(ActionCode.A3)) {
      return new Task(WarningTier.MEDIUM, ActionCode.A1);
    }
    return actions.contains(ActionCode.A1) ? new Task(WarningTier.LOW, ActionCode.A1) : null;
  }
}
