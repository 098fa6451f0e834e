package dev.zhifu.stack.preflight;

/**
 * One thing looked at.
 *
 * @param subject what, one or two words
 * @param verdict how it stands
 * @param words what was found, and the way out when it fails
 */
public record Finding(String subject, Verdict verdict, String words) {
  /** How a thing stands. */
  public enum Verdict {
    /** It fits. */
    FITS,
    /** It does not fit. */
    FAILS,
    /** It cannot be looked at before the cluster is started. */
    LATER
  }

  static Finding fits(String subject, String words) {
    return new Finding(subject, Verdict.FITS, words);
  }

  static Finding fails(String subject, String words) {
    return new Finding(subject, Verdict.FAILS, words);
  }

  static Finding later(String subject, String words) {
    return new Finding(subject, Verdict.LATER, words);
  }

  /** One line for the terminal. */
  public String line() {
    return String.format(
        "%-6s %-12s %s", verdict.name().toLowerCase(java.util.Locale.ROOT), subject, words);
  }
}
