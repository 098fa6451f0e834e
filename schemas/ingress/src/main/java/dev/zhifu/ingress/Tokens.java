package dev.zhifu.ingress;

import dev.zhifu.schemas.crypto.Sm3;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Turns identities into keyed-hash tokens: HMAC-SM3 under a key that never leaves the ingress, cut
 * to 16 bytes, 32 lower-case hex digits. The same identity always gives the same token; without the
 * key nobody can compute one, or try identities out. Safe for use by several threads.
 */
public final class Tokens {
  /** Least length of the key. */
  public static final int KEY_BYTES_MIN = 16;

  private static final int TOKEN_BYTES = 16;
  private static final char SEPARATOR = 0;

  private final byte[] key;

  /**
   * @param key secret bytes, at least {@value #KEY_BYTES_MIN}
   * @throws IllegalArgumentException if the key is too short
   */
  public Tokens(byte[] key) {
    if (key.length < KEY_BYTES_MIN) {
      throw new IllegalArgumentException(
          "The token key has " + key.length + " bytes; at least " + KEY_BYTES_MIN + " are needed");
    }
    this.key = key.clone();
  }

  /** Token of an account; spaces in the number do not count. */
  public String account(String institution, String number) {
    return token(TokenKind.ACCOUNT, plain(institution) + SEPARATOR + plain(number));
  }

  /** Token of a person or company, from the number of the identity document. */
  public String holder(String idNumber) {
    return token(TokenKind.HOLDER, plain(idNumber));
  }

  /** Token of a subscriber's number: digits with country code. */
  public String number(String msisdn) {
    return token(TokenKind.NUMBER, plain(msisdn));
  }

  /** Token of a device. */
  public String device(String deviceId) {
    return token(TokenKind.DEVICE, plain(deviceId));
  }

  /** Token of a network address. */
  public String address(String ip) {
    return token(TokenKind.ADDRESS, plain(ip));
  }

  /**
   * Token of a name, to find again what it was said of; persons of one name share it. The dots
   * between the parts of a name do not count.
   */
  public String name(String name) {
    return token(TokenKind.NAME, plain(name.replaceAll("[·•‧・．.]", "")));
  }

  private String token(TokenKind kind, String identity) {
    byte[] message = (kind.name() + SEPARATOR + identity).getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(Arrays.copyOf(Sm3.hmac(key, message), TOKEN_BYTES));
  }

  /**
   * Full-width forms, spaces and lower case are spellings of one identity, not other identities.
   */
  private static String plain(String identity) {
    String text =
        Normalizer.normalize(identity, Normalizer.Form.NFKC)
            .replaceAll("\\s", "")
            .toUpperCase(Locale.ROOT);
    if (text.isEmpty() || text.indexOf(SEPARATOR) >= 0) {
      throw new IllegalArgumentException(
          "An identity to be tokenised is empty or holds a zero byte");
    }
    return text;
  }
}
