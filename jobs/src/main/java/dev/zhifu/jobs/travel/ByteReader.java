package dev.zhifu.jobs.travel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.flink.core.memory.DataInputView;

/** Reads what {@link ByteWriter} wrote; one thread, used again for each record. */
final class ByteReader {
  private byte[] bytes = new byte[1024];
  private int at;

  /** Takes the next record's bytes from {@code source}. */
  void load(DataInputView source) throws IOException {
    int length = source.readInt();
    if (length > bytes.length) {
      bytes = new byte[Math.max(length, bytes.length * 2)];
    }
    source.readFully(bytes, 0, length);
    at = 0;
  }

  int raw() {
    return bytes[at++];
  }

  /**
   * Steps over a row of bits.
   *
   * @return its place, for {@link #isSet}
   */
  int bits(int size) {
    int place = at;
    at += size;
    return place;
  }

  /** True when the bit of that row is set. */
  boolean isSet(int place, int bit) {
    return (bytes[place + (bit >> 3)] & 1 << (bit & 7)) != 0;
  }

  /** Eight bits of that row, 0 to 255. */
  int row(int place, int index) {
    return bytes[place + index] & 0xff;
  }

  long number() {
    byte next = bytes[at++];
    long zigzag = next & 0x7f;
    for (int shift = 7; next < 0; shift += 7) {
      next = bytes[at++];
      zigzag |= (long) (next & 0x7f) << shift;
    }
    return (zigzag >>> 1) ^ -(zigzag & 1);
  }

  double real() {
    long bits = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      bits = (bits << 8) | (bytes[at++] & 0xff);
    }
    return Double.longBitsToDouble(bits);
  }

  String text() {
    int length = (int) number();
    String text = new String(bytes, at, length, StandardCharsets.UTF_8);
    at += length;
    return text;
  }

  String textOrNull() {
    return raw() == 0 ? null : text();
  }

  ByteBuffer buffer() {
    int length = (int) number();
    ByteBuffer buffer = ByteBuffer.wrap(Arrays.copyOfRange(bytes, at, at + length));
    at += length;
    return buffer;
  }
}
