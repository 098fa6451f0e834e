package dev.zhifu.jobs.travel;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A buffer that grows; one thread, used again for each record. */
final class ByteWriter {
  private static final int LONGEST_NUMBER = 10;

  private byte[] bytes = new byte[1024];
  private int length;

  void clear() {
    length = 0;
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  void raw(int value) {
    room(1);
    bytes[length++] = (byte) value;
  }

  /**
   * Room for a row of bits, all unset.
   *
   * @return its place, for {@link #set}
   */
  int bits(int size) {
    room(size);
    int place = length;
    Arrays.fill(bytes, place, place + size, (byte) 0);
    length += size;
    return place;
  }

  /** Sets one bit of a row. */
  void set(int place, int bit) {
    bytes[place + (bit >> 3)] |= (byte) (1 << (bit & 7));
  }

  /** A whole number in as few bytes as it needs. */
  void number(long value) {
    room(LONGEST_NUMBER);
    long zigzag = (value << 1) ^ (value >> 63);
    while ((zigzag & ~0x7fL) != 0) {
      bytes[length++] = (byte) (zigzag & 0x7f | 0x80);
      zigzag >>>= 7;
    }
    bytes[length++] = (byte) zigzag;
  }

  void real(double value) {
    long bits = Double.doubleToRawLongBits(value);
    room(Long.BYTES);
    for (int shift = 56; shift >= 0; shift -= 8) {
      bytes[length++] = (byte) (bits >>> shift);
    }
  }

  /** A text that is there. */
  void text(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    number(utf8.length);
    room(utf8.length);
    System.arraycopy(utf8, 0, bytes, length, utf8.length);
    length += utf8.length;
  }

  /** A text that may be null. */
  void textOrNull(String value) {
    raw(value == null ? 0 : 1);
    if (value != null) {
      text(value);
    }
  }

  void buffer(ByteBuffer value) {
    int size = value.remaining();
    number(size);
    room(size);
    value.duplicate().get(bytes, length, size);
    length += size;
  }

  private void room(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length * 2));
    }
  }
}
