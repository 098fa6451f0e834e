package dev.zhifu.desk.store;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * Records as the store keeps them: Avro single-object encoding. They are read by the version that
 * wrote them alone: a projection of another version is emptied and read again from the topics.
 */
public final class Bodies {
  private static final Map<Class<?>, BinaryMessageEncoder<Object>> WRITERS =
      new ConcurrentHashMap<>();
  private static final Map<Class<?>, BinaryMessageDecoder<Object>> READERS =
      new ConcurrentHashMap<>();

  private Bodies() {}

  /** The bytes of {@code record}. */
  public static byte[] write(SpecificRecordBase record) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      WRITERS
          .computeIfAbsent(
              record.getClass(),
              type -> new BinaryMessageEncoder<>(record.getSpecificData(), record.getSchema()))
          .encode(record, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** The record of {@code bytes}. */
  @SuppressWarnings("unchecked")
  public static <T extends SpecificRecord> T read(byte[] bytes, Class<T> type) {
    try {
      return (T) READERS.computeIfAbsent(type, Bodies::reader).decode(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("a stored " + type.getSimpleName() + " cannot be read", e);
    }
  }

  private static BinaryMessageDecoder<Object> reader(Class<?> type) {
    SpecificData data = SpecificData.getForClass(type);
    return new BinaryMessageDecoder<>(data, data.getSchema(type));
  }
}
