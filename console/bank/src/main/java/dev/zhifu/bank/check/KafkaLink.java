package dev.zhifu.bank.check;

import dev.zhifu.bank.ReleaseAnswer;
import dev.zhifu.bank.StopRelease;
import dev.zhifu.schemas.wire.AvroCodec;
import dev.zhifu.schemas.wire.WireException;
import dev.zhifu.wire.BankInbound;
import dev.zhifu.wire.OrderEnvelope;
import dev.zhifu.wire.RiskHold;
import dev.zhifu.wire.TransferDecision;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Speaks to a bank on its own topics, with the engine's rights. */
public final class KafkaLink implements Link {
  private final String bank;
  private final AvroCodec codec;
  private final KafkaProducer<byte[], byte[]> producer;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<BankInbound> answers = new ArrayList<>();
  private final List<String> faults = new ArrayList<>();

  /**
   * @param bank code of the bank
   * @param client Kafka's client settings: bootstrap servers and credentials that may write the
   *     bank's topics and read its inbound
   * @param codec reads and writes records with the registry
   */
  public KafkaLink(String bank, Map<String, Object> client, AvroCodec codec) {
    this.bank = bank;
    this.codec = codec;
    Map<String, Object> settings = new HashMap<>(client);
    settings.put("acks", "all");
    this.producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    Map<String, Object> reading = new HashMap<>(client);
    reading.put("allow.auto.create.topics", false);
    reading.put("enable.auto.commit", false);
    this.consumer =
        new KafkaConsumer<>(reading, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> inbound = List.of(new TopicPartition("bank." + bank + ".inbound", 0));
    consumer.assign(inbound);
    consumer.seekToEnd(inbound);
    // Positions are found when asked for: before the first message, not after its answer.
    inbound.forEach(consumer::position);
  }

  @Override
  public void send(OrderEnvelope order) {
    write("orders", order);
  }

  @Override
  public void send(RiskHold hold) {
    write("holds", hold);
  }

  @Override
  public void send(TransferDecision decision) {
    write("decisions", decision);
  }

  private void write(String kind, SpecificRecordBase record) {
    String topic = "bank." + bank + "." + kind;
    write(topic, codec.serialize(topic, record));
  }

  @Override
  public boolean carriesReleases() {
    return false;
  }

  @Override
  public void send(StopRelease release) {
    throw new UnsupportedOperationException("a release goes by the gateway, or by the duty desk");
  }

  @Override
  public List<ReleaseAnswer> released(int known, Duration wait) {
    return List.of();
  }

  @Override
  public boolean sendJunk(byte[] bytes) {
    write("bank." + bank + ".orders", bytes);
    return true;
  }

  private void write(String topic, byte[] value) {
    try {
      producer
          .send(new ProducerRecord<>(topic, "check".getBytes(StandardCharsets.UTF_8), value))
          .get();
    } catch (ExecutionException e) {
      throw new KafkaException(topic + " did not take a record: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted while writing to " + topic, e);
    }
  }

  @Override
  public List<BankInbound> answers(int known, Duration wait) {
    long end = System.nanoTime() + wait.toNanos();
    do {
      for (ConsumerRecord<byte[], byte[]> record :
          consumer.poll(Duration.ofMillis(answers.size() > known ? 0 : 100))) {
        try {
          answers.add(codec.deserialize(record.topic(), record.value(), BankInbound.class));
        } catch (WireException e) {
          faults.add(
              "an answer at offset " + record.offset() + " cannot be read: " + e.getMessage());
        }
      }
    } while (answers.size() <= known && System.nanoTime() < end);
    return List.copyOf(answers);
  }

  @Override
  public boolean refuseOnce() {
    return false;
  }

  @Override
  public List<String> faults() {
    return List.copyOf(faults);
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(2));
    consumer.close();
  }
}
