package dev.zhifu.bank.http;

/** The gateway did not answer, or refused. */
public final class GatewayException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With its cause. */
  public GatewayException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Without one. */
  public GatewayException(String message) {
    super(message);
  }
}
