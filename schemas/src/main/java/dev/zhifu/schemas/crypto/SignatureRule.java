package dev.zhifu.schemas.crypto;

import dev.zhifu.wire.Environment;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What must be true of a key before its signature counts.
 *
 * @param what the thing signed, for sentences
 * @param role which roles may sign it
 * @param owner whose key it must be; null when anybody of the role will do
 * @param environment the environment it must belong to; null when the caller looks at that himself
 */
record SignatureRule(String what, Predicate<KeyRole> role, String owner, Environment environment) {

  SignatureCheck check(
      KeyDirectory directory, String keyId, byte[] message, ByteBuffer signature, Instant at) {
    Optional<KeyEntry> listed = keyId == null ? Optional.empty() : directory.find(keyId);
    if (listed.isEmpty()) {
      return SignatureCheck.bad("key " + keyId + " of " + what + " is not in the key directory");
    }
    KeyEntry key = listed.get();
    Optional<String> fault = faultOf(key, at);
    if (fault.isPresent()) {
      return SignatureCheck.bad(fault.get());
    }
    if (signature == null || !Sm2.verify(key.publicKey(), message, SignedBytes.copyOf(signature))) {
      return SignatureCheck.bad("the signature of " + what + " is not one of key " + keyId);
    }
    return SignatureCheck.good(key);
  }

  private Optional<String> faultOf(KeyEntry key, Instant at) {
    if (!role.test(key.role())) {
      return Optional.of(
          "key " + key.keyId() + " has role " + key.role() + ": it signs no " + what);
    }
    if (owner != null && !owner.equals(key.owner())) {
      return Optional.of(
          "key " + key.keyId() + " is " + key.owner() + "'s; " + what + " names " + owner);
    }
    if (environment != null && environment != key.environment()) {
      return Optional.of(
          "key "
              + key.keyId()
              + " is a "
              + key.environment()
              + " key; here "
              + environment
              + " counts");
    }
    if (!key.validAt(at)) {
      return Optional.of(
          "key "
              + key.keyId()
              + " counts from "
              + key.validFrom()
              + " to "
              + key.validTo()
              + ", not at "
              + at);
    }
    return Optional.empty();
  }
}
