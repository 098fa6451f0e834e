package dev.zhifu.bootstrap;

/** An input that cannot be used; the message names it, the rule broken and the way out. */
final class BootstrapException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BootstrapException(String message) {
    super(message);
  }
}
