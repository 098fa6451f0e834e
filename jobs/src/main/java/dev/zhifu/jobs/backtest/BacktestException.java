package dev.zhifu.jobs.backtest;

/**
 * An input of a back-test that cannot be used; the message names it, the rule broken and the way
 * out.
 */
public final class BacktestException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public BacktestException(String message) {
    super(message);
  }
}
