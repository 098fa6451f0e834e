package dev.zhifu.stack.broker;

import dev.zhifu.schemas.wire.AvroCodec;
import dev.zhifu.schemas.wire.RegistrySettings;
import dev.zhifu.schemas.wire.WireException;
import dev.zhifu.stack.StackException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads topics from their start to the end they have now, without a consumer group. Not for several
 * threads.
 */
public final class TopicReader implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Properties properties;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final AvroCodec codec;

  /** Reads as {@code access}'s principal. */
  public TopicReader(BrokerAccess access, RegistrySettings registry) {
    this.properties = access.clientProperties();
    properties.put("isolation.level", "read_committed");
    properties.put("auto.offset.reset", "earliest");
    properties.put("enable.auto.commit", "false");
    properties.put("default.api.timeout.ms", "20000");
    this.consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    this.codec = registry.codec();
  }

  /** Every record of {@code topics}, in the order of each partition. */
  public <T extends SpecificRecord> List<T> readAll(Collection<String> topics, Class<T> type) {
    List<T> all = new ArrayList<>();
    scan(topics, record -> all.add(decode(record, type)));
    return all;
  }

  /**
   * Shows every record to {@code sink}.
   *
   * @throws StackException when the broker does not let this principal read, or does not answer
   */
  public void scan(Collection<String> topics, Consumer<ConsumerRecord<byte[], byte[]>> sink) {
    try {
      List<TopicPartition> partitions = partitions(topics);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions));
      long limit = System.nanoTime() + LIMIT.toNanos();
      while (isBehind(ends)) {
        consumer.poll(POLL).forEach(sink);
        if (System.nanoTime() > limit) {
          throw new StackException(
              "topics "
                  + topics
                  + " could not be read to their end in "
                  + LIMIT.toSeconds()
                  + " s");
        }
      }
    } catch (KafkaException e) {
      throw new StackException("topics " + topics + " cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * Waits until the transactions that were open when this was called have ended, so that what stood
   * on {@code topics} then can be read.
   *
   * @param limit how long at most,; what is open longer belongs to a writer that is gone
   */
  public void awaitCommitted(Collection<String> topics, Duration limit) {
    Properties uncommitted = new Properties();
    uncommitted.putAll(properties);
    uncommitted.put("isolation.level", "read_uncommitted");
    try (KafkaConsumer<byte[], byte[]> other =
        new KafkaConsumer<>(
            uncommitted, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions = partitions(topics);
      Map<TopicPartition, Long> ends = other.endOffsets(partitions);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      long end = System.nanoTime() + limit.toNanos();
      while (System.nanoTime() < end
          && consumer.endOffsets(partitions).entrySet().stream()
              .anyMatch(stable -> stable.getValue() < ends.get(stable.getKey()))) {
        consumer.poll(POLL);
      }
    } catch (KafkaException e) {
      throw new StackException("topics " + topics + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** Stands at the end of {@code topics}: {@link #poll} shows what comes from now on. */
  public void seekToEnd(Collection<String> topics) {
    try {
      List<TopicPartition> partitions = partitions(topics);
      consumer.assign(partitions);
      consumer.seekToEnd(partitions);
      partitions.forEach(consumer::position);
    } catch (KafkaException e) {
      throw new StackException("topics " + topics + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** Shows what has come since, waiting at most {@code wait} for something. */
  public void poll(Duration wait, Consumer<ConsumerRecord<byte[], byte[]>> sink) {
    try {
      consumer.poll(wait).forEach(sink);
    } catch (KafkaException e) {
      throw new StackException("the broker does not answer: " + e.getMessage(), e);
    }
  }

  private List<TopicPartition> partitions(Collection<String> topics) {
    List<TopicPartition> partitions = new ArrayList<>();
    for (String topic : topics) {
      consumer
          .partitionsFor(topic)
          .forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
    }
    return partitions;
  }

  private boolean isBehind(Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue());
  }

  /**
   * The record's value.
   *
   * @throws StackException when it is not of {@code type}
   */
  public <T extends SpecificRecord> T decode(ConsumerRecord<byte[], byte[]> record, Class<T> type) {
    try {
      return codec.deserialize(record.topic(), record.value(), type);
    } catch (WireException e) {
      throw new StackException(
          "record "
              + record.topic()
              + ":"
              + record.partition()
              + ":"
              + record.offset()
              + " cannot be read: "
              + e.getMessage(),
          e);
    }
  }

  /** As {@link #decode}; empty for a record that another reader has turned away already. */
  public <T extends SpecificRecord> Optional<T> readable(
      ConsumerRecord<byte[], byte[]> record, Class<T> type) {
    try {
      return Optional.of(codec.deserialize(record.topic(), record.value(), type));
    } catch (WireException e) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
