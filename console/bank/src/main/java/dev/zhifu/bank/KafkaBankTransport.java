package dev.zhifu.bank;

import dev.zhifu.schemas.crypto.Sha256;
import dev.zhifu.schemas.wire.AvroCodec;
import dev.zhifu.schemas.wire.WireException;
import dev.zhifu.wire.BankInbound;
import dev.zhifu.wire.OrderEnvelope;
import dev.zhifu.wire.RiskHold;
import dev.zhifu.wire.RiskHoldOutcome;
import dev.zhifu.wire.StopPaymentReceipt;
import dev.zhifu.wire.TransferDecision;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * One bank's topics on Kafka, with its own credentials: reads {@code bank.CODE.decisions}, {@code
 * .holds} and {@code .orders} (one partition each, assigned, so that no group is joined), writes
 * {@code bank.CODE.inbound}. Buffers are small: a bank's share of a city is a few messages a
 * second.
 */
public final class KafkaBankTransport implements BankTransport {
  private static final int FETCH_BYTES = 262_144;
  private static final int BATCH_BYTES = 16_384;
  private static final int PRODUCER_BYTES = 1_048_576;
  private static final int SOCKET_BYTES = 32_768;
  private static final int POLL_RECORDS_MAX = 200;

  private final AvroCodec codec;
  private final TopicPartition decisions;
  private final TopicPartition holds;
  private final TopicPartition orders;
  private final String inbound;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final KafkaProducer<byte[], byte[]> producer;
  private final List<Future<RecordMetadata>> sent = new ArrayList<>();
  private final Map<TopicPartition, Long> firsts = new HashMap<>();
  private final Map<TopicPartition, OffsetAndMetadata> nexts = new HashMap<>();

  /**
   * @param bank code of the bank
   * @param client Kafka's client settings: bootstrap servers and this bank's credentials
   * @param codec reads and writes records with the registry
   */
  public KafkaBankTransport(String bank, Map<String, Object> client, AvroCodec codec) {
    this.codec = codec;
    this.decisions = new TopicPartition("bank." + bank + ".decisions", 0);
    this.holds = new TopicPartition("bank." + bank + ".holds", 0);
    this.orders = new TopicPartition("bank." + bank + ".orders", 0);
    this.inbound = "bank." + bank + ".inbound";
    this.consumer = new KafkaConsumer<>(consumerSettings(bank, client));
    this.producer = new KafkaProducer<>(producerSettings(client));
    consumer.assign(List.of(decisions, holds, orders));
  }

  @Override
  public List<BankMessage> poll(Duration wait) {
    goBack();
    List<BankMessage> messages = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(wait)) {
      TopicPartition partition = new TopicPartition(record.topic(), record.partition());
      firsts.putIfAbsent(partition, record.offset());
      nexts.put(partition, new OffsetAndMetadata(record.offset() + 1));
      messages.add(read(partition, record));
    }
    return messages;
  }

  @Override
  public void send(BankInbound answer) {
    byte[] key = keyOf(answer).getBytes(StandardCharsets.UTF_8);
    sent.add(producer.send(new ProducerRecord<>(inbound, key, codec.serialize(inbound, answer))));
  }

  @Override
  public void acknowledge() {
    try {
      producer.flush();
      for (Future<RecordMetadata> answer : sent) {
        answer.get();
      }
      consumer.commitSync(nexts);
      firsts.clear();
      nexts.clear();
      sent.clear();
    } catch (ExecutionException | KafkaException e) {
      throw new KafkaException("Answers on " + inbound + " were not sent; they are tried again", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("Interrupted while answers on " + inbound + " were sent", e);
    }
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(2));
    consumer.close();
  }

  /** What was polled since the last commit is read again; the ledger makes that harmless. */
  private void goBack() {
    firsts.forEach(consumer::seek);
    firsts.clear();
    nexts.clear();
    sent.clear();
  }

  private BankMessage read(TopicPartition partition, ConsumerRecord<byte[], byte[]> record) {
    byte[] value = record.value();
    try {
      if (partition.equals(decisions)) {
        return new BankMessage.Decision(
            codec.deserialize(record.topic(), value, TransferDecision.class));
      }
      if (partition.equals(holds)) {
        return new BankMessage.Hold(codec.deserialize(record.topic(), value, RiskHold.class));
      }
      return new BankMessage.Order(codec.deserialize(record.topic(), value, OrderEnvelope.class));
    } catch (WireException e) {
      String where = record.topic() + ":" + record.partition() + ":" + record.offset();
      byte[] bytes = value == null ? new byte[0] : value;
      return new BankMessage.Unreadable(
          partition.equals(orders), where, e.getMessage(), Sha256.hex(ByteBuffer.wrap(bytes)));
    }
  }

  /** Answers of one order or hold stay in order; one that names none goes by its payload's hash. */
  private static String keyOf(BankInbound answer) {
    if (answer.getBody() instanceof RiskHoldOutcome outcome) {
      return outcome.getHoldId();
    }
    StopPaymentReceipt receipt = (StopPaymentReceipt) answer.getBody();
    return receipt.getOrderId().isEmpty() ? receipt.getPayloadSha256() : receipt.getOrderId();
  }

  private static Map<String, Object> consumerSettings(String bank, Map<String, Object> client) {
    Map<String, Object> settings = new HashMap<>(client);
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, "bank-" + bank + "-library");
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
    settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES);
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, POLL_RECORDS_MAX);
    settings.put(ConsumerConfig.RECEIVE_BUFFER_CONFIG, SOCKET_BYTES);
    settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    return settings;
  }

  private static Map<String, Object> producerSettings(Map<String, Object> client) {
    Map<String, Object> settings = new HashMap<>(client);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    settings.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
    settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, PRODUCER_BYTES);
    settings.put(ProducerConfig.SEND_BUFFER_CONFIG, SOCKET_BYTES);
    settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    return settings;
  }
}
