package dev.zhifu.ingress;

import java.util.Objects;

/**
 * What a token stands for, in clear. Its text form hides it.
 *
 * @param kind what it is
 * @param name registered name; empty where there is none
 * @param value the number, document number or device id
 */
public record ClearIdentity(TokenKind kind, String name, String value) {
  /** Checks that nothing is missing. */
  public ClearIdentity {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(value, "value");
  }

  @Override
  public String toString() {
    return "ClearIdentity[" + kind + "]";
  }
}
