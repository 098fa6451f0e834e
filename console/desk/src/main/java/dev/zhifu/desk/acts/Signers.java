package dev.zhifu.desk.acts;

import dev.zhifu.schemas.crypto.CryptoException;
import dev.zhifu.schemas.crypto.DemoKeys;
import dev.zhifu.schemas.crypto.Signer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The signing keys of persons; the seam for hardware tokens. */
@FunctionalInterface
public interface Signers {
  /**
   * The signer of a person.
   *
   * @throws dev.zhifu.schemas.crypto.CryptoException when the person has none
   */
  Signer of(String personId);

  /**
   * Nobody's: what this process cannot sign goes by the paper form. Persons' keys lie in hardware
   * of theirs, and what reaches it is not part of this repository (ADR-0133).
   */
  static Signers none() {
    return person -> {
      throw new CryptoException(
          "no signing device is attached for " + person + "; use the paper form");
    };
  }

  /** The DEMO keys of this repository. */
  static Signers demo() {
    Map<String, Signer> unlocked = new ConcurrentHashMap<>();
    return person -> unlocked.computeIfAbsent(person, DemoKeys::person);
  }
}
