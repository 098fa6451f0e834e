package dev.zhifu.schemas.crypto;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/**
 * Lays out bytes to be signed: a domain name, a zero byte, then the fields in a fixed order. Every
 * field of variable length carries its length, so that no two contents share one layout. Numbers
 * are big-endian. The layouts are listed in {@code docs/envelope.md}.
 */
final class SignedBytes {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream(256);

  /**
   * @param domain says what is signed, so that a signature of one kind never serves as another
   */
  SignedBytes(String domain) {
    raw(domain.getBytes(StandardCharsets.US_ASCII));
    out.write(0);
  }

  /** 4 bytes. */
  SignedBytes int32(int value) {
    return raw(ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
  }

  /** 8 bytes. */
  SignedBytes int64(long value) {
    return raw(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
  }

  /** 8 bytes: milliseconds since 1970-01-01T00:00:00Z. */
  SignedBytes time(Instant value) {
    return int64(value.toEpochMilli());
  }

  /** 1 byte: 0 or 1. */
  SignedBytes flag(boolean value) {
    out.write(value ? 1 : 0);
    return this;
  }

  /** 4 bytes of length, then the bytes. */
  SignedBytes bytes(byte[] value) {
    return int32(value.length).raw(value);
  }

  /** As {@link #bytes(byte[])}; the buffer is left as it was. */
  SignedBytes bytes(ByteBuffer value) {
    return bytes(copyOf(value));
  }

  /** 4 bytes of length, then UTF-8. */
  SignedBytes text(String value) {
    return bytes(value.getBytes(StandardCharsets.UTF_8));
  }

  /** A flag, then the text if there is one. */
  SignedBytes optionalText(String value) {
    flag(value != null);
    return value == null ? this : text(value);
  }

  /** A flag, then the bytes if there are any. */
  SignedBytes optionalBytes(ByteBuffer value) {
    flag(value != null);
    return value == null ? this : bytes(value);
  }

  /** 4 bytes of count, then each text. */
  SignedBytes texts(List<String> values) {
    int32(values.size());
    values.forEach(this::text);
    return this;
  }

  byte[] toBytes() {
    return out.toByteArray();
  }

  /** What lies between position and limit; the buffer is left as it was. */
  static byte[] copyOf(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  private SignedBytes raw(byte[] value) {
    out.write(value, 0, value.length);
    return this;
  }
}
