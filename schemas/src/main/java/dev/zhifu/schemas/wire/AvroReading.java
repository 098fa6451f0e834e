package dev.zhifu.schemas.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;

/**
 * Reads records of one generated class that one schema wrote. Where the writer's schema is the
 * reader's, which is the rule, everything that it says is worked out once and the bytes are read
 * straight into the record: Avro resolves one schema against the other again at every field, which
 * was a fifth of what the engine does with an event (ADR-0179). What an older or newer schema
 * wrote, and every record with a fault, is left to Avro's reader, whose words say what is wrong. No
 * length that a record claims is believed beyond the bytes there are. One thread at a time.
 *
 * <p>Source: Avro 1.11 specification, "Binary Encoding", "Schema Resolution", "Parsing Canonical
 * Form for Schemas".
 *
 * @param <T> the generated class
 */
public final class AvroReading<T extends SpecificRecord> {
  private static final byte[] NONE = {};
  private static final FaultException FAULT = new FaultException();

  private final SpecificDatumReader<T> avro;
  private final BoundedDecoder decoder = new BoundedDecoder();

  /** Null where Avro has to resolve, or where the schema has a kind that no plan foresees. */
  private final AvroPart plan;

  private byte[] bytes = NONE;
  private int at;
  private boolean planned;

  private AvroReading(Schema writing, Schema reading, SpecificData model) {
    avro = new SpecificDatumReader<>(writing, reading, model);
    plan = isSame(writing, reading) ? AvroPart.of(reading) : null;
  }

  /**
   * A reader of what {@code writing} wrote.
   *
   * @param writing a schema that resolves to the class's own
   * @param type generated class, logical types {@code timestamp-millis} and {@code date} as {@link
   *     Instant} and {@link LocalDate}
   */
  public static <T extends SpecificRecord> AvroReading<T> of(Schema writing, Class<T> type) {
    SpecificData model = SpecificData.getForClass(type);
    return new AvroReading<>(writing, model.getSchema(type), model);
  }

  /** Documentation, defaults and logical types do not change what the bytes are. */
  private static boolean isSame(Schema writing, Schema reading) {
    return SchemaNormalization.toParsingForm(writing)
        .equals(SchemaNormalization.toParsingForm(reading));
  }

  /** True when records are read by the plan; false when Avro's reader does the work. */
  public boolean isPlanned() {
    return plan != null;
  }

  /**
   * The record in {@code source} from {@code offset} on; {@link #left} tells what follows it.
   *
   * @param source not kept
   * @return a new record
   * @throws IOException if the bytes are no such record
   * @throws RuntimeException of Avro's reader, if a value is none of its kind
   */
  public T read(byte[] source, int offset) throws IOException {
    T record = plan == null ? null : planned(source, offset);
    planned = record != null;
    if (!planned) {
      record = avro.read(null, decoder.reset(source, offset));
      at = source.length - decoder.remaining();
    }
    return record;
  }

  /** True when the plan read the record that was read last. */
  boolean wasPlanned() {
    return planned;
  }

  /** Bytes behind the record that was read last. */
  public int left(byte[] source) {
    return source.length - at;
  }

  /** Null when a fault was met: Avro's reader says which. */
  @SuppressWarnings("unchecked")
  private T planned(byte[] source, int offset) {
    bytes = source;
    at = offset;
    try {
      return (T) fields(plan);
    } catch (FaultException | IndexOutOfBoundsException | DateTimeException fault) {
      return null;
    } finally {
      bytes = NONE;
    }
  }

  /** What is read is not what the schema says, or no plan reads it. */
  private static final class FaultException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FaultException() {
      super("not as planned", null, false, false);
    }
  }

  private SpecificRecord fields(AvroPart part) {
    SpecificRecord record = part.maker.get();
    AvroPart[] parts = part.parts;
    for (int field = 0; field < parts.length; field++) {
      Object value = value(parts[field]);
      // In a new record all are null; an event has many that stay so.
      if (value != null) {
        record.put(field, value);
      }
    }
    return record;
  }

  private Object value(AvroPart part) {
    return switch (part.kind) {
      case NULL -> null;
      case TEXT -> text();
      case LONG -> number();
      case INT -> whole();
      case BOOLEAN -> truth();
      case DOUBLE -> Double.longBitsToDouble(fixed(Double.BYTES));
      case FLOAT -> Float.intBitsToFloat((int) fixed(Float.BYTES));
      case INSTANT -> Instant.ofEpochMilli(number());
      case DATE -> LocalDate.ofEpochDay(whole());
      case CHOICE -> part.constants[whole()];
      case BYTES -> buffer();
      case RECORD -> fields(part);
      case LIST -> list(part.parts[0]);
      case MAP -> map(part.parts[0]);
      case OPTIONAL -> optional(part);
      case UNION -> value(part.parts[whole()]);
    };
  }

  private Object optional(AvroPart part) {
    int branch = whole();
    if (branch == part.nullAt) {
      return null;
    }
    if (branch != 1 - part.nullAt) {
      throw FAULT;
    }
    return value(part.parts[0]);
  }

  private List<Object> list(AvroPart element) {
    int items = items();
    List<Object> list = new ArrayList<>(items);
    for (; items > 0; items = items()) {
      for (int item = 0; item < items; item++) {
        list.add(value(element));
      }
    }
    return list;
  }

  private Map<String, Object> map(AvroPart element) {
    Map<String, Object> map = new HashMap<>();
    for (int items = items(); items > 0; items = items()) {
      for (int item = 0; item < items; item++) {
        map.put(text(), value(element));
      }
    }
    return map;
  }

  /** Items of the next block; 0 behind the last. One that states its size is for Avro's reader. */
  private int items() {
    return length();
  }

  private String text() {
    int length = length();
    String text = new String(bytes, at, length, StandardCharsets.UTF_8);
    at += length;
    return text;
  }

  private ByteBuffer buffer() {
    int length = length();
    ByteBuffer copy = ByteBuffer.allocate(length).put(bytes, at, length).flip();
    at += length;
    return copy;
  }

  private boolean truth() {
    byte value = bytes[at++];
    if (value != 0 && value != 1) {
      throw FAULT;
    }
    return value == 1;
  }

  /** At most as many as there are bytes left: each of what is counted takes one or more. */
  private int length() {
    long length = number();
    if (length < 0 || length > bytes.length - at) {
      throw FAULT;
    }
    return (int) length;
  }

  private int whole() {
    long value = number();
    if (value != (int) value) {
      throw FAULT;
    }
    return (int) value;
  }

  /** A whole number, zigzag, seven bits a byte, the lowest first. */
  private long number() {
    long raw = bytes[at++];
    if (raw < 0) {
      raw &= 0x7f;
      int shift = 7;
      for (byte next = bytes[at++]; ; next = bytes[at++]) {
        raw |= (next & 0x7fL) << shift;
        if (next >= 0) {
          break;
        }
        shift += 7;
        if (shift >= Long.SIZE) {
          throw FAULT;
        }
      }
    }
    return (raw >>> 1) ^ -(raw & 1);
  }

  /** The lowest byte first. */
  private long fixed(int size) {
    long bits = 0;
    for (int place = 0; place < size; place++) {
      bits |= (bytes[at++] & 0xffL) << (Byte.SIZE * place);
    }
    return bits;
  }
}
