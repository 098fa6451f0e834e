package dev.zhifu.schemas.wire;

import java.io.IOException;
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
  private static final FaultException FAULT = new FaultException();

  private final SpecificDatumReader<T> avro;
  private final BoundedDecoder decoder = new BoundedDecoder();

  /** Null where Avro has to resolve, or where the schema has a kind that no plan foresees. */
  private final AvroPart plan;

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
   * @return a new record
   * @throws IOException if the bytes are no such record
   * @throws RuntimeException of Avro's reader, if a value is none of its kind
   */
  public T read(byte[] source, int offset) throws IOException {
    T record = plan == null ? null : planned(source, offset);
    planned = record != null;
    return planned ? record : avro.read(null, decoder.reset(source, offset));
  }

  /** True when the plan read the record that was read last. */
  boolean wasPlanned() {
    return planned;
  }

  /** Bytes behind the record that was read last. */
  public int left() {
    return decoder.remaining();
  }

  /** Null when a fault was met: Avro's reader says which. */
  @SuppressWarnings("unchecked")
  private T planned(byte[] source, int offset) {
    decoder.reset(source, offset);
    try {
      return (T) fields(plan);
    } catch (IOException | FaultException | DateTimeException fault) {
      return null;
    }
  }

  /** What is read is not what the schema says. */
  private static final class FaultException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FaultException() {
      super("not as planned", null, false, false);
    }
  }

  private SpecificRecord fields(AvroPart part) throws IOException {
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

  private Object value(AvroPart part) throws IOException {
    return switch (part.kind) {
      case NULL -> null;
      case TEXT -> decoder.readString();
      case LONG -> decoder.readLong();
      case INT -> decoder.readInt();
      case BOOLEAN -> decoder.readBoolean();
      case DOUBLE -> decoder.readDouble();
      case FLOAT -> decoder.readFloat();
      case INSTANT -> Instant.ofEpochMilli(decoder.readLong());
      case DATE -> LocalDate.ofEpochDay(decoder.readInt());
      case CHOICE -> one(part.constants, decoder.readEnum());
      case BYTES -> decoder.readBytes(null);
      case RECORD -> fields(part);
      case LIST -> list(part.parts[0]);
      case MAP -> map(part.parts[0]);
      case OPTIONAL -> optional(part);
      case UNION -> value(one(part.parts, decoder.readIndex()));
    };
  }

  private static <E> E one(E[] all, int place) {
    if (place < 0 || place >= all.length) {
      throw FAULT;
    }
    return all[place];
  }

  private Object optional(AvroPart part) throws IOException {
    int branch = decoder.readIndex();
    if (branch == part.nullAt) {
      return null;
    }
    if (branch != 1 - part.nullAt) {
      throw FAULT;
    }
    return value(part.parts[0]);
  }

  private List<Object> list(AvroPart element) throws IOException {
    long items = decoder.readArrayStart();
    List<Object> list = new ArrayList<>((int) items);
    for (; items > 0; items = decoder.arrayNext()) {
      for (long item = 0; item < items; item++) {
        list.add(value(element));
      }
    }
    return list;
  }

  private Map<String, Object> map(AvroPart element) throws IOException {
    Map<String, Object> map = new HashMap<>();
    for (long items = decoder.readMapStart(); items > 0; items = decoder.mapNext()) {
      for (long item = 0; item < items; item++) {
        map.put(decoder.readString(), value(element));
      }
    }
    return map;
  }
}
