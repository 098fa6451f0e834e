package dev.zhifu.desk.signon;

/** Somebody is not let in; the words' key says to him why, the message says it to the log. */
public final class SignOnException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String key;

  SignOnException(String key, String message) {
    super(message);
    this.key = key;
  }

  SignOnException(String key, String message, Throwable cause) {
    super(message, cause);
    this.key = key;
  }

  /** Key of the words shown. */
  public String key() {
    return key;
  }
}
