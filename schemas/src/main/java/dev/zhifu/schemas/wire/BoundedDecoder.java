package dev.zhifu.schemas.wire;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.avro.io.Decoder;
import org.apache.avro.util.Utf8;

/**
 * Avro binary out of one byte array. Why not Avro's own decoder: that one allocates the length that
 * a record claims before it looks at how much is there, so nine bad bytes could ask for two
 * gigabytes and end the task. Here no length and no item count may exceed the bytes that are left
 * (every array and map item of our contracts takes at least one).
 */
final class BoundedDecoder extends Decoder {

  private byte[] bytes = new byte[0];
  private int at;
  private int end;

  /** Starts over at {@code offset} of {@code source}. */
  BoundedDecoder reset(byte[] source, int offset) {
    bytes = source;
    at = offset;
    end = source.length;
    return this;
  }

  /** Bytes not read yet. */
  int remaining() {
    return end - at;
  }

  @Override
  public void readNull() {}

  @Override
  public boolean readBoolean() throws IOException {
    need(1);
    byte value = bytes[at++];
    if (value != 0 && value != 1) {
      throw new IOException("a boolean is byte " + value + ", not 0 or 1");
    }
    return value == 1;
  }

  @Override
  public int readInt() throws IOException {
    long value = readLong();
    if (value != (int) value) {
      throw new IOException("an int is " + value + ", outside 32 bits");
    }
    return (int) value;
  }

  @Override
  public long readLong() throws IOException {
    long raw = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      need(1);
      byte next = bytes[at++];
      raw |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return (raw >>> 1) ^ -(raw & 1);
      }
    }
    throw new IOException("a number is longer than ten bytes");
  }

  @Override
  public float readFloat() throws IOException {
    need(4);
    int bits = ByteBuffer.wrap(bytes, at, 4).order(java.nio.ByteOrder.LITTLE_ENDIAN).getInt();
    at += 4;
    return Float.intBitsToFloat(bits);
  }

  @Override
  public double readDouble() throws IOException {
    need(8);
    long bits = ByteBuffer.wrap(bytes, at, 8).order(java.nio.ByteOrder.LITTLE_ENDIAN).getLong();
    at += 8;
    return Double.longBitsToDouble(bits);
  }

  @Override
  public Utf8 readString(Utf8 old) throws IOException {
    return new Utf8(readString());
  }

  @Override
  public String readString() throws IOException {
    int length = length();
    String value = new String(bytes, at, length, StandardCharsets.UTF_8);
    at += length;
    return value;
  }

  @Override
  public void skipString() throws IOException {
    at += length();
  }

  @Override
  public ByteBuffer readBytes(ByteBuffer old) throws IOException {
    int length = length();
    ByteBuffer copy = ByteBuffer.allocate(length).put(bytes, at, length).flip();
    at += length;
    return copy;
  }

  @Override
  public void skipBytes() throws IOException {
    at += length();
  }

  @Override
  public void readFixed(byte[] target, int start, int length) throws IOException {
    need(length);
    System.arraycopy(bytes, at, target, start, length);
    at += length;
  }

  @Override
  public void skipFixed(int length) throws IOException {
    need(length);
    at += length;
  }

  @Override
  public int readEnum() throws IOException {
    return readInt();
  }

  @Override
  public int readIndex() throws IOException {
    return readInt();
  }

  @Override
  public long readArrayStart() throws IOException {
    return blockItems();
  }

  @Override
  public long arrayNext() throws IOException {
    return blockItems();
  }

  @Override
  public long skipArray() throws IOException {
    return skipBlocks();
  }

  @Override
  public long readMapStart() throws IOException {
    return blockItems();
  }

  @Override
  public long mapNext() throws IOException {
    return blockItems();
  }

  @Override
  public long skipMap() throws IOException {
    return skipBlocks();
  }

  /** Items of the next block; a negative count is followed by the block's size in bytes. */
  private long blockItems() throws IOException {
    long items = readLong();
    if (items < 0) {
      readLong();
      items = -items;
    }
    if (items < 0 || items > remaining()) {
      throw new EOFException("an array claims " + items + " items, " + remaining() + " bytes left");
    }
    return items;
  }

  /**
   * Skips blocks that state their size; returns the items of the first that does not, or 0 at the
   * end.
   */
  private long skipBlocks() throws IOException {
    long items = readLong();
    while (items < 0) {
      at += length();
      items = readLong();
    }
    if (items > remaining()) {
      throw new EOFException("an array claims " + items + " items, " + remaining() + " bytes left");
    }
    return items;
  }

  private int length() throws IOException {
    long length = readLong();
    if (length < 0 || length > remaining()) {
      throw new EOFException("a field claims " + length + " bytes, " + remaining() + " left");
    }
    return (int) length;
  }

  private void need(int count) throws IOException {
    if (end - at < count) {
      throw new EOFException("the record ends " + (count - remaining()) + " bytes too early");
    }
  }
}
