package dev.zhifu.stack.path;

import dev.zhifu.schemas.topics.TopicTable;
import dev.zhifu.schemas.wire.AvroCodec;
import dev.zhifu.stack.StackException;
import dev.zhifu.stack.broker.BrokerAccess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.Schema;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends a {@link LoadFile} on, each event at its planned moment and stamped with it; ticks, acts
 * and renewals between them go along. Not for several threads, but for {@link #position} and {@link
 * #eventMs}.
 */
final class Sender implements AutoCloseable {
  /** Header with the planned moment, UTC milliseconds in decimal digits. */
  private static final String SENT = "zhifu-sent";

  private final KafkaProducer<byte[], byte[]> city;
  private final KafkaProducer<byte[], byte[]> officers;
  private final AvroCodec codec;
  private final LoadFile.Reader file;
  private final Ledger ledger;
  private final Map<String, byte[]> headers = new HashMap<>();
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private LoadFile.Entry ahead;
  private volatile long events;
  private volatile long eventMs;

  Sender(BrokerAccess city, BrokerAccess officers, AvroCodec codec, Path load, Ledger ledger)
      throws IOException {
    this.city = producer(city);
    this.officers = producer(officers);
    this.codec = codec;
    this.file = new LoadFile.Reader(load);
    this.ledger = ledger;
    this.ahead = file.next();
  }

  private static KafkaProducer<byte[], byte[]> producer(BrokerAccess access) {
    Properties properties = access.clientProperties();
    properties.put("acks", "all");
    properties.put("enable.idempotence", "true");
    properties.put("linger.ms", "0");
    properties.put("batch.size", "65536");
    properties.put("buffer.memory", "67108864");
    properties.put("compression.type", "lz4");
    properties.put("delivery.timeout.ms", "120000");
    return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Events sent so far, the days before among them. */
  long position() {
    return events;
  }

  /** Event time of the newest event sent, UTC milliseconds. */
  long eventMs() {
    return eventMs;
  }

  /** Sends lists and the days before, as fast as they go; answers how many events. */
  long history() {
    long before = events;
    while (ahead != null && ahead.past()) {
      post(take(), System.currentTimeMillis());
    }
    flush();
    return events - before;
  }

  /**
   * Sends live events as fast as they go: a backlog.
   *
   * @return how many; fewer than asked when the load ends
   */
  long burst(long most) {
    long before = events;
    while (ahead != null && events - before < most) {
      // Wall clock on purpose: a backlog is late by its own wish, and nobody measures its latency.
      post(take(), System.currentTimeMillis());
    }
    flush();
    return events - before;
  }

  /**
   * Sends live events at a steady rate.
   *
   * @param most how many
   * @param perSecond events a second
   * @return the plan kept to
   * @throws StackException when the load ends before
   */
  Schedule steady(long most, double perSecond) {
    Schedule schedule = Schedule.soon(perSecond);
    long number = 0;
    while (number < most) {
      if (ahead == null) {
        throw new StackException(
            "the load ends after %d of %d events: make it for more residents or days"
                .formatted(number, most));
      }
      if (ahead.isEvent()) {
        schedule.await(number);
        post(take(), schedule.ms(number));
        number++;
      } else {
        post(take(), schedule.ms(number));
      }
    }
    flush();
    return schedule;
  }

  private LoadFile.Entry take() {
    LoadFile.Entry entry = ahead;
    try {
      ahead = file.next();
    } catch (IOException e) {
      throw new UncheckedIOException("the load cannot be read", e);
    }
    return entry;
  }

  private void post(LoadFile.Entry entry, long plannedMs) {
    Exception problem = failure.get();
    if (problem != null) {
      throw new StackException("a record could not be written: " + problem.getMessage(), problem);
    }
    byte[] header = headers.get(entry.topic());
    if (header == null) {
      header = header(entry);
      headers.put(entry.topic(), header);
    }
    System.arraycopy(header, 0, entry.value(), 0, header.length);
    ledger.planned(entry, plannedMs);
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            entry.topic(), entry.key().getBytes(StandardCharsets.UTF_8), entry.value());
    record.headers().add(SENT, Long.toString(plannedMs).getBytes(StandardCharsets.US_ASCII));
    var producer =
        entry.topic().equals("officer.acts") || entry.topic().equals("stop.authorisations")
            ? officers
            : city;
    producer.send(
        record,
        (written, error) -> {
          if (error != null) {
            failure.compareAndSet(null, error);
          }
        });
    if (entry.isEvent()) {
      eventMs = Math.max(eventMs, entry.atMs());
      events++;
    }
  }

  /** Magic byte and the id that this registry has given the schema. */
  private byte[] header(LoadFile.Entry entry) {
    Class<? extends SpecificRecord> type = TopicTable.standard().require(entry.topic()).carries();
    Schema schema = SpecificData.get().getSchema(type);
    try {
      SpecificRecord sample =
          new SpecificDatumReader<SpecificRecord>(schema)
              .read(
                  null,
                  DecoderFactory.get()
                      .binaryDecoder(
                          entry.value(),
                          LoadFile.HEADER_BYTES,
                          entry.value().length - LoadFile.HEADER_BYTES,
                          null));
      return Arrays.copyOf(codec.serialize(entry.topic(), sample), LoadFile.HEADER_BYTES);
    } catch (IOException e) {
      throw new UncheckedIOException("a record of the load cannot be read back", e);
    }
  }

  void flush() {
    city.flush();
    officers.flush();
  }

  @Override
  public void close() {
    city.close();
    officers.close();
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
