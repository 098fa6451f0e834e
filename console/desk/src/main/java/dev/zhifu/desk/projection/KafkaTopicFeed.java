package dev.zhifu.desk.projection;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Topics on Kafka, without a consumer group: the store remembers how far it has read. */
public final class KafkaTopicFeed implements TopicFeed {
  private static final int RECORDS_MAX = 1_000;

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<TopicPartition> partitions = new ArrayList<>();

  /**
   * @param client Kafka's client settings: bootstrap servers and credentials
   * @param topics topics to read
   */
  public KafkaTopicFeed(Map<String, Object> client, Collection<String> topics) {
    Map<String, Object> settings = new HashMap<>(client);
    settings.put("isolation.level", "read_committed");
    settings.put("auto.offset.reset", "earliest");
    settings.put("enable.auto.commit", "false");
    settings.put("allow.auto.create.topics", "false");
    settings.put("max.poll.records", RECORDS_MAX);
    settings.put("fetch.max.wait.ms", 50);
    this.consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    for (String topic : topics) {
      consumer
          .partitionsFor(topic)
          .forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
    }
    consumer.assign(partitions);
  }

  @Override
  public void seek(Map<Place, Long> nextOffsets) {
    Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions);
    for (TopicPartition partition : partitions) {
      Long next = nextOffsets.get(new Place(partition.topic(), partition.partition()));
      // A topic forgets its oldest records by its retention; what the store has of them stays.
      consumer.seek(partition, next == null ? first.get(partition) : next);
    }
  }

  @Override
  public List<TopicRecord> poll(Duration wait) {
    List<TopicRecord> records = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(wait)) {
      records.add(
          new TopicRecord(
              record.topic(), record.partition(), record.offset(), record.key(), record.value()));
    }
    return records;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
