package dev.zhifu.jobs.recovery;

import dev.zhifu.jobs.flow.Ingested;
import dev.zhifu.jobs.io.AvroRecordSerializer.Part;
import dev.zhifu.jobs.io.ControlTime;
import dev.zhifu.jobs.io.EventWatermarks;
import dev.zhifu.jobs.io.RawRecord;
import dev.zhifu.jobs.io.ReadToEnd;
import dev.zhifu.jobs.io.RecordReading;
import dev.zhifu.jobs.io.RecordsWritten;
import dev.zhifu.jobs.io.TickMillis;
import dev.zhifu.jobs.io.TopicEdges;
import dev.zhifu.jobs.network.NetworkShapes;
import dev.zhifu.jobs.network.NetworkStep;
import dev.zhifu.jobs.network.NetworkTopology;
import dev.zhifu.jobs.refund.RefundFunction;
import dev.zhifu.jobs.refund.RefundTopology;
import dev.zhifu.jobs.settings.JobSettings;
import dev.zhifu.jobs.topology.JobConfiguration;
import dev.zhifu.jobs.trace.AccountRecord;
import dev.zhifu.jobs.trace.LedgerTrace;
import dev.zhifu.jobs.trace.ListReading;
import dev.zhifu.jobs.trace.TraceClaim;
import dev.zhifu.jobs.trace.TraceClaims;
import dev.zhifu.jobs.trace.TraceListing;
import dev.zhifu.jobs.trace.TraceTopology;
import dev.zhifu.rules.money.trace.TraceSettings;
import dev.zhifu.schemas.access.KafkaAccess;
import dev.zhifu.schemas.wire.RegistrySettings;
import dev.zhifu.wire.AccountBooks;
import dev.zhifu.wire.AccountExamined;
import dev.zhifu.wire.AuditEntry;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.ChannelRequest;
import dev.zhifu.wire.DeadLetter;
import dev.zhifu.wire.FraudCase;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.NetworkShape;
import dev.zhifu.wire.RecoveryAlarm;
import dev.zhifu.wire.RefundNotice;
import dev.zhifu.wire.RefundPlan;
import dev.zhifu.wire.RestrictionNotice;
import dev.zhifu.wire.TraceCase;
import dev.zhifu.wire.TraceHop;
import dev.zhifu.wire.TrailsTold;
import dev.zhifu.wire.VictimFile;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.Collector;

/** The recovery job between Kafka and Kafka. */
public final class RecoveryPipeline {
  private static final String TICKS = "clock.ticks";
  private static final String RECORD = "recovery.lives";
  private static final String TRANSACTIONS = "bank.transactions";
  private static final String HOPS = "trace.hops";
  private static final String TRACES = "trace.cases";
  private static final String PLANS = "refund.plans";
  private static final String LISTS = "list.entries";
  private static final String TRAILS = "network.trails";
  private static final String SHAPES = "network.shapes";

  /** Days of event time that the ledger keeps a movement; an engineering default. */
  public static final int KEPT_DAYS = 30;

  /** What is read besides the clock; the record first, for it is read back. */
  static final List<String> TOPICS =
      List.of(
          RECORD,
          "recovery.acts",
          "recovery.answers",
          PLANS,
          "risk.cases",
          "officer.acts",
          "stop.requests",
          "victim.reports");

  private final StreamExecutionEnvironment env;
  private final JobSettings settings;
  private final KafkaAccess access;
  private final RegistrySettings registry;
  private final TopicEdges edges;
  private final List<String> topics;

  private RecoveryPipeline(StreamExecutionEnvironment env, JobSettings settings) {
    this.env = env;
    this.settings = settings;
    this.access = settings.kafka();
    this.registry = settings.registry();
    this.edges = new TopicEdges(access, registry);
    this.topics = new ArrayList<>(TOPICS);
    settings.banks().forEach(bank -> topics.add("bank." + bank + ".holds"));
    settings.channels().withOrders().forEach(bank -> topics.add("bank." + bank + ".inbound"));
  }

