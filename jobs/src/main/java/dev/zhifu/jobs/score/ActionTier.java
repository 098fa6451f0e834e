package dev.zhifu.jobs.score;

import dev.zhifu.wire.ActionCode;
import dev.zhifu.wire.FraudCase;
import dev.zhifu.wire.SubjectKind;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a case's score suffices for: of the actions that its rules propose, those whose tier it has
 * reached. A case that has reached one is an alert; a hit alone is none (ADR-0073).
 */
public final class ActionTier {
  /** Score from which on a case is reported: that of one pattern which may ask but not hold. */
  public static final double LEAST_REPORT = 0.5;

  private ActionTier() {}

  /**
   * Actions whose tier the case has reached: A1, A2 and A6 as {@link WarningPolicy} says; a bank's
   * measure (A3) from the score of a hold on; A4 and A5 from the score of a stop on, with a
   * victim's statement or two independent families; a report for an analyst's eyes (A7), which
   * holds nobody, from {@link #LEAST_REPORT} on.
   *
   * @param change one change of the case; the score that it has by then counts
   * @param settings thresholds
   * @return empty while nobody would be troubled
   */
  public static Set<ActionCode> reached(FraudCase change, ScoreSettings settings) {
    CaseScore score = new CaseScore(change.getScore(), change.getShares(), change.getFamilies());
    Set<ActionCode> reached = EnumSet.noneOf(ActionCode.class);
    for (ActionCode action : change.getProposedActions()) {
      if (reaches(action, score, settings)) {
        reached.add(action);
      }
    }
    if (change.getSubjectKind() == SubjectKind.HOLDER) {
      WarningPolicy.Task task =
          WarningPolicy.of(score.value(), Set.copyOf(change.getProposedActions()), settings);
      if (task != null) {
        reached.add(task.action());
      }
    }
    return reached;
  }

  private static boolean reaches(ActionCode action, CaseScore score, ScoreSettings settings) {
    return switch (action) {
      case A3 -> score.value() >= settings.holdScore();
      case A7 -> score.value() >= LEAST_REPORT;
      case A4, A5 -> score.sufficesForStop(settings.stopScore());
      case A6 -> score.value() >= settings.holdScore();
      // Warnings are the policy's; a freeze is never automatic.
      default -> false;
    };
  }
}
