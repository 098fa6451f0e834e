package dev.zhifu.jobs.io;

import dev.zhifu.schemas.wire.AvroCodec;
import dev.zhifu.schemas.wire.RegistrySettings;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Writes elements to the topic that each names, keyed as the topic table says.
 *
 * @param <E> element
 */
public final class AvroRecordSerializer<E> implements KafkaRecordSerializationSchema<E> {
  private static final long serialVersionUID = 1L;

  /** A function that travels to the workers. */
  public interface Part<E, R> extends Function<E, R>, Serializable {}

  private final RegistrySettings registry;
  private final Part<E, String> topic;
  private final Part<E, String> key;
  private final Part<E, SpecificRecord> value;
  private transient AvroCodec codec;

  public AvroRecordSerializer(
      RegistrySettings registry,
      Part<E, String> topic,
      Part<E, String> key,
      Part<E, SpecificRecord> value) {
    this.registry = registry;
    this.topic = topic;
    this.key = key;
    this.value = value;
  }

  @Override
  public void open(
      SerializationSchema.InitializationContext context, KafkaSinkContext sinkContext) {
    codec = registry.codec();
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      E element, KafkaSinkContext context, Long timestamp) {
    String to = topic.apply(element);
    byte[] keyBytes = key.apply(element).getBytes(StandardCharsets.UTF_8);
    return new ProducerRecord<>(
        to, null, null, keyBytes, codec.serialize(to, value.apply(element)));
  }
}
