package dev.zhifu.schemas.wire;

/**
 * The registry did not answer, or answered with a failure of its own. Nothing is wrong with the
 * record: it must not become a dead letter. A job lets this escape and starts again from its
 * checkpoint.
 */
public final class RegistryUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  RegistryUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
