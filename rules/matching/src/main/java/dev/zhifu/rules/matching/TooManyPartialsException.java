package dev.zhifu.rules.matching;

/** A key and rule reached the cap of partial matches: that pair overflows, the job goes on. */
final class TooManyPartialsException extends Exception {
  private static final long serialVersionUID = 1L;

  final long atMs;

  TooManyPartialsException(long atMs) {
    super("Too many partial matches", null, false, false);
    this.atMs = atMs;
  }
}
