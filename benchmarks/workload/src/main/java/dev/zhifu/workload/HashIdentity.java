package dev.zhifu.workload;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Tokens by plain hash and no ciphertext: for files, tests and runs without an engine. A kind of
 * ciphertext of its own is a subclass.
 */
public class HashIdentity implements Identity {
  private final MessageDigest sha256;

  /** A fresh one; not for use by several threads. */
  public HashIdentity() {
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This JDK has no SHA-256", e);
    }
  }

  @Override
  public String account(String bank, String number) {
    return token("account", bank + ":" + number);
  }

  @Override
  public String holder(String identityNumber) {
    return token("holder", identityNumber);
  }

  @Override
  public String number(String msisdn) {
    return token("number", msisdn);
  }

  @Override
  public String device(String deviceId) {
    return token("device", deviceId);
  }

  @Override
  public String address(String ip) {
    return token("address", ip);
  }

  @Override
  public ByteBuffer cipher(String bank, String token, String name, String number) {
    return null;
  }

  private String token(String kind, String clear) {
    byte[] hash = sha256.digest((kind + ":" + clear).getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(hash, 0, 16);
  }
}
