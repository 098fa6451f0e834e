package dev.zhifu.schemas.crypto;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256, the hash of ids and of equality. */
public final class Sha256 {
  private Sha256() {}

  /** The hash of what lies between position and limit; the buffer is left as it was. */
  public static byte[] of(ByteBuffer bytes) {
    MessageDigest digest = digest();
    digest.update(bytes.duplicate());
    return digest.digest();
  }

  /** As {@link #of(ByteBuffer)}, lower-case hex. */
  public static String hex(ByteBuffer bytes) {
    return HexFormat.of().formatHex(of(bytes));
  }

  /** The hash of the text's UTF-8, lower-case hex. */
  public static String hex(String text) {
    return hex(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
