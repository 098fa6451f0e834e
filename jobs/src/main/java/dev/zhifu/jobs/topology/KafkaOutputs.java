package dev.zhifu.jobs.topology;

import dev.zhifu.jobs.flow.AddressedOrder;
import dev.zhifu.jobs.io.AvroRecordSerializer;
import dev.zhifu.jobs.io.AvroRecordSerializer.Part;
import dev.zhifu.jobs.orders.OrderAlarm;
import dev.zhifu.jobs.settings.JobSettings;
import dev.zhifu.schemas.access.KafkaAccess;
import dev.zhifu.schemas.wire.RegistrySettings;
import dev.zhifu.wire.ClockTick;
import dev.zhifu.wire.DeadLetter;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.FraudCase;
import dev.zhifu.wire.RecoveryAlarm;
import dev.zhifu.wire.RestrictionNotice;
import dev.zhifu.wire.RiskHold;
import dev.zhifu.wire.RuleHit;
import dev.zhifu.wire.RuleStatus;
import dev.zhifu.wire.ShadowStatistics;
import dev.zhifu.wire.StopPaymentRequest;
import dev.zhifu.wire.TransferDecision;
import dev.zhifu.wire.VictimWarning;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.flink.api.common.functions.FilterFunction;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * The detection job's outputs. What must leave at once (decisions, holds, requests, orders,
 * warnings, provisional hits) leaves at least once under deterministic ids and is deduped by its
 * reader; what oracles and statistics compare ({@code risk.enriched}, {@code risk.hits.final})
 * leaves exactly once, behind a checkpoint.
 *
 * <p>What leaves at once is rare beside what comes in: one producer each, which also keeps the
 * revisions of one object in order. Open to the benchmarks' no-op, which is to write as the job
 * does.
 */
public final class KafkaOutputs {
  /**
   * A transaction of the exactly-once sinks outlives a checkpoint by far and a broker's maximum
   * never.
   */
  private static final String TRANSACTION_TIMEOUT_MS = "600000";

  private final KafkaAccess access;
  private final RegistrySettings registry;
  private final Set<String> banks;
  private final Set<String> ordered;

  /** Sinks with the job's settings. */
  public KafkaOutputs(JobSettings settings) {
    this.access = settings.kafka();
    this.registry = settings.registry();
    this.banks = Set.copyOf(settings.banks());
    this.ordered = Set.copyOf(settings.channels().withOrders());
  }

  void hits(DataStream<RuleHit> hits) {
    atOnce(hits, "risk.hits", RuleHit::getHitId);
  }

  void finalHits(DataStream<RuleHit> hits) {
    once(hits, "risk.hits.final", RuleHit::getHitId);
  }

  /** Relevant events, exactly once. */
  public void enriched(DataStream<EnrichedEvent> events) {
    once(events, "risk.enriched", EnrichedEvent::getEventId);
  }

  void late(DataStream<EnrichedEvent> events) {
    atOnce(events, "late.events", EnrichedEvent::getEventId);
  }

  void statuses(DataStream<RuleStatus> statuses) {
    atOnce(statuses, "rules.status", KafkaOutputs::key);
  }

  void shadows(DataStream<ShadowStatistics> shadows) {
    atOnce(shadows, "rules.shadow", one -> one.getRuleId() + ":" + one.getVersion());
  }

  private static String key(RuleStatus status) {
    return String.join(
        "|",
        status.getRuleId(),
        String.valueOf(status.getVersion()),
        status.getPosition(),
        String.valueOf(status.getSubtask()),
        status.getStatus().name());
  }

  void cases(DataStream<FraudCase> cases) {
    atOnce(cases, "risk.cases", FraudCase::getCaseId);
  }

  void warnings(DataStream<VictimWarning> warnings) {
    atOnce(warnings, "victim.warnings", VictimWarning::getWarningId);
  }

  void notices(DataStream<RestrictionNotice> notices, String uid) {
    sink(
        notices,
        uid,
        notice -> "restriction.notices",
        RestrictionNotice::getNoticeId,
        notice -> notice);
  }

  /** Requests to police, at once. */
  public void requests(DataStream<StopPaymentRequest> requests) {
    atOnce(requests, "stop.requests", StopPaymentRequest::getOrderId);
  }

