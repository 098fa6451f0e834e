package dev.zhifu.bench;

import dev.zhifu.workload.HashIdentity;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Tokens by hash, and name and number in clear in place of every ciphertext: in a bench the bank's
 * key would cost CPU and decide nothing. The engine copies it unread, as it does a ciphertext.
 */
final class ClearCipher extends HashIdentity {
  /** What a ciphertext names. */
  record Clear(String name, String number) {}

  static Clear open(ByteBuffer cipher) {
    byte[] bytes = new byte[cipher.remaining()];
    cipher.duplicate().get(bytes);
    int end = 0;
    while (bytes[end] != 0) {
      end++;
    }
    return new Clear(
        new String(Arrays.copyOf(bytes, end), StandardCharsets.UTF_8),
        new String(bytes, end + 1, bytes.length - end - 1, StandardCharsets.UTF_8));
  }

  @Override
  public ByteBuffer cipher(String bank, String token, String name, String number) {
    return ByteBuffer.wrap((name + '\0' + number).getBytes(StandardCharsets.UTF_8))
        .asReadOnlyBuffer();
  }
}
