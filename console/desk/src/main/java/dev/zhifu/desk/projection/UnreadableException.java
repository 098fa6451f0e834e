package dev.zhifu.desk.projection;

/** The value of a record is not what its topic carries. */
public final class UnreadableException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Says why. */
  public UnreadableException(String message) {
    super(message, null, false, false);
  }
}
