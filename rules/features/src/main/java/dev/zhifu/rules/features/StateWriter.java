package dev.zhifu.rules.features;

import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Writes one entity's state as one value: a version byte, then sections, each with its tag and
 * length, so that a reader skips sections it does not know and leaves empty those that an older
 * writer did not have.
 */
final class StateWriter {
  private byte[] bytes = new byte[64];
  private int length;

  StateWriter(int version) {
    raw(version);
  }

  /** Writes one section; {@code tag} is 1 to 127 and never used for anything else again. */
  void section(int tag, Consumer<StateWriter> body) {
    raw(tag);
    int lengthAt = length;
    fixedInt(0);
    body.accept(this);
    putInt(lengthAt, length - lengthAt - Integer.BYTES);
  }

  void number(long value) {
    long zigzag = (value << 1) ^ (value >> 63);
    while ((zigzag & ~0x7fL) != 0) {
      raw((int) (zigzag & 0x7f) | 0x80);
      zigzag >>>= 7;
    }
    raw((int) zigzag);
  }

  void fixed(long value) {
    for (int shift = 56; shift >= 0; shift -= 8) {
      raw((int) (value >>> shift));
    }
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  private void fixedInt(int value) {
    length += Integer.BYTES;
    grow();
    putInt(length - Integer.BYTES, value);
  }

  private void putInt(int at, int value) {
    for (int i = 0; i < Integer.BYTES; i++) {
      bytes[at + i] = (byte) (value >>> (24 - 8 * i));
    }
  }

  private void raw(int value) {
    length++;
    grow();
    bytes[length - 1] = (byte) value;
  }

  private void grow() {
    if (length > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(length, bytes.length * 2));
    }
  }
}
