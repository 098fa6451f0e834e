package dev.zhifu.stack.lives;

import dev.zhifu.schemas.wire.AvroCodec;
import dev.zhifu.schemas.wire.RegistrySettings;
import dev.zhifu.stack.broker.BrokerAccess;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.ClockTick;
import dev.zhifu.wire.TelecomEvent;
import dev.zhifu.wire.TransactionPhase;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends {@link LoadEvents} at a steady rate in real time, with heartbeats and ticks. Each event has
 * a planned moment, which is its event time; who falls behind catches up and is late by it. Ends
 * when it is stopped or has sent as many as it was given.
 */
final class LoadFeed implements Runnable, AutoCloseable {
  private static final long TICK_MS = 1_000;
  private static final String HEARTBEAT = "zhifu-heartbeat";
  private static final List<String> STREAMS =
      List.of("bank.transactions", "bank.access", "telecom.events");

  private final KafkaProducer<byte[], byte[]> producer;
  private final AvroCodec codec;
  private final LoadEvents events;
  private final int rate;
  private final long limit;
  private final Set<String> asked = ConcurrentHashMap.newKeySet();
  private volatile boolean stopped;
  private volatile long sent;
  private long ticks;

  /**
   * A feed that has not begun.
   *
   * @param seed of the events
   * @param rate events a second
   * @param limit events, after which it ends
   */
  LoadFeed(BrokerAccess city, RegistrySettings registry, long seed, int rate, long limit) {
    Properties properties = city.clientProperties();
    properties.put("acks", "all");
    properties.put("linger.ms", "2");
    properties.put("compression.type", "lz4");
    this.producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    this.codec = registry.codec();
    this.events = new LoadEvents(seed);
    this.rate = rate;
    this.limit = limit;
  }

  /** Events sent so far. */
  long sent() {
    return sent;
  }

  /** Transactions that await an answer and were sent so far; grows while the feed runs. */
  Set<String> asked() {
    return asked;
  }

  /** Ends {@link #run}. */
  void stop() {
    stopped = true;
  }

  @Override
  public void run() {
    // Wall clock on purpose: a load generator keeps to planned sending times at speed 1.
    long start = System.currentTimeMillis();
    long nextTick = start;
    while (!stopped && sent < limit) {
      long planned = start + sent * 1_000 / rate;
      long now = System.currentTimeMillis();
      if (planned > now) {
        LockSupport.parkNanos((planned - now) * 1_000_000);
      }
      if (planned >= nextTick) {
        tick(planned);
        nextTick += TICK_MS;
      }
      event(Instant.ofEpochMilli(planned));
      sent++;
    }
    producer.flush();
  }

  private void event(Instant at) {
    if (events.nextIsCall()) {
      TelecomEvent call = events.call(at);
      send("telecom.events", call.getNumberToken(), call);
    } else {
      BankTransaction transfer = events.transfer(at);
      if (transfer.getPhase() == TransactionPhase.AWAITING) {
        asked.add(transfer.getTransactionId());
      }
      send("bank.transactions", transfer.getPayer().getAccountToken(), transfer);
    }
  }

  private void tick(long atMs) {
    byte[] millis = String.valueOf(atMs).getBytes(StandardCharsets.US_ASCII);
    for (String topic : STREAMS) {
      producer
          .partitionsFor(topic)
          .forEach(
              partition -> {
                ProducerRecord<byte[], byte[]> beat =
                    new ProducerRecord<>(topic, partition.partition(), null, null);
                beat.headers().add(HEARTBEAT, millis);
                producer.send(beat);
              });
    }
    send(
        "clock.ticks", "clock", new ClockTick(Instant.ofEpochMilli(atMs), ticks++, "bench", false));
  }

  private void send(String topic, String key, SpecificRecord value) {
    producer.send(
        new ProducerRecord<>(
            topic, key.getBytes(StandardCharsets.UTF_8), codec.serialize(topic, value)));
  }

  @Override
  public void close() {
    producer.close();
  }
}
