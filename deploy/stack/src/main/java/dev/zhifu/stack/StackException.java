package dev.zhifu.stack;

/** Something of the local stack could not be done; the message says what, why, and the way out. */
public final class StackException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With a message for the person at the terminal. */
  public StackException(String message) {
    super(message);
  }

  /** With a message for the person at the terminal and the cause for the log. */
  public StackException(String message, Throwable cause) {
    super(message, cause);
  }
}