  /** Defines the whole job in {@code env}. */
  public static void define(StreamExecutionEnvironment env, JobSettings settings) {
    new RecoveryPipeline(env, settings)
        .define(
            RecoveryKeys.ofFiles(
                settings.keyFile().toString(), settings.keyDirectory().toString()));
  }

  private void define(RecoveryKeys.Factory keys) {
    DataStream<RawRecord> rawTicks = raw(List.of(TICKS), "source-clock.ticks");
    SingleOutputStreamOperator<Long> ticks =
        rawTicks.process(new TickMillis(registry)).setParallelism(1).uid("recovery-clock");
    SingleOutputStreamOperator<RecoveryInput> read =
        raw(topics, "source-recovery")
            .connect(rawTicks)
            .process(new ReadToEnd<RawRecord>(access, List.of(RECORD)))
            .setParallelism(1)
            .uid("recovery-record-end")
            .process(
                new RecoveryReading(registry, JobConfiguration.MAX_PARALLELISM),
                TypeInformation.of(RecoveryInput.class))
            .setParallelism(1)
            .uid("recovery-reading");
    DataStream<RecoveryInput> accepted =
        RecoveryTopology.acceptances(
            read.getSideOutput(RecoveryReading.WITH_REPORT),
            read.getSideOutput(RecoveryReading.ACCEPTED));
    DataStream<RecoveryControl> controls =
        clock(ticks)
            .union(
                unbound(read.getSideOutput(RecoveryReading.READ_BACK), "recovery-read-back-time"));

    SingleOutputStreamOperator<LifeTransition> lives =
        RecoveryTopology.lives(
            unbound(read.union(accepted), "recovery-inputs-time"),
            controls,
            keys,
            settings.channels());
    DataStream<RecoveryAlarm> watch =
        RecoveryTopology.watch(
            unbound(read.getSideOutput(RecoveryReading.WATCHED), "stop-watch-inputs-time"),
            controls,
            settings.paperworkWithin(),
            settings.channels());
    DataStream<AuditEntry> entries = lives.getSideOutput(RecoveryFunction.AUDIT);

    atOnce(lives, RECORD, LifeTransition::getObjectId);
    atOnce(
        lives.getSideOutput(RecoveryFunction.REQUESTS),
        "recovery.requests",
        ChannelRequest::getObjectId);
    atOnce(
        lives.getSideOutput(RecoveryFunction.NOTICES),
        "restriction.notices",
        RestrictionNotice::getNoticeId);
    atOnce(lives.getSideOutput(RecoveryFunction.STATES), "risk.cases", FraudCase::getCaseId);
    DataStream<LifeTransition> record = record(read);
    DataStream<BankTransaction> transactions = transactions();
    DataStream<Long> standing =
        ControlTime.standing(
            ControlTime.heard(transactions, "heard-transactions"), "standing-time");
    DataStream<TraceListing> listings =
        ControlTime.beside(listings(rawTicks), standing, "trace-lists-time");
    Traced traced = trace(record, accepted, transactions, listings, standing, keys);
    DataStream<DeadLetter> deadTrails = shapes(transactions, listings, standing);
    SingleOutputStreamOperator<RefundPlan> refunds =
        RefundTopology.refunds(
            record,
            read.getSideOutput(RecoveryReading.STOPS),
            read.getSideOutput(RecoveryReading.HELD),
            traced.examined(),
            traced.claims(),
            ticks);
    refunds(refunds);
    atOnce(
        lives
            .getSideOutput(RecoveryFunction.ALARMS)
            .union(watch, refunds.getSideOutput(RefundFunction.ALARMS)),
        "recovery.alarms",
        RecoveryAlarm::getAlarmId);
    DataStream<DeadLetter> dead =
        read.getSideOutput(RecoveryReading.DEAD).union(traced.dead(), deadTrails);
    atOnce(dead, "dead.letters", DeadLetter::getDeadLetterId);
    once(entries, "audit.entries", AuditEntry::getChain);
    once(RecoveryTopology.roots(entries, ticks, keys), "audit.roots", root -> "root");
  }

