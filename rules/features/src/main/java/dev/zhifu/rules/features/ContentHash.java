package dev.zhifu.rules.features;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/**
 * A hash of what a message says, so that a second message with the same id can be told to be a copy
 * or a contradiction. Walks the record by its schema, so that a field added later counts at once.
 */
final class ContentHash {
  /**
   * What may differ between two true copies: when the ingress received them, and the ciphertext,
   * which is random where it had to be made anew.
   */
  private static final Set<String> LEFT_OUT = Set.of("receivedAt", "cipher");

  private static final Map<Class<?>, Walk> WALKS = new ConcurrentHashMap<>();

  /** Every event is hashed and nearly none is ever compared: texts eight bytes at a time. */
  static final ContentHash NOW = new ContentHash(Hash64::ofWhole);

  /** As ids were remembered before ADR-0180; what a savepoint has of them lives a day. */
  static final ContentHash BEFORE = new ContentHash(Hash64::of);

  private final ToLongFunction<String> texts;

  private ContentHash(ToLongFunction<String> texts) {
    this.texts = texts;
  }

  /** Which fields of a record count, and what its name hashes to. */
  private record Walk(long name, int[] fields) {
    static Walk of(Schema schema) {
      return new Walk(
          Hash64.of(schema.getName()),
          schema.getFields().stream()
              .filter(field -> !LEFT_OUT.contains(field.name()))
              .mapToInt(Schema.Field::pos)
              .toArray());
    }
  }

  /** Hash of all fields but those that may differ between copies. */
  long of(SpecificRecord record) {
    Walk walk = WALKS.get(record.getClass());
    if (walk == null) {
      walk = Walk.of(record.getSchema());
      WALKS.put(record.getClass(), walk);
    }
    long hash = walk.name;
    for (int field : walk.fields) {
      hash = Hash64.add(hash, valueHash(record.get(field)));
    }
    return hash;
  }

  private long valueHash(Object value) {
    if (value == null) {
      return Hash64.NONE;
    }
    if (value instanceof String text) {
      return texts.applyAsLong(text);
    }
    if (value instanceof SpecificRecord record) {
      return of(record);
    }
    if (value instanceof List<?> list) {
      long hash = list.size();
      for (Object each : list) {
        hash = Hash64.add(hash, valueHash(each));
      }
      return hash;
    }
    if (value instanceof Enum<?> constant) {
      return texts.applyAsLong(constant.name());
    }
    if (value instanceof ByteBuffer bytes) {
      return bytes.duplicate().hashCode();
    }
    if (value instanceof Long number) {
      return number;
    }
    if (value instanceof Instant instant) {
      return instant.toEpochMilli();
    }
    // What is left, small numbers, booleans and dates, prints exactly what it is.
    return texts.applyAsLong(value.toString());
  }
}
