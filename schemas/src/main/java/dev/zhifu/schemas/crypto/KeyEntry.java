package dev.zhifu.schemas.crypto;

import dev.zhifu.wire.Environment;
import java.time.Instant;
import java.util.Objects;

/**
 * One public key as the key directory lists it.
 *
 * @param keyId unique id
 * @param owner the engine's name, an officer's id or a bank's code
 * @param role what the key may do
 * @param environment the environment that the key belongs to: a property of the key, never of a
 *     flag
 * @param publicKey the key
 * @param validFrom first moment at which the key counts
 * @param validTo first moment at which it counts no longer; revoking a key means bringing this
 *     forward
 */
public record KeyEntry(
    String keyId,
    String owner,
    KeyRole role,
    Environment environment,
    Sm2PublicKey publicKey,
    Instant validFrom,
    Instant validTo) {

  /** Checks that nothing is missing and that the validity is not empty. */
  public KeyEntry {
    Objects.requireNonNull(keyId, "keyId");
    Objects.requireNonNull(owner, "owner");
    Objects.requireNonNull(role, "role");
    Objects.requireNonNull(environment, "environment");
    Objects.requireNonNull(publicKey, "publicKey");
    if (!validFrom.isBefore(validTo)) {
      throw new CryptoException(
          "Key " + keyId + " is valid from " + validFrom + " to " + validTo + ": an empty span");
    }
  }

  /** True when the key counts at {@code moment}. */
  public boolean validAt(Instant moment) {
    return !moment.isBefore(validFrom) && moment.isBefore(validTo);
  }
}
