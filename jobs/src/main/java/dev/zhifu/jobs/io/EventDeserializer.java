package dev.zhifu.jobs.io;

import dev.zhifu.jobs.flow.Ingested;
import dev.zhifu.jobs.travel.TravelTypes;
import dev.zhifu.schemas.events.EnrichedEvents;
import dev.zhifu.schemas.events.Fault;
import dev.zhifu.schemas.events.IngressValidator;
import dev.zhifu.schemas.wire.AvroCodec;
import dev.zhifu.schemas.wire.RegistrySettings;
import dev.zhifu.schemas.wire.WireException;
import dev.zhifu.wire.DeadLetterReason;
import dev.zhifu.wire.EnrichedEvent;
import java.nio.charset.StandardCharsets;
import org.apache.avro.specific.SpecificRecord;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.metrics.Counter;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Reads one event topic: a valid record becomes an event without features, a bad one a dead letter,
 * and a record without value but with the header {@value #HEARTBEAT} says that its writer has sent
 * everything up to that time on this partition.
 *
 * @param <T> record class of the topic
 */
public final class EventDeserializer<T extends SpecificRecord>
    implements KafkaRecordDeserializationSchema<Ingested> {
  private static final long serialVersionUID = 1L;

  /** Header of a heartbeat: UTC milliseconds as decimal digits. */
  public static final String HEARTBEAT = "zhifu-heartbeat";

  private final Class<T> type;
  private final CodecSource codecs;
  private transient AvroCodec codec;
  private transient Counter read;
  private transient Counter refused;

  /**
   * @param type record class of the topic
   * @param registry where writers' schemas are looked up
   */
  public EventDeserializer(Class<T> type, RegistrySettings registry) {
    this(type, (CodecSource) registry::codec);
  }

  EventDeserializer(Class<T> type, CodecSource codecs) {
    this.type = type;
    this.codecs = codecs;
  }

  @Override
  public void open(DeserializationSchema.InitializationContext context) {
    codec = codecs.codec();
    var group = context.getMetricGroup().addGroup("zhifu");
    read = group.counter("eventsRead");
    refused = group.counter("deadLetters");
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Ingested> out) {
    read.inc();
    if (record.value() == null) {
      Header heartbeat = record.headers().lastHeader(HEARTBEAT);
      if (heartbeat != null) {
        heartbeat(record, heartbeat, out);
        return;
      }
    }
    try {
      T event = codec.deserialize(record.topic(), record.value(), type);
      Fault fault = IngressValidator.check(event).orElse(null);
      if (fault != null) {
        refuse(record, fault.reason(), fault.explanation(), out);
        return;
      }
      EnrichedEvent enriched = EnrichedEvents.of(event, record.partition(), record.offset());
      out.collect(new Ingested(enriched, null, enriched.getOccurredAt().toEpochMilli()));
    } catch (WireException e) {
      refuse(record, e.reason(), e.getMessage(), out);
    }
  }

  private void heartbeat(
      ConsumerRecord<byte[], byte[]> record, Header header, Collector<Ingested> out) {
    String text =
        header.value() == null ? "" : new String(header.value(), StandardCharsets.US_ASCII);
    try {
      out.collect(new Ingested(null, null, Long.parseLong(text)));
    } catch (NumberFormatException e) {
      refuse(
          record,
          DeadLetterReason.UNDECODABLE,
          "header "
              + HEARTBEAT
              + " is '"
              + text
              + "'; it must be UTC milliseconds in decimal digits",
          out);
    }
  }

  private void refuse(
      ConsumerRecord<byte[], byte[]> record,
      DeadLetterReason reason,
      String why,
      Collector<Ingested> out) {
    refused.inc();
    out.collect(
        new Ingested(
            null,
            DeadLetters.of(
                record.topic(),
                record.partition(),
                record.offset(),
                record.timestamp(),
                record.key(),
                record.value(),
                reason,
                why),
            Long.MIN_VALUE));
  }

  @Override
  public TypeInformation<Ingested> getProducedType() {
    return TravelTypes.INGESTED;
  }
}
