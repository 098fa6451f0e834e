package dev.zhifu.jobs.trace;

import dev.zhifu.wire.AccountRef;

/**
 * What travels to one account.
 *
 * @param key token of the account
 * @param day day of a ledger's entry; {@link #MESSAGE} for a message
 * @param body a ledger day with one entry, or a hop message, as its bytes
 * @param account the account as its bank's message names it, with its ciphertext and without what
 *     changes by the day; null where no message of a bank stands behind it
 */
public record AccountRecord(String key, long day, byte[] body, AccountRef account) {
  /** Stands in place of a day: no entry of a ledger, but what another account or a victim says. */
  public static final long MESSAGE = Long.MIN_VALUE;

  /** In place of a day: the account was frozen, and is asked whose money lay on it. */
  static final long EXAMINE = Long.MIN_VALUE + 1;

  /** In place of a day: that freeze has ended. */
  static final long LET_GO = Long.MIN_VALUE + 2;

  /** What no message of a bank stands behind. */
  public AccountRecord(String key, long day, byte[] body) {
    this(key, day, body, null);
  }

  /** A message of another account or a reported loss. */
  public static AccountRecord message(String key, byte[] body) {
    return new AccountRecord(key, MESSAGE, body, null);
  }

  /** True for a message of another account, a reported loss or a freeze; false for an entry. */
  boolean isMessage() {
    return day < 0;
  }
}
