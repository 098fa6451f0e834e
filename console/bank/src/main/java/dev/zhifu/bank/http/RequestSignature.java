package dev.zhifu.bank.http;

import dev.zhifu.schemas.crypto.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * How gateway and bank know each other's requests: HMAC-SHA256 under the bank's secret over method,
 * path with query, time, nonce and the body's hash, each on a line of its own.
 */
public final class RequestSignature {
  /** Header: code of the bank. */
  public static final String BANK = "Zhifu-Bank";

  /** Header: time of the request, milliseconds since 1970 UTC. */
  public static final String TIME = "Zhifu-Time";

  /** Header: a word used once. */
  public static final String NONCE = "Zhifu-Nonce";

  /** Header: the signature, hex. */
  public static final String SIGNATURE = "Zhifu-Signature";

  private RequestSignature() {}

  /** The signature of one request, hex. */
  public static String of(
      String secret, String method, String target, String time, String nonce, byte[] body) {
    String signed =
        String.join("\n", method, target, time, nonce, Sha256.hex(ByteBuffer.wrap(body)));
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }

  /** Whether two signatures are the same, in constant time. */
  public static boolean same(String one, String other) {
    return one != null
        && other != null
        && MessageDigest.isEqual(
            one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }
}