  /** What a person must look at about an order, where recovery's alarms stand too. */
  void alarms(DataStream<OrderAlarm> alarms) {
    DataStream<RecoveryAlarm> told =
        alarms
            .map(OrderAlarm::told)
            .returns(RecoveryAlarm.class)
            .setParallelism(alarms.getParallelism())
            .uid("order-alarms")
            .name("alarms of orders");
    atOnce(told, "recovery.alarms", RecoveryAlarm::getAlarmId);
  }

  void deadLetters(DataStream<DeadLetter> letters) {
    atOnce(letters, "dead.letters", DeadLetter::getDeadLetterId);
  }

  void echo(DataStream<ClockTick> ticks) {
    sink(ticks, "sink-clock.echo", tick -> "clock.echo", tick -> "clock", tick -> tick);
  }

  /**
   * Decisions and risk holds go to banks with channel DIRECT alone: both are asked of a bank by
   * agreement. What concerns others stays in cases and requests.
   */
  public void decisions(DataStream<TransferDecision> decisions) {
    Set<String> direct = banks;
    sink(
        direct(decisions, decision -> direct.contains(decision.getBank()), "direct-decisions"),
        "sink-bank.decisions",
        decision -> "bank." + decision.getBank() + ".decisions",
        TransferDecision::getTransactionId,
        decision -> decision);
  }

  /** As {@link #decisions}. */
  void holds(DataStream<RiskHold> holds) {
    Set<String> direct = banks;
    sink(
        direct(holds, hold -> direct.contains(hold.getBank()), "direct-holds"),
        "sink-bank.holds",
        hold -> "bank." + hold.getBank() + ".holds",
        RiskHold::getHoldId,
        hold -> hold);
  }

  /**
   * Orders to banks with channel DIRECT, and to those that the platform's adapter serves; keyed by
   * account, so that orders on one account stay in order.
   */
  public void orders(DataStream<AddressedOrder> orders) {
    Set<String> carried = ordered;
    sink(
        direct(orders, order -> carried.contains(order.bank()), "direct-orders"),
        "sink-bank.orders",
        order -> "bank." + order.bank() + ".orders",
        AddressedOrder::accountToken,
        AddressedOrder::envelope);
  }

  /**
   * At its input's parallelism: spread over more subtasks, one object's messages could overtake
   * each other.
   */
  private static <T> DataStream<T> direct(
      DataStream<T> stream, FilterFunction<T> isDirect, String uid) {
    return stream.filter(isDirect).setParallelism(stream.getParallelism()).uid(uid);
  }

  private <T extends SpecificRecord> void atOnce(
      DataStream<T> stream, String topic, Part<T, String> key) {
    sink(stream, "sink-" + topic, element -> topic, key, element -> element);
  }

  private <T extends SpecificRecord> void once(
      DataStream<T> stream, String topic, Part<T, String> key) {
    stream
        .sinkTo(
            KafkaSink.<T>builder()
                .setKafkaProducerConfig(access.properties())
                .setProperty("transaction.timeout.ms", TRANSACTION_TIMEOUT_MS)
                .setProperty("register.producer.metrics", "false")
                // Seen with the checkpoint only: nothing is late for being sent in large batches.
                .setProperty("linger.ms", "50")
                .setProperty("batch.size", "131072")
                .setProperty("compression.type", "lz4")
                .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
                .setTransactionalIdPrefix("engine-" + topic)
                .setRecordSerializer(
                    new AvroRecordSerializer<T>(
                        registry, element -> topic, key, element -> element))
                .build())
        .uid("sink-" + topic)
        .name("sink-" + topic);
  }

  private <T> void sink(
      DataStream<T> stream,
      String uid,
      Part<T, String> topic,
      Part<T, String> key,
      Part<T, SpecificRecord> value) {
    stream
        .sinkTo(
            KafkaSink.<T>builder()
                .setKafkaProducerConfig(access.properties())
                .setProperty("register.producer.metrics", "false")
                .setProperty("linger.ms", "0")
                .setProperty("acks", "all")
                .setProperty("enable.idempotence", "true")
                .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
                .setRecordSerializer(new AvroRecordSerializer<>(registry, topic, key, value))
                .build())
        .setParallelism(1)
        .uid(uid)
        .name(uid);
  }
}