  private void refunds(SingleOutputStreamOperator<RefundPlan> plans) {
    atOnce(plans, PLANS, RefundPlan::getFreezeId);
    atOnce(
        plans.getSideOutput(RefundFunction.NOTICES), "refund.notices", RefundNotice::getRefundId);
    atOnce(plans.getSideOutput(RefundFunction.BOOKS), "refund.books", AccountBooks::getAccount);
    atOnce(plans.getSideOutput(RefundFunction.VICTIMS), "refund.victims", VictimFile::getVictim);
  }

  /** The record of lives as it stands on its topic: what was adopted after a failure too. */
  private static DataStream<LifeTransition> record(DataStream<RecoveryInput> read) {
    return read.flatMap(
            (RecoveryInput input, Collector<LifeTransition> out) -> {
              if (input.kind() == RecoveryInput.Kind.RECORD) {
                out.collect(input.life());
              }
            })
        .returns(TypeInformation.of(LifeTransition.class))
        .setParallelism(1)
        .uid("refund-record")
        .name("record of lives");
  }

  /**
   * What comes out of the trace.
   *
   * @param dead hop messages that cannot be read
   * @param examined what frozen accounts answer
   * @param claims accepted reports
   */
  private record Traced(
      DataStream<DeadLetter> dead,
      DataStream<AccountExamined> examined,
      DataStream<TraceClaim> claims) {}

  /** Ledger and trace; only transactions carry watermarks here. */
  private Traced trace(
      DataStream<LifeTransition> record,
      DataStream<RecoveryInput> accepted,
      DataStream<BankTransaction> transactions,
      DataStream<TraceListing> listings,
      DataStream<Long> standing,
      RecoveryKeys.Factory keys) {
    DataStream<TraceClaim> claims =
        accepted
            .flatMap(new AcceptedClaims(keys))
            .returns(TypeInformation.of(TraceClaim.class))
            .uid("trace-accepted")
            .name("accepted claims");
    SingleOutputStreamOperator<TraceHop> told =
        raw(List.of(HOPS), "source-trace.hops")
            .process(
                new RecordReading<>(registry, TraceHop.class, hop -> hop),
                TypeInformation.of(TraceHop.class))
            .setParallelism(1)
            .uid("trace-hop-reading");
    SingleOutputStreamOperator<AccountRecord> said =
        TraceTopology.trace(
            TraceTopology.sides(transactions),
            ControlTime.beside(
                TraceTopology.hops(told)
                    .union(TraceTopology.losses(claims), RefundTopology.asks(record)),
                standing,
                "trace-hops-time"),
            listings,
            TraceSettings.defaults(),
            KEPT_DAYS,
            RecordsWritten.ofBroker(access, List.of(HOPS, TRACES)));
    SingleOutputStreamOperator<TraceCase> traces =
        TraceTopology.claims(said.getSideOutput(LedgerTrace.STATEMENTS), claims);

    atOnce(TraceTopology.messages(said), HOPS, hop -> hop.getEdge().getPayee().getAccountToken());
    atOnce(
        traces,
        TRACES,
        one -> one.getClaim() + ":" + one.getAccount().getAccount().getAccountToken());
    atOnce(
        traces.getSideOutput(TraceClaims.FOLLOW_ONS),
        "trace.followons",
        asked -> asked.getClaim() + ":" + asked.getTarget().getAccountToken());
    return new Traced(
        told.getSideOutput(RecordReading.DEAD), said.getSideOutput(LedgerTrace.EXAMINED), claims);
  }

  /** Family G: what accounts tell each other goes round by its topic, as hop messages do. */
  private DataStream<DeadLetter> shapes(
      DataStream<BankTransaction> transactions,
      DataStream<TraceListing> listings,
      DataStream<Long> standing) {
    SingleOutputStreamOperator<NetworkStep> told =
        raw(List.of(TRAILS), "source-" + TRAILS)
            .process(
                new RecordReading<>(registry, TrailsTold.class, NetworkTopology::told),
                TypeInformation.of(NetworkStep.class))
            .setParallelism(1)
            .uid("network-trails-reading");
    SingleOutputStreamOperator<NetworkStep> said =
        NetworkTopology.shapes(
            NetworkTopology.payments(transactions),
            ControlTime.beside(told, standing, "network-trails-time"),
            listings,
            settings.network(),
            settings.networkLearning());
    atOnce(NetworkTopology.messages(said), TRAILS, TrailsTold::getPayee);
    atOnce(said.getSideOutput(NetworkShapes.SHAPES), SHAPES, NetworkShape::getAccount);
    return told.getSideOutput(RecordReading.DEAD);
  }

