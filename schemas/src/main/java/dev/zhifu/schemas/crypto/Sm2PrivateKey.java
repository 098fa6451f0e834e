package dev.zhifu.schemas.crypto;

import java.math.BigInteger;
import java.util.HexFormat;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.util.BigIntegers;

/** A private SM2 key. Its text form never shows it. */
public final class Sm2PrivateKey {
  private static final int BYTES = 32;

  private final BigInteger scalar;
  private final Sm2PublicKey publicKey;

  Sm2PrivateKey(BigInteger scalar) {
    BigInteger largest = Sm2.DOMAIN.getN().subtract(BigInteger.TWO);
    if (scalar.signum() <= 0 || scalar.compareTo(largest) > 0) {
      throw new CryptoException("A private SM2 key lies between 1 and n - 2; make a new one");
    }
    this.scalar = scalar;
    this.publicKey = new Sm2PublicKey(Sm2.DOMAIN.getG().multiply(scalar).normalize());
  }

  /**
   * @param hex 64 hex digits
   * @throws CryptoException if it is not a private key of the curve
   */
  public static Sm2PrivateKey ofHex(String hex) {
    try {
      return new Sm2PrivateKey(new BigInteger(1, HexFormat.of().parseHex(hex)));
    } catch (IllegalArgumentException e) {
      throw new CryptoException("A private SM2 key is 64 hex digits; this text is not hex", e);
    }
  }

  /** The key that verifies what this one signs. */
  public Sm2PublicKey publicKey() {
    return publicKey;
  }

  /** The deliberate way to the secret: 64 hex digits, for key files only. */
  public String secretHex() {
    return HexFormat.of().formatHex(BigIntegers.asUnsignedByteArray(BYTES, scalar));
  }

  ECPrivateKeyParameters parameters() {
    return new ECPrivateKeyParameters(scalar, Sm2.DOMAIN);
  }

  @Override
  public String toString() {
    return "Sm2PrivateKey[of " + publicKey.hex().substring(2, 10) + "…]";
  }
}
