package dev.zhifu.workload;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Tokens by number, sixteen bytes each instead of a text's seventy: a city of millions has four of
 * them a head.
 */
final class TokenStore {
  private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.ISO_8859_1);
  private static final int LENGTH = 32;

  private long[] words = new long[1 << 10];

  /** The token of this number, or null. A token of nothing but zeros counts as none. */
  String get(int number) {
    int at = number * 2;
    if (at >= words.length || (words[at] == 0 && words[at + 1] == 0)) {
      return null;
    }
    byte[] text = new byte[LENGTH];
    write(words[at], text, 0);
    write(words[at + 1], text, LENGTH / 2);
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  private static void write(long word, byte[] text, int from) {
    for (int i = 0; i < 16; i++) {
      text[from + i] = DIGITS[(int) (word >>> (60 - 4 * i)) & 0xf];
    }
  }

  /**
   * Keeps a token and gives it back.
   *
   * @throws IllegalArgumentException if it is not 32 hexadecimal digits
   */
  String put(int number, String token) {
    if (token.length() != LENGTH) {
      throw new IllegalArgumentException("Token " + token + " is not 32 hexadecimal digits");
    }
    int at = number * 2;
    if (at >= words.length) {
      // Two words a token: an odd length would end in half of one.
      words = Arrays.copyOf(words, Math.max(at + 2, words.length / 4 * 6));
    }
    words[at] = word(token, 0);
    words[at + 1] = word(token, LENGTH / 2);
    return token;
  }

  private static long word(String token, int from) {
    return HexFormat.fromHexDigitsToLong(token, from, from + LENGTH / 2);
  }

  void forget(int number) {
    if (number * 2 < words.length) {
      words[number * 2] = 0;
      words[number * 2 + 1] = 0;
    }
  }
}
