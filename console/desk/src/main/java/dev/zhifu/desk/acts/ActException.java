package dev.zhifu.desk.acts;

/** An act that cannot be asked for or confirmed; its key names the sentence that says why. */
public final class ActException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Key of the sentence that it is another role's act. */
  public static final String OTHERS = "refused.role";

  private final String key;

  /** By the key of the sentence. */
  public ActException(String key) {
    super(key);
    this.key = key;
  }

  /** Key of the sentence. */
  public String key() {
    return key;
  }
}
