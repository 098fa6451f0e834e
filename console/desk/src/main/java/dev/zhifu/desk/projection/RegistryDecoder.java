package dev.zhifu.desk.projection;

import dev.zhifu.schemas.wire.AvroCodec;
import dev.zhifu.schemas.wire.WireException;
import org.apache.avro.specific.SpecificRecord;

/** Reads values as they stand on Kafka, with the schema registry. */
public final class RegistryDecoder implements Decoder {
  private final AvroCodec codec;

  /** Reads with {@code codec}. */
  public RegistryDecoder(AvroCodec codec) {
    this.codec = codec;
  }

  @Override
  public <T extends SpecificRecord> T deserialize(String topic, byte[] value, Class<T> type)
      throws UnreadableException {
    try {
      return codec.deserialize(topic, value, type);
    } catch (WireException e) {
      throw new UnreadableException(e.reason() + ": " + e.getMessage());
    }
  }
}
