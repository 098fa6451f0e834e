package dev.zhifu.rules.language;

/**
 * How a step follows the one before it, within the event kinds that the rule sees ({@code over:}).
 */
public enum Contiguity {
  /** The first step. */
  BEGIN,
  /** The very next event. */
  NEXT,
  /** The first later event that satisfies the condition. */
  FOLLOWED_BY,
  /** Any later event that satisfies the condition. */
  FOLLOWED_BY_ANY,
  /** The very next event must not satisfy the condition. */
  NOT_NEXT,
  /**
   * No event that satisfies the condition until the next step, or until the window ends when it is
   * the last step.
   */
  NOT_FOLLOWED_BY
}
