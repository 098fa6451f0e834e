package dev.zhifu.stack.e2e;

import dev.zhifu.schemas.wire.AvroCodec;
import dev.zhifu.schemas.wire.RegistrySettings;
import dev.zhifu.schemas.wire.WireException;
import dev.zhifu.stack.broker.BrokerAccess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What stands on some topics, read as one principal from their beginning, committed records only.
 *
 * @param <T> record class
 */
final class Tail<T extends SpecificRecord> implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);

  /**
   * One record.
   *
   * @param value decoded
   * @param topic where it stands
   * @param offset where it stands
   * @param sentMs time stamp that its producer gave it
   */
  record Seen<T>(T value, String topic, long offset, long sentMs) {}

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final AvroCodec codec;
  private final Class<T> type;
  private final List<TopicPartition> partitions;
  private final List<Seen<T>> seen = new ArrayList<>();

  Tail(BrokerAccess access, RegistrySettings registry, Class<T> type, Collection<String> topics) {
    Properties properties = access.clientProperties();
    properties.put("isolation.level", "read_committed");
    properties.put("auto.offset.reset", "earliest");
    properties.put("enable.auto.commit", "false");
    properties.put("fetch.max.wait.ms", "50");
    this.consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    this.codec = registry.codec();
    this.type = type;
    this.partitions =
        topics.stream()
            .flatMap(topic -> consumer.partitionsFor(topic).stream())
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** Reads what has come; returns whether anything had. */
  boolean poll() {
    boolean came = false;
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
      came = true;
      if (record.value() != null) {
        seen.add(new Seen<>(decode(record), record.topic(), record.offset(), record.timestamp()));
      }
    }
    return came;
  }

  /** Reads to the end that the topics have now. */
  Tail<T> catchUp() {
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      poll();
    }
    return this;
  }

  /** Forgets what it has read and reads on at the present end. */
  void forget() {
    consumer.seekToEnd(partitions);
    partitions.forEach(consumer::position);
    seen.clear();
  }

  /** All read so far, in the order of arrival. */
  List<Seen<T>> all() {
    return List.copyOf(seen);
  }

  /** Values read so far. */
  Stream<T> values() {
    return all().stream().map(Seen::value);
  }

  /** The newest read so far that fits. */
  Optional<Seen<T>> newest(Predicate<T> fits) {
    return seen.stream().filter(one -> fits.test(one.value())).reduce((one, next) -> next);
  }

  private T decode(ConsumerRecord<byte[], byte[]> record) {
    try {
      return codec.deserialize(record.topic(), record.value(), type);
    } catch (WireException e) {
      throw new IllegalStateException(
          record.topic() + ":" + record.offset() + " cannot be read: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
