package dev.zhifu.ingress;

import java.util.Objects;

/**
 * Name and number of an account in clear: two of the four fields. Its text form hides both.
 *
 * @param name registered name of the account
 * @param number account number
 */
public record ClearAccount(String name, String number) {
  private static final int SHOWN = 4;

  /** Checks that nothing is missing. */
  public ClearAccount {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(number, "number");
  }

  @Override
  public String toString() {
    return "ClearAccount[…" + number.substring(Math.max(0, number.length() - SHOWN)) + "]";
  }
}
