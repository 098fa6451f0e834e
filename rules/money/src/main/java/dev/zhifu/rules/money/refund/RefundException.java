package dev.zhifu.rules.money.refund;

/** A refund that the rules forbid; the message names thing, value, rule and way out. */
public final class RefundException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A refusal. */
  public RefundException(String message) {
    super(message);
  }
}
