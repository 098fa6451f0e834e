package dev.zhifu.desk.rules;

import java.time.Instant;

/**
 * A run of a draft.
 *
 * @param result the command's JSON, or its last words when it failed; null while it runs
 */
public record RuleTrial(
    String trialId,
    String ruleId,
    int version,
    Kind kind,
    String askedBy,
    Instant askedAt,
    State state,
    Instant endedAt,
    String result) {

  /** What is run. */
  public enum Kind {
    /** The scenarios beside the rule. */
    SCENARIOS,
    /** The last 24 hours of what the job enriched, without and with the draft. */
    HISTORY
  }

  /** How far it is. */
  public enum State {
    /** Under way. */
    RUNNING,
    /** It ran to its end; the result says what came of it. */
    DONE,
    /** It did not. */
    FAILED
  }
}
