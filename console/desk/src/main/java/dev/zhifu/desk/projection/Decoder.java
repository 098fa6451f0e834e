package dev.zhifu.desk.projection;

import org.apache.avro.specific.SpecificRecord;

/** Reads the values of records. */
public interface Decoder {
  /**
   * The record of {@code value}.
   *
   * @throws UnreadableException when it is not of {@code type}
   */
  <T extends SpecificRecord> T deserialize(String topic, byte[] value, Class<T> type)
      throws UnreadableException;
}
