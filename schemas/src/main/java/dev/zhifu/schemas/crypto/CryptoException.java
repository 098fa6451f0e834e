package dev.zhifu.schemas.crypto;

/**
 * A key, signature or ciphertext that cannot be used; the message names it, says why, and what to
 * do.
 */
public final class CryptoException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what is wrong and the way out
   */
  public CryptoException(String message) {
    super(message);
  }

  /**
   * @param message what is wrong and the way out
   * @param cause what the library said
   */
  public CryptoException(String message, Throwable cause) {
    super(message, cause);
  }
}
