package dev.zhifu.stack.demo;

import dev.zhifu.schemas.topics.TopicTable;
import dev.zhifu.schemas.wire.AvroCodec;
import dev.zhifu.schemas.wire.RegistrySettings;
import dev.zhifu.schemas.wire.WireException;
import dev.zhifu.stack.StackException;
import dev.zhifu.stack.broker.BrokerAccess;
import dev.zhifu.wire.BankAccessEvent;
import dev.zhifu.wire.BankInbound;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.ClockTick;
import dev.zhifu.wire.DeadLetter;
import dev.zhifu.wire.FraudCase;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.OfficerAct;
import dev.zhifu.wire.OrderEnvelope;
import dev.zhifu.wire.RecoveryAlarm;
import dev.zhifu.wire.RiskHold;
import dev.zhifu.wire.RuleHit;
import dev.zhifu.wire.StopPaymentRequest;
import dev.zhifu.wire.TelecomEvent;
import dev.zhifu.wire.TransferDecision;
import dev.zhifu.wire.VictimFile;
import dev.zhifu.wire.VictimReport;
import dev.zhifu.wire.VictimWarning;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads a run's topics, from their start and on, into a {@link Tally}: a consumer of its own beside
 * engine and city.
 */
final class TopicTally implements AutoCloseable {
  private static final Set<String> LEFT_OUT =
      Set.of(
          "risk.enriched",
          "risk.hits.final",
          "late.events",
          "list.entries",
          "rules.publications",
          "rules.status",
          "restriction.notices",
          "stop.authorisations",
          "clock.echo");

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final AvroCodec codec;
  private final Tally tally;

  /**
   * @param access the local stack's administrator: no principal of the table reads both what goes
   *     in and what comes out
   * @param liveFrom event time from which events are live
   */
  TopicTally(BrokerAccess access, RegistrySettings registry, List<String> banks, Instant liveFrom) {
    Properties properties = access.clientProperties();
    properties.put("enable.auto.commit", "false");
    properties.put("auto.offset.reset", "earliest");
    properties.put("isolation.level", "read_committed");
    properties.put("max.poll.records", "2000");
    properties.put("fetch.max.bytes", "8388608");
    this.consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    this.codec = registry.codec();
    this.tally = new Tally(liveFrom);
    List<TopicPartition> partitions =
        TopicTable.standard().topicsFor(banks).stream()
            .filter(topic -> !LEFT_OUT.contains(topic.name()))
            .flatMap(topic -> consumer.partitionsFor(topic.name()).stream())
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** What was read so far. */
  Tally tally() {
    return tally;
  }

  /** Reads on; answers how many records. */
  int poll(Duration wait) {
    int taken = 0;
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(wait)) {
      if (record.value() != null) {
        take(record);
      }
      taken++;
    }
    return taken;
  }

  /** Reads to the end that the topics have now. */
  void catchUp() {
    var ends = consumer.endOffsets(consumer.assignment());
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      poll(Duration.ofMillis(200));
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    try {
      Object value =
          codec.deserialize(
              record.topic(),
              record.value(),
              TopicTable.standard().require(record.topic()).carries());
      count(value, Headers.sent(record), record.timestamp());
    } catch (WireException e) {
      // What cannot be read is counted from dead.letters, where the engine says why.
      if (!isInput(record.topic())) {
        throw new StackException(
            record.topic()
                + ":"
                + record.partition()
                + ":"
                + record.offset()
                + ": "
                + e.getMessage(),
            e);
      }
    }
  }

  private static boolean isInput(String topic) {
    return CityFeed.EVENTS.contains(topic) || topic.equals("victim.reports");
  }

  private void count(Object value, OptionalLong sentMs, long appendedMs) {
    if (value instanceof BankTransaction event) {
      tally.transaction(event, sentMs, appendedMs);
    } else if (value instanceof BankAccessEvent event) {
      tally.event(event.getEventId(), event.getOccurredAt(), sentMs, appendedMs);
    } else if (value instanceof TelecomEvent event) {
      tally.event(event.getEventId(), event.getOccurredAt(), sentMs, appendedMs);
    } else if (value instanceof VictimReport report) {
      tally.event("report:" + report.getReportId(), report.getReportedAt(), sentMs, appendedMs);
    } else if (value instanceof OfficerAct act) {
      tally.act(act, sentMs);
    } else if (value instanceof ClockTick tick) {
      tally.tick(tick);
    } else {
      output(value, appendedMs);
    }
  }

  private void output(Object value, long appendedMs) {
    if (value instanceof RuleHit hit) {
      tally.hit(hit, appendedMs);
    } else if (value instanceof FraudCase change) {
      tally.caseChange(change);
    } else if (value instanceof VictimWarning warning) {
      tally.warning(warning);
    } else if (value instanceof TransferDecision decision) {
      tally.decision(decision, appendedMs);
    } else if (value instanceof RiskHold hold) {
      tally.hold(hold, appendedMs);
    } else if (value instanceof StopPaymentRequest request) {
      tally.request(request, appendedMs);
    } else if (value instanceof OrderEnvelope envelope) {
      tally.order(envelope, appendedMs);
    } else if (value instanceof BankInbound inbound) {
      tally.inbound(inbound);
    } else if (value instanceof LifeTransition change) {
      tally.life(change);
    } else if (value instanceof VictimFile file) {
      tally.victim(file);
    } else if (value instanceof RecoveryAlarm alarm) {
      tally.alarm(alarm);
    } else if (value instanceof DeadLetter letter) {
      tally.deadLetter(letter);
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
