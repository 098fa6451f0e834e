package dev.zhifu.stack.e2e;

import dev.zhifu.schemas.wire.AvroCodec;
import dev.zhifu.schemas.wire.RegistrySettings;
import dev.zhifu.stack.broker.BrokerAccess;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes as one principal and says where each record stands. */
final class Pen implements AutoCloseable {
  private static final String HEARTBEAT = "zhifu-heartbeat";

  private final KafkaProducer<byte[], byte[]> producer;
  private final AvroCodec codec;

  Pen(BrokerAccess access, RegistrySettings registry) {
    Properties properties = access.clientProperties();
    properties.put("acks", "all");
    properties.put("linger.ms", "0");
    properties.put("delivery.timeout.ms", "60000");
    this.producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    this.codec = registry.codec();
  }

  /** Returns once the record is on the broker. */
  RecordMetadata write(String topic, String key, SpecificRecord value) {
    return raw(topic, key, bytes(topic, value));
  }

  /** The bytes that {@link #write} sends. */
  byte[] bytes(String topic, SpecificRecord value) {
    return codec.serialize(topic, value);
  }

  /** Writes bytes as a faulty sender would. */
  RecordMetadata raw(String topic, String key, byte[] value) {
    return done(
        producer.send(new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value)));
  }

  /** Says on every partition that all up to {@code at} has been sent. */
  void heartbeat(String topic, Instant at) {
    byte[] millis = String.valueOf(at.toEpochMilli()).getBytes(StandardCharsets.US_ASCII);
    producer
        .partitionsFor(topic)
        .forEach(
            partition -> {
              ProducerRecord<byte[], byte[]> record =
                  new ProducerRecord<>(topic, partition.partition(), null, null);
              record.headers().add(HEARTBEAT, millis);
              producer.send(record);
            });
    producer.flush();
  }

  private static RecordMetadata done(Future<RecordMetadata> sent) {
    try {
      return sent.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a record was not written: " + e.getCause(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while writing", e);
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
