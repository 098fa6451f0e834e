package dev.zhifu.schemas.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/**
 * Writes records of one generated class as Avro binary, byte for byte what Avro's own writer makes,
 * with everything that the schema says worked out once: Avro asks each value for its class, its
 * logical type and its branch of a union again, which was more than half of what matching did with
 * accounts that are seldom seen (ADR-0158). What a plan does not foresee, and every record that it
 * cannot write, is left to Avro's writer, whose words name the field. One thread at a time.
 *
 * <p>Source: Avro 1.11 specification, "Binary Encoding".
 */
public final class AvroPlan {
  private static final int FIRST_BYTES = 1024;
  private static final int LONGEST_NUMBER = 10;
  private static final int SHORT_TEXT = 128;

  private final SpecificDatumWriter<SpecificRecord> avro;

  /** Null where the schema has a kind of value that no plan foresees. */
  private final AvroPart plan;

  private final ByteArrayOutputStream slow = new ByteArrayOutputStream(FIRST_BYTES);
  private BinaryEncoder encoder;
  private byte[] bytes = new byte[FIRST_BYTES];
  private int length;

  private AvroPlan(Schema schema, SpecificData model) {
    avro = new SpecificDatumWriter<>(schema, model);
    plan = AvroPart.of(schema);
  }

  /**
   * A plan for records of this schema.
   *
   * @param schema of a generated record class, logical types {@code timestamp-millis} and {@code
   *     date} as {@link Instant} and {@link LocalDate}
   * @param type that class
   */
  public static AvroPlan of(Schema schema, Class<?> type) {
    return new AvroPlan(schema, SpecificData.getForClass(type));
  }

  /** True when the schema is planned throughout; false when Avro's writer does the work. */
  public boolean isPlanned() {
    return plan != null;
  }

  /**
   * The Avro binary of a record.
   *
   * @param record of the plan's class
   * @param head bytes to leave unset before it
   * @return {@code head} zeros, then the record
   * @throws IOException if Avro's writer throws one
   * @throws RuntimeException of Avro's writer, if a field that is required is null
   */
  public byte[] write(SpecificRecord record, int head) throws IOException {
    if (plan != null) {
      try {
        length = head;
        room(0);
        Arrays.fill(bytes, 0, head, (byte) 0);
        value(plan, record);
        return Arrays.copyOf(bytes, length);
      } catch (NullPointerException | ClassCastException | UnplannedValueException fault) {
        // Avro's writer says which field it is.
      }
    }
    slow.reset();
    slow.writeBytes(new byte[head]);
    // A new start of the encoder also drops what a failed record left in its buffer.
    encoder = EncoderFactory.get().binaryEncoder(slow, encoder);
    avro.write(record, encoder);
    encoder.flush();
    return slow.toByteArray();
  }

  /** A value that is in none of a union's branches. */
  private static final class UnplannedValueException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnplannedValueException() {
      super("a value of no branch", null, false, false);
    }
  }

  private void value(AvroPart part, Object value) {
    switch (part.kind) {
      case NULL -> {
        // Takes no byte.
      }
      case TEXT -> text((String) value);
      case LONG -> number((Long) value);
      case INT -> number((Integer) value);
      case BOOLEAN -> raw((Boolean) value ? 1 : 0);
      case DOUBLE -> fixed(Double.doubleToRawLongBits((Double) value), Double.BYTES);
      case FLOAT -> fixed(Float.floatToRawIntBits((Float) value), Float.BYTES);
      case INSTANT -> number(((Instant) value).toEpochMilli());
      case DATE -> number(((LocalDate) value).toEpochDay());
      case CHOICE -> number(((Enum<?>) value).ordinal());
      case BYTES -> buffer((ByteBuffer) value);
      case RECORD -> fields(part, (SpecificRecord) value);
      case LIST -> list(part.parts[0], (Collection<?>) value);
      case MAP -> map(part.parts[0], (Map<?, ?>) value);
      case OPTIONAL -> {
        number(value == null ? part.nullAt : 1 - part.nullAt);
        if (value != null) {
          value(part.parts[0], value);
        }
      }
      case UNION -> branch(part, value);
    }
  }

  private void fields(AvroPart part, SpecificRecord record) {
    if (record.getClass() != part.type) {
      throw new UnplannedValueException();
    }
    AvroPart[] parts = part.parts;
    for (int at = 0; at < parts.length; at++) {
      value(parts[at], record.get(at));
    }
  }

  private void branch(AvroPart part, Object value) {
    Class<?> type = value == null ? null : value.getClass();
    for (int at = 0; at < part.parts.length; at++) {
      if (part.parts[at].type == type) {
        number(at);
        value(part.parts[at], value);
        return;
      }
    }
    throw new UnplannedValueException();
  }

  private void list(AvroPart element, Collection<?> values) {
    if (!values.isEmpty()) {
      number(values.size());
      for (Object value : values) {
        value(element, value);
      }
    }
    raw(0);
  }

  private void map(AvroPart element, Map<?, ?> values) {
    if (!values.isEmpty()) {
      number(values.size());
      values.forEach(
          (key, value) -> {
            text((String) key);
            value(element, value);
          });
    }
    raw(0);
  }

  private void text(String value) {
    int chars = value.length();
    if (chars < SHORT_TEXT && shortAscii(value, chars)) {
      return;
    }
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    number(utf8.length);
    put(utf8, utf8.length);
  }

  /** Writes a short text of one byte a character where it stands; undoes it otherwise. */
  @SuppressWarnings("deprecation")
  private boolean shortAscii(String value, int chars) {
    int before = length;
    number(chars);
    room(chars);
    // Takes the low byte of each character, which is the character itself if it is ASCII.
    value.getBytes(0, chars, bytes, length);
    for (int at = 0; at < chars; at++) {
      if (value.charAt(at) >= SHORT_TEXT) {
        length = before;
        return false;
      }
    }
    length += chars;
    return true;
  }

  private void buffer(ByteBuffer value) {
    int size = value.remaining();
    number(size);
    room(size);
    value.duplicate().get(bytes, length, size);
    length += size;
  }

  private void put(byte[] from, int size) {
    room(size);
    System.arraycopy(from, 0, bytes, length, size);
    length += size;
  }

  private void raw(int value) {
    room(1);
    bytes[length++] = (byte) value;
  }

  /** A whole number, zigzag, seven bits a byte, the lowest first. */
  private void number(long value) {
    room(LONGEST_NUMBER);
    long zigzag = (value << 1) ^ (value >> 63);
    while ((zigzag & ~0x7fL) != 0) {
      bytes[length++] = (byte) (zigzag & 0x7f | 0x80);
      zigzag >>>= 7;
    }
    bytes[length++] = (byte) zigzag;
  }

  /** The lowest byte first. */
  private void fixed(long bits, int size) {
    room(size);
    for (int at = 0; at < size; at++) {
      bytes[length++] = (byte) (bits >>> (Byte.SIZE * at));
    }
  }

  private void room(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length * 2));
    }
  }
}
