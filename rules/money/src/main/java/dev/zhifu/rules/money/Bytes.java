package dev.zhifu.rules.money;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Numbers and texts in few bytes, for state values. */
public final class Bytes {
  private static final int TOKEN_DIGITS = 32;
  private static final int MOST_DIGITS = 18;
  private static final String HEX = "0123456789abcdef";

  private Bytes() {}

  /** Writes. */
  public static final class Out {
    private byte[] bytes = new byte[64];
    private int length;

    /** One byte. */
    public void raw(int value) {
      if (length == bytes.length) {
        bytes = Arrays.copyOf(bytes, length * 2);
      }
      bytes[length++] = (byte) value;
    }

    /** A number of either sign; small ones take one byte. */
    public void number(long value) {
      unsigned((value << 1) ^ (value >> 63));
    }

    /** A number from 0 on. */
    public void unsigned(long value) {
      long rest = value;
      while ((rest & ~0x7fL) != 0) {
        raw((int) (rest & 0x7f) | 0x80);
        rest >>>= 7;
      }
      raw((int) rest);
    }

    /**
     * A text. A token of 32 hex digits takes 17 bytes, a decimal number those of its value plus
     * one.
     */
    public void text(String value) {
      if (isToken(value)) {
        raw(2);
        for (int i = 0; i < TOKEN_DIGITS; i += 2) {
          raw((HEX.indexOf(value.charAt(i)) << 4) | HEX.indexOf(value.charAt(i + 1)));
        }
      } else if (isNumber(value)) {
        raw(1);
        unsigned(Long.parseLong(value));
      } else {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        unsigned(utf8.length * 4L);
        for (byte b : utf8) {
          raw(b);
        }
      }
    }

    /** What was written. */
    public byte[] toBytes() {
      return Arrays.copyOf(bytes, length);
    }
  }

  private static boolean isToken(String value) {
    if (value.length() != TOKEN_DIGITS) {
      return false;
    }
    for (int i = 0; i < TOKEN_DIGITS; i++) {
      if (HEX.indexOf(value.charAt(i)) < 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isNumber(String value) {
    if (value.isEmpty()
        || value.length() > MOST_DIGITS
        || value.length() > 1 && value.charAt(0) == '0') {
      return false;
    }
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) < '0' || value.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  /** Reads what {@link Out} wrote. */
  public static final class In {
    private final byte[] bytes;
    private final String what;
    private int at;

    /**
     * Opens a value.
     *
     * @param what name of the value, for errors
     */
    public In(byte[] bytes, String what) {
      this.bytes = bytes;
      this.what = what;
    }

    /**
     * Reads the version that a value begins with.
     *
     * @throws IllegalStateException when it is empty or of a later version
     */
    public int version(int newest) {
      if (bytes.length == 0) {
        throw new IllegalStateException(what + " is empty; it must begin with its version");
      }
      int version = raw();
      if (version < 1 || version > newest) {
        throw new IllegalStateException(
            what
                + " has version "
                + version
                + "; this program reads 1 to "
                + newest
                + ". Restore it with the program that wrote it, or a later one");
      }
      return version;
    }

    /** One byte, 0 to 255. */
    public int raw() {
      if (at == bytes.length) {
        throw new IllegalStateException(what + " is cut short at byte " + at);
      }
      return bytes[at++] & 0xff;
    }

    /** A number of either sign. */
    public long number() {
      long zigzag = unsigned();
      return (zigzag >>> 1) ^ -(zigzag & 1);
    }

    /** A number from 0 on. */
    public long unsigned() {
      long value = 0;
      int shift = 0;
      int next;
      do {
        next = raw();
        value |= (long) (next & 0x7f) << shift;
        shift += 7;
      } while ((next & 0x80) != 0);
      return value;
    }

    /** A count of things that take a byte each at least. */
    public int count() {
      long count = unsigned();
      if (count < 0 || count > bytes.length) {
        throw new IllegalStateException(
            what + " says " + count + " entries in " + bytes.length + " bytes; it is damaged");
      }
      return (int) count;
    }

    /** A text. */
    public String text() {
      int first = bytes[at] & 0xff;
      if (first == 2) {
        at++;
        StringBuilder token = new StringBuilder(TOKEN_DIGITS);
        for (int i = 0; i < TOKEN_DIGITS / 2; i++) {
          int value = raw();
          token.append(HEX.charAt(value >> 4)).append(HEX.charAt(value & 0xf));
        }
        return token.toString();
      }
      if (first == 1) {
        at++;
        return Long.toString(unsigned());
      }
      long length = unsigned() / 4;
      if (length > bytes.length - at) {
        throw new IllegalStateException(
            what + " says a text of " + length + " bytes, " + (bytes.length - at) + " are left");
      }
      String text = new String(bytes, at, (int) length, StandardCharsets.UTF_8);
      at += (int) length;
      return text;
    }
  }
}
