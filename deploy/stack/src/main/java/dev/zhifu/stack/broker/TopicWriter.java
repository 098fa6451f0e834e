package dev.zhifu.stack.broker;

import dev.zhifu.schemas.wire.AvroCodec;
import dev.zhifu.schemas.wire.RegistrySettings;
import dev.zhifu.stack.StackException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes single records and waits for each; for commands, not for streams. */
public final class TopicWriter implements AutoCloseable {
  private final KafkaProducer<byte[], byte[]> producer;
  private final AvroCodec codec;

  /** Writes as {@code access}'s principal. */
  public TopicWriter(BrokerAccess access, RegistrySettings registry) {
    Properties properties = access.clientProperties();
    properties.put("acks", "all");
    properties.put("max.block.ms", "20000");
    properties.put("delivery.timeout.ms", "20000");
    properties.put("request.timeout.ms", "10000");
    this.producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    this.codec = registry.codec();
  }

  /**
   * Writes one record; returns once it is on the broker.
   *
   * @return where it stands, topic:partition:offset
   * @throws StackException when the broker refuses it or does not answer
   */
  public String write(String topic, String key, SpecificRecord value) {
    return write(topic, key.getBytes(StandardCharsets.UTF_8), codec.serialize(topic, value));
  }

  /** Writes raw bytes, as a faulty writer would. */
  public String write(String topic, byte[] key, byte[] value) {
    return send(new ProducerRecord<>(topic, key, value));
  }

  /** Writes raw bytes with one header. */
  public String write(String topic, byte[] key, byte[] value, String header, String text) {
    ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, key, value);
    record.headers().add(header, text.getBytes(StandardCharsets.UTF_8));
    return send(record);
  }

  private String send(ProducerRecord<byte[], byte[]> record) {
    String topic = record.topic();
    try {
      RecordMetadata at = producer.send(record).get();
      return at.topic() + ":" + at.partition() + ":" + at.offset();
    } catch (ExecutionException e) {
      throw new StackException(
          "topic " + topic + " cannot be written: " + e.getCause().getMessage(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("interrupted while writing to " + topic, e);
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
