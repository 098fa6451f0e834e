package dev.zhifu.rules.money.trace;

/** What lists say of an account. */
@FunctionalInterface
public interface Listed {
  /** Nothing is listed. */
  Listed NOTHING = (token, atMs) -> null;

  /**
   * Why an account is not followed into.
   *
   * @param token account token
   * @param atMs event time of the transfer
   * @return POOLED, HUB or CRYPTO; null when no list says so
   */
  End end(String token, long atMs);
}
