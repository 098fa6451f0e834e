package dev.zhifu.rules.money;

import dev.zhifu.wire.AccountKind;
import java.util.Objects;

/**
 * The account at the other end of a movement.
 *
 * @param token account token; empty for cash
 * @param bank institution code of the account-holding bank; empty for cash
 * @param kind what its bank registers it as
 */
public record Party(String token, String bank, AccountKind kind) {
  /** Nobody: money paid in or out as cash. */
  public static final Party CASH = new Party("", "", AccountKind.UNKNOWN);

  /** Checks that nothing is missing. */
  public Party {
    Objects.requireNonNull(token, "token");
    Objects.requireNonNull(bank, "bank");
    Objects.requireNonNull(kind, "kind");
  }

  /** A personal account. */
  public static Party personal(String token, String bank) {
    return new Party(token, bank, AccountKind.PERSONAL);
  }

  /** True when there is no account at the other end. */
  public boolean isCash() {
    return token.isEmpty();
  }
}
