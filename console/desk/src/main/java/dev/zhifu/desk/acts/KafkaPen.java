package dev.zhifu.desk.acts;

import dev.zhifu.schemas.wire.AvroCodec;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes to Kafka. Safe for use by several threads. */
public final class KafkaPen implements TopicPen, AutoCloseable {
  /** A person waits: what the broker has not taken by then is shown as not sent. */
  private static final int CONFIRM_MILLIS = 4_000;

  private final KafkaProducer<byte[], byte[]> producer;
  private final AvroCodec codec;

  /**
   * @param client Kafka's client settings: bootstrap servers and credentials
   * @param codec writes values
   */
  public KafkaPen(Map<String, Object> client, AvroCodec codec) {
    Map<String, Object> settings = new HashMap<>(client);
    settings.put("acks", "all");
    settings.put("enable.idempotence", "true");
    settings.put("max.block.ms", CONFIRM_MILLIS);
    settings.put("request.timeout.ms", CONFIRM_MILLIS / 2);
    settings.put("delivery.timeout.ms", CONFIRM_MILLIS);
    settings.put("linger.ms", 0);
    settings.put("buffer.memory", 4_194_304);
    this.producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    this.codec = codec;
  }

  @Override
  public void write(String topic, String key, SpecificRecordBase value) {
    try {
      producer
          .send(
              new ProducerRecord<>(
                  topic, key.getBytes(StandardCharsets.UTF_8), codec.serialize(topic, value)))
          .get(CONFIRM_MILLIS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new KafkaException("topic " + topic + " did not take the record: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted while writing to " + topic, e);
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