  /** The lists, then the mark that they are read to the end they had at the start. */
  private DataStream<TraceListing> listings(DataStream<RawRecord> rawTicks) {
    return raw(List.of(LISTS), "source-list.entries")
        .connect(rawTicks)
        .process(new ReadToEnd<RawRecord>(access, List.of(LISTS)))
        .setParallelism(1)
        .uid("trace-lists-end")
        .process(new ListReading(registry), TypeInformation.of(TraceListing.class))
        .setParallelism(1)
        .uid("trace-list-reading");
  }

  /** What detection turns away is turned away there alone. */
  private DataStream<BankTransaction> transactions() {
    return env.fromSource(
            edges.events(
                TRANSACTIONS, BankTransaction.class, "recovery-job", "recovery-" + TRANSACTIONS),
            new EventWatermarks(settings.bankLateness()).withIdleness(settings.idleAfter()),
            "source-" + TRANSACTIONS)
        .uid("source-" + TRANSACTIONS)
        .flatMap(RecoveryPipeline::valid)
        .returns(TypeInformation.of(BankTransaction.class))
        .uid("ledger-transactions")
        .name("valid transactions");
  }

  private static void valid(Ingested ingested, Collector<BankTransaction> out) {
    if (ingested.event() != null
        && ingested.event().getEvent() instanceof BankTransaction transaction) {
      out.collect(transaction);
    }
  }

  /** Each tick is a watermark, behind the tick itself; one that comes late sets nothing back. */
  private static DataStream<RecoveryControl> clock(DataStream<Long> ticks) {
    return ticks
        .map(RecoveryControl::tick)
        .returns(TypeInformation.of(RecoveryControl.class))
        .setParallelism(1)
        .uid("recovery-ticks")
        .assignTimestampsAndWatermarks(
            WatermarkStrategy.<RecoveryControl>forGenerator(context -> new Ascending())
                .withTimestampAssigner((control, previous) -> control.tickMs()))
        .setParallelism(1)
        .uid("recovery-tick-time");
  }

  private static final class Ascending implements WatermarkGenerator<RecoveryControl> {
    private long newest = Long.MIN_VALUE;

    @Override
    public void onEvent(RecoveryControl control, long timestamp, WatermarkOutput output) {
      if (timestamp > newest) {
        newest = timestamp;
        output.emitWatermark(new Watermark(timestamp));
      }
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
      // A clock that stands still moves nothing.
    }
  }

  /** What has no time of its own never holds the clock back. */
  private static <T> SingleOutputStreamOperator<T> unbound(DataStream<T> stream, String uid) {
    return ControlTime.unbound(stream, uid).setParallelism(1);
  }

  private SingleOutputStreamOperator<RawRecord> raw(List<String> topics, String uid) {
    return env.fromSource(
            edges.source(topics, "recovery-job", "recovery-" + topics.get(0)),
            WatermarkStrategy.noWatermarks(),
            uid)
        .setParallelism(1)
        .uid(uid);
  }

  private <T extends SpecificRecord> void atOnce(
      DataStream<T> stream, String topic, Part<T, String> key) {
    sink(stream, topic, edges.atOnce(topic, key));
  }

  private <T extends SpecificRecord> void once(
      DataStream<T> stream, String topic, Part<T, String> key) {
    sink(stream, topic, edges.once(topic, key, "recovery-" + topic));
  }

  private static <T> void sink(DataStream<T> stream, String topic, Sink<T> sink) {
    stream.sinkTo(sink).setParallelism(1).uid("sink-" + topic).name("sink-" + topic);
  }
}
