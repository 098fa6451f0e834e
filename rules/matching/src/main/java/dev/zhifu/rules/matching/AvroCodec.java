package dev.zhifu.rules.matching;

import dev.zhifu.schemas.wire.AvroPlan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * Avro bytes of one record type that outlive a change of its schema: bytes are kept beside the
 * fingerprint of the schema that wrote them, and every schema that may have written bytes still in
 * state is remembered. Not thread-safe.
 *
 * @param <T> the record type
 */
public final class AvroCodec<T extends SpecificRecordBase> {
  private final Schema current;
  private final long currentFingerprint;
  private final SpecificData model;
  private final AvroPlan writer;
  private final Map<Long, SpecificDatumReader<T>> readers = new HashMap<>();
  private final Map<Long, Schema> writerSchemas = new HashMap<>();
  private BinaryDecoder decoder;

  /**
   * A codec that writes with the schema of {@code type}.
   *
   * @param type the generated class
   */
  public AvroCodec(Class<T> type) {
    model = SpecificData.getForClass(type);
    current = model.getSchema(type);
    writer = AvroPlan.of(current, type);
    currentFingerprint = remember(current);
  }

  /** Fingerprint of the schema that {@link #encode} writes with. */
  public long fingerprint() {
    return currentFingerprint;
  }

  /**
   * Makes bytes readable that an older version of the schema wrote.
   *
   * @param schema the older schema
   * @return its fingerprint
   */
  public long remember(Schema schema) {
    long fingerprint = SchemaNormalization.parsingFingerprint64(schema);
    writerSchemas.putIfAbsent(fingerprint, schema);
    return fingerprint;
  }

  /**
   * Every schema that may have written bytes still in state, as JSON: what a snapshot must keep.
   */
  public List<String> knownSchemas() {
    List<String> known = new ArrayList<>();
    for (Schema schema : writerSchemas.values()) {
      known.add(schema.toString());
    }
    return known;
  }

  /** Avro binary of {@code value}, written with the current schema. */
  public byte[] encode(T value) throws IOException {
    return writer.write(value, 0);
  }

  /**
   * Reads bytes that the schema with the given fingerprint wrote.
   *
   * @throws IOException when no remembered schema has that fingerprint or the bytes do not fit it
   */
  public T decode(long fingerprint, byte[] bytes) throws IOException {
    SpecificDatumReader<T> reader = readers.get(fingerprint);
    if (reader == null) {
      reader = reader(fingerprint);
    }
    decoder = DecoderFactory.get().binaryDecoder(bytes, decoder);
    return reader.read(null, decoder);
  }

  private SpecificDatumReader<T> reader(long fingerprint) throws IOException {
    Schema schema = writerSchemas.get(fingerprint);
    if (schema == null) {
      throw new IOException(
          "Schema fingerprint %016x of %s is not known: the snapshot must carry every schema that wrote its bytes"
              .formatted(fingerprint, current.getFullName()));
    }
    SpecificDatumReader<T> reader = new SpecificDatumReader<>(schema, current, model);
    readers.put(fingerprint, reader);
    return reader;
  }
}
