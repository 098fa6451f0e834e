package dev.zhifu.schemas.crypto;

import org.bouncycastle.crypto.digests.SM3Digest;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.KeyParameter;

/** The hash SM3 (GB/T 32905) and its keyed form. */
public final class Sm3 {
  /** Length of a hash and of a keyed hash. */
  public static final int BYTES = 32;

  private Sm3() {}

  /** The hash of {@code message}. */
  public static byte[] digest(byte[] message) {
    SM3Digest digest = new SM3Digest();
    digest.update(message, 0, message.length);
    byte[] out = new byte[BYTES];
    digest.doFinal(out, 0);
    return out;
  }

  /** HMAC-SM3 of {@code message} under {@code key}. */
  public static byte[] hmac(byte[] key, byte[] message) {
    HMac mac = new HMac(new SM3Digest());
    mac.init(new KeyParameter(key));
    mac.update(message, 0, message.length);
    byte[] out = new byte[BYTES];
    mac.doFinal(out, 0);
    return out;
  }
}
