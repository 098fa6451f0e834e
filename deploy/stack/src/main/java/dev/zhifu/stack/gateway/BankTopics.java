package dev.zhifu.stack.gateway;

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

/** Writes to banks' topics as the engine does, waiting for nothing. Safe for several threads. */
final class BankTopics implements AutoCloseable {
  private final KafkaProducer<byte[], byte[]> producer;
  private final AvroCodec codec;
  private final AtomicReference<Exception> failure = new AtomicReference<>();

  BankTopics(BrokerAccess engine, AvroCodec codec) {
    Properties properties = engine.clientProperties();
    properties.put("acks", "all");
    properties.put("linger.ms", "0");
    this.producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    this.codec = codec;
  }

  /**
   * Writes one.
   *
   * @param written done once the broker has it
   */
  void write(String topic, String key, SpecificRecord value, Runnable written) {
    Exception before = failure.get();
    if (before != null) {
      throw new StackException("a record could not be written: " + before.getMessage(), before);
    }
    producer.send(
        new ProducerRecord<>(
            topic, key.getBytes(StandardCharsets.UTF_8), codec.serialize(topic, value)),
        (at, error) -> {
          if (error == null) {
            written.run();
          } else {
            failure.compareAndSet(null, error);
          }
        });
  }

  void flush() {
    producer.flush();
  }

  @Override
  public void close() {
    producer.close();
  }
}
