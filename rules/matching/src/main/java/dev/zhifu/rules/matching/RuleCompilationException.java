package dev.zhifu.rules.matching;

/** A rule that cannot be matched. The message names the rule, what is wrong and the way out. */
public final class RuleCompilationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RuleCompilationException(String message, Throwable cause) {
    super(message, cause);
  }

  RuleCompilationException(String message) {
    super(message);
  }
}
