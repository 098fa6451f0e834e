package dev.zhifu.schemas.crypto;

import java.util.HexFormat;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.math.ec.ECPoint;

/** A point on the SM2 curve (GB/T 32918.5), checked on entry; 65 bytes when uncompressed. */
public final class Sm2PublicKey {
  /** Length of the uncompressed form: 04, x, y. */
  public static final int BYTES = 65;

  private final ECPoint point;

  Sm2PublicKey(ECPoint point) {
    this.point = point;
  }

  /**
   * @param hex the uncompressed point: 130 hex digits that begin with 04
   * @throws CryptoException if it is not a point of the curve
   */
  public static Sm2PublicKey ofHex(String hex) {
    try {
      byte[] bytes = HexFormat.of().parseHex(hex);
      if (bytes.length != BYTES || bytes[0] != 4) {
        throw new IllegalArgumentException("it has " + bytes.length + " bytes");
      }
      return new Sm2PublicKey(
          Sm2.DOMAIN.validatePublicPoint(Sm2.DOMAIN.getCurve().decodePoint(bytes)));
    } catch (IllegalArgumentException e) {
      throw new CryptoException(
          "Public key '" + hex + "' is not an SM2 point: give 04, x and y as 130 hex digits", e);
    }
  }

  /** The uncompressed point, lower-case hex. */
  public String hex() {
    return HexFormat.of().formatHex(point.getEncoded(false));
  }

  ECPublicKeyParameters parameters() {
    return new ECPublicKeyParameters(point, Sm2.DOMAIN);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Sm2PublicKey key && point.equals(key.point);
  }

  @Override
  public int hashCode() {
    return point.hashCode();
  }

  @Override
  public String toString() {
    return "Sm2PublicKey[" + hex() + "]";
  }
}
