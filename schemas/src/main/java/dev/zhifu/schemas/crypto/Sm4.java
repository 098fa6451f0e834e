package dev.zhifu.schemas.crypto;

import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.SM4Engine;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.modes.GCMModeCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;

/** Authenticated encryption: SM4 (GB/T 32907) in Galois/Counter Mode, tag of 128 bits. */
public final class Sm4 {
  /** Length of a key. */
  public static final int KEY_BYTES = 16;

  /** Length of a nonce; never use one twice under one key. */
  public static final int NONCE_BYTES = 12;

  /** Length of the tag at the end of a ciphertext. */
  public static final int TAG_BYTES = 16;

  private Sm4() {}

  /**
   * Encrypts {@code clear}; {@code bound} is authenticated with it and not carried.
   *
   * @return the ciphertext, {@value #TAG_BYTES} bytes longer than the text
   */
  public static byte[] seal(byte[] key, byte[] nonce, byte[] bound, byte[] clear) {
    try {
      return run(true, key, nonce, bound, clear);
    } catch (InvalidCipherTextException e) {
      throw new IllegalStateException("SM4-GCM could not encrypt", e);
    }
  }

  /**
   * Opens what {@link #seal} made with the same key, nonce and bound bytes.
   *
   * @throws CryptoException if any of the four was changed
   */
  public static byte[] open(byte[] key, byte[] nonce, byte[] bound, byte[] cipher) {
    try {
      return run(false, key, nonce, bound, cipher);
    } catch (InvalidCipherTextException e) {
      throw new CryptoException("This SM4-GCM ciphertext was changed or has another key", e);
    }
  }

  private static byte[] run(boolean seal, byte[] key, byte[] nonce, byte[] bound, byte[] input)
      throws InvalidCipherTextException {
    GCMModeCipher gcm = GCMBlockCipher.newInstance(new SM4Engine());
    gcm.init(seal, new AEADParameters(new KeyParameter(key), TAG_BYTES * 8, nonce, bound));
    byte[] out = new byte[gcm.getOutputSize(input.length)];
    int written = gcm.processBytes(input, 0, input.length, out, 0);
    gcm.doFinal(out, written);
    return out;
  }
}
