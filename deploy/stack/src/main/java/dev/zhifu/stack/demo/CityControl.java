package dev.zhifu.stack.demo;

import dev.zhifu.schemas.wire.AvroCodec;
import dev.zhifu.schemas.wire.WireException;
import dev.zhifu.stack.StackException;
import dev.zhifu.stack.broker.BrokerAccess;
import dev.zhifu.wire.ClockTick;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.StopPaymentRequest;
import dev.zhifu.wire.VictimWarning;
import dev.zhifu.workload.CityEffects;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What the engine tells the city, save what goes to its banks: how far it has come, warnings and
 * requests.
 */
final class CityControl implements AutoCloseable {
  private static final String ECHO = "clock.echo";
  private static final String REQUESTS = "stop.requests";
  private static final String WARNINGS = "victim.warnings";

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final AvroCodec codec;
  private final CityEffects effects;
  private final Map<String, StopPaymentRequest> open = new HashMap<>();
  private Instant echoed = Instant.MIN;

  CityControl(BrokerAccess access, AvroCodec codec, CityEffects effects) {
    Properties properties = access.clientProperties();
    properties.put("enable.auto.commit", "false");
    properties.put("auto.offset.reset", "earliest");
    properties.put("fetch.max.wait.ms", "100");
    this.consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    this.codec = codec;
    this.effects = effects;
    List<TopicPartition> partitions =
        List.of(ECHO, REQUESTS, WARNINGS).stream()
            .flatMap(topic -> consumer.partitionsFor(topic).stream())
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    partitions.forEach(consumer::position);
  }

  /** Takes what has come; answers how many records. */
  int poll(Duration wait) {
    int taken = 0;
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(wait)) {
      take(record);
      taken++;
    }
    return taken;
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    switch (record.topic()) {
      case ECHO -> {
        Instant at = read(record, ClockTick.class).getAt();
        echoed = at.isAfter(echoed) ? at : echoed;
      }
      case REQUESTS -> requested(read(record, StopPaymentRequest.class));
      default -> effects.warned(read(record, VictimWarning.class));
    }
  }

  private void requested(StopPaymentRequest request) {
    if (request.getState() == OrderState.DRAFT) {
      open.put(request.getOrderId(), request);
    }
    effects.requested(request);
  }

  private <T extends org.apache.avro.specific.SpecificRecord> T read(
      ConsumerRecord<byte[], byte[]> record, Class<T> type) {
    try {
      return codec.deserialize(record.topic(), record.value(), type);
    } catch (WireException e) {
      throw new StackException(
          record.topic() + ":" + record.partition() + ":" + record.offset() + ": " + e.getMessage(),
          e);
    }
  }

  /** Up to when the engine has decided on everything; {@link Instant#MIN} before its first word. */
  Instant echoed() {
    return echoed;
  }

  /** The newest unsigned request of an order, or null. */
  StopPaymentRequest request(String orderId) {
    return open.get(orderId);
  }

  @Override
  public void close() {
    consumer.close();
  }
}
