package dev.zhifu.rules.features;

/** Reads what {@link StateWriter} wrote, section by section. */
final class StateReader {
  private final byte[] bytes;
  private final String what;
  private int at;
  private int sectionEnd;

  /**
   * Opens a state value.
   *
   * @param what name of the state, for errors
   * @param newest newest version that this program can read
   * @throws IllegalStateException when the value is empty or of a later version
   */
  StateReader(byte[] bytes, String what, int newest) {
    this.bytes = bytes;
    this.what = what;
    if (bytes.length == 0) {
      throw new IllegalStateException(what + " state is empty; it must begin with its version");
    }
    int version = bytes[at++];
    if (version < 1 || version > newest) {
      throw new IllegalStateException(
          what
              + " state has version "
              + version
              + "; this program reads 1 to "
              + newest
              + ". Restore it with the program that wrote it, or a later one");
    }
    sectionEnd = at;
  }

  /** Moves to the next section and returns its tag; 0 at the end. */
  int nextSection() {
    at = sectionEnd;
    if (at == bytes.length) {
      return 0;
    }
    int tag = take();
    int length = 0;
    for (int i = 0; i < Integer.BYTES; i++) {
      length = (length << 8) | (take() & 0xff);
    }
    if (length < 0 || length > bytes.length - at) {
      throw new IllegalStateException(
          what
              + " state is cut short: section "
              + tag
              + " says "
              + length
              + " bytes, "
              + (bytes.length - at)
              + " are left");
    }
    sectionEnd = at + length;
    return tag;
  }

  long number() {
    long zigzag = 0;
    int shift = 0;
    int next;
    do {
      next = take();
      zigzag |= (long) (next & 0x7f) << shift;
      shift += 7;
    } while ((next & 0x80) != 0);
    return (zigzag >>> 1) ^ -(zigzag & 1);
  }

  long fixed() {
    long value = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      value = (value << 8) | (take() & 0xff);
    }
    return value;
  }

  private int take() {
    if (at == bytes.length) {
      throw new IllegalStateException(what + " state is cut short at byte " + at);
    }
    return bytes[at++];
  }
}
