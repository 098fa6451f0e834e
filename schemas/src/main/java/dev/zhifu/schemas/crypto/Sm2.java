package dev.zhifu.schemas.crypto;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.engines.SM2Engine;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ParametersWithID;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.signers.SM2Signer;

/**
 * SM2 on the curve sm2p256v1: signatures with SM3 (GB/T 32918.2, DER) and encryption (GB/T 32918.4,
 * C1C3C2). All signatures use the default user id {@value #USER_ID} of GM/T 0009.
 */
public final class Sm2 {
  /** The default user id of GM/T 0009, hashed into every signature. */
  public static final String USER_ID = "1234567812345678";

  static final ECDomainParameters DOMAIN = domain();

  private static final byte[] USER_ID_BYTES = USER_ID.getBytes(StandardCharsets.US_ASCII);

  private Sm2() {}

  /** A new key from {@code random}. */
  public static Sm2PrivateKey generate(SecureRandom random) {
    byte[] bytes = new byte[48];
    random.nextBytes(bytes);
    return scalarOf(bytes);
  }

  /**
   * The key that {@code seed} names: for DEMO keys and tests alone, since whoever knows the seed
   * has the key.
   */
  public static Sm2PrivateKey fromSeed(String seed) {
    byte[] first = Sm3.digest(("zhifu-key-a:" + seed).getBytes(StandardCharsets.UTF_8));
    byte[] second = Sm3.digest(("zhifu-key-b:" + seed).getBytes(StandardCharsets.UTF_8));
    byte[] both = new byte[first.length + second.length];
    System.arraycopy(first, 0, both, 0, first.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return scalarOf(both);
  }

  /**
   * Signs. SM2 is randomised: two signatures of the same bytes differ.
   *
   * @return the signature, DER
   */
  public static byte[] sign(Sm2PrivateKey key, byte[] message, SecureRandom random) {
    SM2Signer signer = new SM2Signer();
    signer.init(
        true,
        new ParametersWithID(new ParametersWithRandom(key.parameters(), random), USER_ID_BYTES));
    signer.update(message, 0, message.length);
    try {
      return signer.generateSignature();
    } catch (CryptoException e) {
      throw new IllegalStateException("SM2 could not sign with " + key, e);
    }
  }

  /** True when {@code signature} (DER) is one of {@code key} over {@code message}. Never throws. */
  public static boolean verify(Sm2PublicKey key, byte[] message, byte[] signature) {
    SM2Signer signer = new SM2Signer();
    signer.init(false, new ParametersWithID(key.parameters(), USER_ID_BYTES));
    signer.update(message, 0, message.length);
    try {
      return signer.verifySignature(signature);
    } catch (RuntimeException malformedDer) {
      return false;
    }
  }

  /** Encrypts a short text, such as a data key, to {@code key}: 97 bytes longer than the text. */
  public static byte[] encrypt(Sm2PublicKey key, byte[] clear, SecureRandom random) {
    SM2Engine engine = new SM2Engine(SM2Engine.Mode.C1C3C2);
    engine.init(true, new ParametersWithRandom(key.parameters(), random));
    try {
      return engine.processBlock(clear, 0, clear.length);
    } catch (InvalidCipherTextException e) {
      throw new IllegalStateException("SM2 could not encrypt to " + key, e);
    }
  }

  /**
   * Decrypts what {@link #encrypt} made.
   *
   * @throws dev.zhifu.schemas.crypto.CryptoException if it was made for another key or changed
   */
  public static byte[] decrypt(Sm2PrivateKey key, byte[] cipher) {
    SM2Engine engine = new SM2Engine(SM2Engine.Mode.C1C3C2);
    engine.init(false, key.parameters());
    try {
      return engine.processBlock(cipher, 0, cipher.length);
    } catch (InvalidCipherTextException | RuntimeException e) {
      throw new dev.zhifu.schemas.crypto.CryptoException(
          "This SM2 ciphertext does not open with " + key + ": other key, or a changed byte", e);
    }
  }

  private static Sm2PrivateKey scalarOf(byte[] wide) {
    BigInteger span = DOMAIN.getN().subtract(BigInteger.TWO);
    return new Sm2PrivateKey(new BigInteger(1, wide).mod(span).add(BigInteger.ONE));
  }

  private static ECDomainParameters domain() {
    X9ECParameters curve = CustomNamedCurves.getByName("sm2p256v1");
    return new ECDomainParameters(curve.getCurve(), curve.getG(), curve.getN(), curve.getH());
  }
}
