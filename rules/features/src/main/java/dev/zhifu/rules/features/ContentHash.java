package dev.zhifu.rules.features;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Set;
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

  private ContentHash() {}

  /** Hash of all fields but those that may differ between copies. */
  static long of(SpecificRecord record) {
    long hash = Hash64.of(record.getSchema().getName());
    for (Schema.Field field : record.getSchema().getFields()) {
      if (!LEFT_OUT.contains(field.name())) {
        hash = Hash64.add(hash, valueHash(record.get(field.pos())));
      }
    }
    return hash;
  }

  private static long valueHash(Object value) {
    if (value == null) {
      return Hash64.NONE;
    }
    if (value instanceof String text) {
      return Hash64.of(text);
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
      return Hash64.of(constant.name());
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
    return Hash64.of(value.toString());
  }
}
