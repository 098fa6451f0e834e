package dev.zhifu.jobs.io;

import dev.zhifu.schemas.access.KafkaAccess;
import dev.zhifu.schemas.wire.AvroCodec;
import dev.zhifu.schemas.wire.RegistrySettings;
import dev.zhifu.schemas.wire.WireException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads a topic once, from its beginning to where it ends when the reading begins. */
public final class TopicScan {
  private static final Duration POLL = Duration.ofMillis(200);

  private final KafkaAccess access;
  private final RegistrySettings registry;

  /** Reads as {@code access} says, with writers' schemas from {@code registry}. */
  public TopicScan(KafkaAccess access, RegistrySettings registry) {
    this.access = access;
    this.registry = registry;
  }

  /**
   * Hands every record with a value to {@code each}, in the order of its partition.
   *
   * @throws IllegalArgumentException names the position of a record that cannot be decoded
   */
  public <T extends SpecificRecord> void read(String topic, Class<T> type, Consumer<T> each) {
    AvroCodec codec = registry.codec();
    Properties properties = access.properties();
    properties.setProperty("enable.auto.commit", "false");
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          if (record.value() != null) {
            each.accept(decoded(codec, record, type));
          }
        }
      }
    }
  }

  private static <T extends SpecificRecord> T decoded(
      AvroCodec codec, ConsumerRecord<byte[], byte[]> record, Class<T> type) {
    try {
      return codec.deserialize(record.topic(), record.value(), type);
    } catch (WireException e) {
      throw new IllegalArgumentException(
          record.topic()
              + "-"
              + record.partition()
              + " offset "
              + record.offset()
              + " cannot be read: "
              + e.getMessage(),
          e);
    }
  }
}
