package dev.zhifu.rules.language;

/**
 * What happens to overlapping matches.
 *
 * @param kind the strategy
 * @param step the step of SKIP_TO_FIRST and SKIP_TO_LAST; null otherwise
 */
public record AfterMatch(Kind kind, String step) {

  /** Strategies, as in Flink CEP. */
  public enum Kind {
    NO_SKIP,
    SKIP_TO_NEXT,
    SKIP_PAST_LAST,
    SKIP_TO_FIRST,
    SKIP_TO_LAST
  }

  /** The default: every match counts. */
  public static final AfterMatch NO_SKIP = new AfterMatch(Kind.NO_SKIP, null);
}
