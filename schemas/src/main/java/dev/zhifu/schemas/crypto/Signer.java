package dev.zhifu.schemas.crypto;

import dev.zhifu.wire.Environment;

/**
 * Whoever can sign: a key file here, a hardware token behind the same three methods in production.
 */
public interface Signer {
  /** Id of the key, as the key directory lists it. */
  String keyId();

  /** Environment of the key, as the key directory says. */
  Environment environment();

  /** SM2 with SM3 over {@code message}, DER. */
  byte[] sign(byte[] message);
}
