package dev.zhifu.schemas.crypto;

import dev.zhifu.wire.Environment;
import java.security.SecureRandom;

/** Signs with a private key held in memory. */
public final class KeySigner implements Signer {
  private final KeyEntry entry;
  private final Sm2PrivateKey key;
  private final SecureRandom random;

  /**
   * @param entry how the key directory lists the key
   * @param key the private key
   * @throws CryptoException if the two do not belong together
   */
  public KeySigner(KeyEntry entry, Sm2PrivateKey key) {
    this(entry, key, new SecureRandom());
  }

  /**
   * As {@link #KeySigner(KeyEntry, Sm2PrivateKey)}, with a source of randomness of the caller's.
   */
  public KeySigner(KeyEntry entry, Sm2PrivateKey key, SecureRandom random) {
    if (!entry.publicKey().equals(key.publicKey())) {
      throw new CryptoException(
          "The key file of "
              + entry.keyId()
              + " holds another key than the directory lists for it");
    }
    this.entry = entry;
    this.key = key;
    this.random = random;
  }

  /** How the key directory lists this key. */
  public KeyEntry entry() {
    return entry;
  }

  @Override
  public String keyId() {
    return entry.keyId();
  }

  @Override
  public Environment environment() {
    return entry.environment();
  }

  @Override
  public byte[] sign(byte[] message) {
    return Sm2.sign(key, message, random);
  }
}
