package dev.zhifu.jobs.io;

import dev.zhifu.jobs.flow.Ingested;
import dev.zhifu.jobs.io.AvroRecordSerializer.Part;
import dev.zhifu.schemas.access.KafkaAccess;
import dev.zhifu.schemas.wire.RegistrySettings;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;

/**
 * Topics as a job's sources and sinks, for jobs that read several topics whole and write by name.
 */
public final class TopicEdges {
  /** A transaction outlives a checkpoint by far and a broker's maximum never. */
  private static final String TRANSACTION_TIMEOUT_MS = "600000";

  private final KafkaAccess access;
  private final RegistrySettings registry;

  public TopicEdges(KafkaAccess access, RegistrySettings registry) {
    this.access = access;
    this.registry = registry;
  }

  /**
   * Committed records of these topics, from the beginning where there is no checkpoint.
   *
   * @param group consumer group; its offsets are never committed
   * @param client prefix of the client ids, one for each source
   */
  public Source<RawRecord, ?, ?> source(List<String> topics, String group, String client) {
    return KafkaSource.<RawRecord>builder()
        .setProperties(access.properties())
        .setTopics(topics)
        .setGroupId(group)
        .setClientIdPrefix(client)
        .setStartingOffsets(OffsetsInitializer.earliest())
        .setProperty("commit.offsets.on.checkpoint", "false")
        .setProperty("isolation.level", "read_committed")
        .setDeserializer(new RawDeserializer())
        .build();
  }

  /**
   * Events of one topic, valid or turned away, with heartbeats; else as {@link #source}.
   *
   * @param type record class of the topic
   */
  public <T extends SpecificRecord> Source<Ingested, ?, ?> events(
      String topic, Class<T> type, String group, String client) {
    return KafkaSource.<Ingested>builder()
        .setProperties(access.properties())
        .setTopics(topic)
        .setGroupId(group)
        .setClientIdPrefix(client)
        .setStartingOffsets(OffsetsInitializer.earliest())
        .setProperty("commit.offsets.on.checkpoint", "false")
        .setProperty("isolation.level", "read_committed")
        .setDeserializer(new EventDeserializer<>(type, registry))
        .build();
  }

  /** Records at once and at least once: their readers tell copies by id. */
  public <T extends SpecificRecord> Sink<T> atOnce(String topic, Part<T, String> key) {
    return KafkaSink.<T>builder()
        .setKafkaProducerConfig(access.properties())
        .setProperty("acks", "all")
        .setProperty("enable.idempotence", "true")
        .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
        .setRecordSerializer(
            new AvroRecordSerializer<T>(registry, element -> topic, key, element -> element))
        .build();
  }

  /**
   * Records exactly once, after the checkpoint that holds them.
   *
   * @param transactions prefix of the transactional ids, of this sink alone
   */
  public <T extends SpecificRecord> Sink<T> once(
      String topic, Part<T, String> key, String transactions) {
    return KafkaSink.<T>builder()
        .setKafkaProducerConfig(access.properties())
        .setProperty("transaction.timeout.ms", TRANSACTION_TIMEOUT_MS)
        .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
        .setTransactionalIdPrefix(transactions)
        .setRecordSerializer(
            new AvroRecordSerializer<T>(registry, element -> topic, key, element -> element))
        .build();
  }
}
