package dev.zhifu.stack.demo;

import dev.zhifu.schemas.topics.TopicTable;
import dev.zhifu.schemas.wire.AvroCodec;
import dev.zhifu.schemas.wire.WireException;
import dev.zhifu.stack.StackInfo;
import dev.zhifu.stack.broker.BrokerAccess;
import dev.zhifu.wire.BankInbound;
import dev.zhifu.wire.ChannelAnswer;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.RecoveryAct;
import dev.zhifu.wire.RecoveryAlarm;
import dev.zhifu.wire.RefundPlan;
import dev.zhifu.wire.StopPaymentReceipt;
import dev.zhifu.wire.StopPaymentRequest;
import dev.zhifu.wire.VictimReport;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The demo's office on its topics. It reads what a desk reads, and banks' receipts for the balance
 * under a stop, as the city: the officers' principal may not. Nobody waits for it while the city
 * lives.
 */
final class OfficeLink implements AutoCloseable {
  private static final String ACTS = "recovery.acts";
  private static final String ANSWERS = "recovery.answers";
  private static final List<String> READ =
      List.of("recovery.lives", "recovery.alarms", "refund.plans", "stop.requests");

  /** Alarms by which recovery turns an act or an answer away. */
  private static final Set<String> REFUSALS = Set.of("ACT_REFUSED", "ANSWER_OUT_OF_PLACE");

  private static final long END_LIMIT_NANOS = TimeUnit.SECONDS.toNanos(20);
  private static final Duration END_WAIT = Duration.ofMillis(50);

  private final DemoOffice office;
  private final AvroCodec codec;
  private final Outlet outlet;
  private final Consumer<String> say;
  private final KafkaConsumer<byte[], byte[]> told;
  private final KafkaConsumer<byte[], byte[]> receipts;
  private final Set<String> unheard = new HashSet<>();

  /**
   * @param root folder of the run
   * @param outlet writes as the officers
   * @param say hears what recovery turned away
   */
  OfficeLink(
      DemoOffice office,
      Path root,
      StackInfo info,
      AvroCodec codec,
      Outlet outlet,
      Consumer<String> say) {
    this.office = office;
    this.codec = codec;
    this.outlet = outlet;
    this.say = say;
    this.told = reading(info.access(root, "officers"), READ);
    this.receipts =
        reading(
            info.access(root, "city"),
            info.banks().stream().map(bank -> "bank." + bank + ".inbound").toList());
  }

  private static KafkaConsumer<byte[], byte[]> reading(
      BrokerAccess access, Collection<String> topics) {
    Properties properties = access.clientProperties();
    properties.put("enable.auto.commit", "false");
    properties.put("fetch.max.wait.ms", "500");
    KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        topics.stream()
            .flatMap(topic -> consumer.partitionsFor(topic).stream())
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    partitions.forEach(consumer::position);
    return consumer;
  }

  /** A report that a duty officer has accepted. */
  void report(VictimReport report) {
    office.report(report);
  }

  /** Reads what has come and does what is due at {@code now}, city time. */
  void step(Instant now) {
    read(Duration.ZERO);
    send(now);
  }

  /**
   * The city has reached its end: what was due until then is done while recovery answers, and then
   * the office closes.
   */
  void finish(Instant now) {
    long limit = System.nanoTime() + END_LIMIT_NANOS;
    do {
      read(END_WAIT);
      send(now);
    } while (!unheard.isEmpty() && System.nanoTime() < limit);
  }

  private void read(Duration wait) {
    for (ConsumerRecord<byte[], byte[]> record : receipts.poll(Duration.ZERO)) {
      if (read(record) instanceof BankInbound inbound
          && inbound.getBody() instanceof StopPaymentReceipt receipt
          && receipt.getBalanceBeforeFen() != null) {
        office.stopped(receipt.getOrderId(), receipt.getBalanceBeforeFen());
      }
    }
    for (ConsumerRecord<byte[], byte[]> record : told.poll(wait)) {
      SpecificRecord value = read(record);
      if (value instanceof LifeTransition life) {
        unheard.remove(life.getCause());
        office.life(life);
      } else if (value instanceof RefundPlan plan) {
        office.plan(plan);
      } else if (value instanceof StopPaymentRequest order) {
        office.order(order);
      } else if (value instanceof RecoveryAlarm alarm
          && unheard.remove(alarm.getCause())
          && REFUSALS.contains(alarm.getAlarm())) {
        say.accept("the demo's office was refused: " + alarm.getWords());
      }
    }
  }

  private SpecificRecord read(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() == null) {
      return null;
    }
    try {
      return (SpecificRecord)
          codec.deserialize(
              record.topic(),
              record.value(),
              TopicTable.standard().require(record.topic()).carries());
    } catch (WireException e) {
      // The engine turns such a record away too; the office goes on with the next.
      say.accept(
          "the demo's office passes over "
              + record.topic()
              + ":"
              + record.partition()
              + ":"
              + record.offset()
              + ": "
              + e.getMessage());
      return null;
    }
  }

  private void send(Instant now) {
    for (SpecificRecord record : office.work(now)) {
      unheard.add(OfficeActs.idOf(record));
      if (record instanceof RecoveryAct act) {
        outlet.send(ACTS, act.getCaseId(), act, sentNow());
      } else if (record instanceof ChannelAnswer answer) {
        outlet.send(ANSWERS, answer.getObjectId(), answer, sentNow());
      }
    }
  }

  /** Wall clock on purpose, as for everything that the city sends. */
  private static long sentNow() {
    return System.currentTimeMillis();
  }

  @Override
  public void close() {
    told.close();
    receipts.close();
  }
}
