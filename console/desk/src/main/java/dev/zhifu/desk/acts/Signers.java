package dev.zhifu.desk.acts;

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

  /** The DEMO keys of this repository. */
  static Signers demo() {
    Map<String, Signer> unlocked = new ConcurrentHashMap<>();
    return person -> unlocked.computeIfAbsent(person, DemoKeys::person);
  }
}
