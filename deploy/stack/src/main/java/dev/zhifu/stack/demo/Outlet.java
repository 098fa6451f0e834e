package dev.zhifu.stack.demo;

import dev.zhifu.schemas.wire.AvroCodec;
import dev.zhifu.stack.StackException;
import dev.zhifu.stack.broker.BrokerAccess;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes records to topics as one principal. A record that could not be written fails the next
 * call.
 */
final class Outlet implements AutoCloseable {
  private final KafkaProducer<byte[], byte[]> producer;
  private final AvroCodec codec;
  private final AtomicReference<Exception> failure = new AtomicReference<>();

  Outlet(BrokerAccess access, AvroCodec codec) {
    Properties properties = access.clientProperties();
    properties.put("acks", "all");
    properties.put("enable.idempotence", "true");
    properties.put("linger.ms", "5");
    properties.put("batch.size", "65536");
    properties.put("compression.type", "lz4");
    properties.put("delivery.timeout.ms", "60000");
    this.producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    this.codec = codec;
  }

  /** Writes {@code value}, which carries when it was meant to be sent. */
  void send(String topic, String key, SpecificRecord value, long plannedMs) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            topic, key.getBytes(StandardCharsets.UTF_8), codec.serialize(topic, value));
    record.headers().add(Headers.SENT, Headers.millis(plannedMs));
    post(record);
  }

  /** Says on every partition of {@code topic} that all up to {@code atMs} has been sent. */
  void heartbeat(String topic, long atMs) {
    producer
        .partitionsFor(topic)
        .forEach(
            partition -> {
              ProducerRecord<byte[], byte[]> record =
                  new ProducerRecord<>(topic, partition.partition(), null, null);
              record.headers().add(Headers.HEARTBEAT, Headers.millis(atMs));
              post(record);
            });
  }

  private void post(ProducerRecord<byte[], byte[]> record) {
    requireWell();
    producer.send(
        record,
        (written, problem) -> {
          if (problem != null) {
            failure.compareAndSet(null, problem);
          }
        });
  }

  /** Returns once everything sent is on the broker. */
  void flush() {
    producer.flush();
    requireWell();
  }

  private void requireWell() {
    Exception problem = failure.get();
    if (problem != null) {
      throw new StackException("a record could not be written: " + problem.getMessage(), problem);
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
