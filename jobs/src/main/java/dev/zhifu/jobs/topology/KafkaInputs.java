package dev.zhifu.jobs.topology;

import dev.zhifu.jobs.features.RouterControl;
import dev.zhifu.jobs.flow.Ingested;
import dev.zhifu.jobs.gate.RuleGate;
import dev.zhifu.jobs.io.ControlTime;
import dev.zhifu.jobs.io.EventDeserializer;
import dev.zhifu.jobs.io.EventWatermarks;
import dev.zhifu.jobs.io.FollowOnReading;
import dev.zhifu.jobs.io.HoldVerdictReading;
import dev.zhifu.jobs.io.IdleWatch;
import dev.zhifu.jobs.io.OrderReading;
import dev.zhifu.jobs.io.RawDeserializer;
import dev.zhifu.jobs.io.RawRecord;
import dev.zhifu.jobs.io.ReadToEnd;
import dev.zhifu.jobs.io.RecordReading;
import dev.zhifu.jobs.io.RuleAndListDecoder;
import dev.zhifu.jobs.io.SilentSources;
import dev.zhifu.jobs.io.SourceStatus;
import dev.zhifu.jobs.io.TickMillis;
import dev.zhifu.jobs.match.RuleInput;
import dev.zhifu.jobs.network.NetworkRecords;
import dev.zhifu.jobs.orders.OrderControl;
import dev.zhifu.jobs.orders.OrderInput;
import dev.zhifu.jobs.score.AccountInput;
import dev.zhifu.jobs.settings.JobSettings;
import dev.zhifu.jobs.travel.ScoringTypes;
import dev.zhifu.schemas.access.KafkaAccess;
import dev.zhifu.schemas.wire.RegistrySettings;
import dev.zhifu.wire.BankAccessEvent;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.DeadLetter;
import dev.zhifu.wire.NetworkShape;
import dev.zhifu.wire.OfficerAct;
import dev.zhifu.wire.RuleHit;
import dev.zhifu.wire.RuleStatus;
import dev.zhifu.wire.TelecomEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.OutputTag;

/**
 * The detection job's topics as streams. Event topics start where the setting says and then where
 * the savepoint stands; control topics, the record and the receipts are always read from their
 * beginning, unless a savepoint says where they were. Open to the benchmarks' no-op, which is to
 * read as the job does.
 */
public final class KafkaInputs {
  static final String RULES = "rules.publications";
  static final String RULE_STATUS = "rules.status";
  static final String LISTS = "list.entries";
  static final String CONTROLS = "action.controls";
  static final String TICKS = "clock.ticks";
  static final String ACTS = "officer.acts";
  static final String AUTHORISATIONS = "stop.authorisations";
  static final String REQUESTS = "stop.requests";
  static final String FOLLOW_ONS = "trace.followons";
  static final String SHAPES = "network.shapes";
  static final String LIVES = "recovery.lives";

  private final StreamExecutionEnvironment env;
  private final JobSettings settings;
  private final KafkaAccess access;
  private final RegistrySettings registry;
  private final List<DataStream<DeadLetter>> dead = new ArrayList<>();
  private final List<DataStream<SourceStatus>> statuses = new ArrayList<>();
  private DataStream<RuleStatus> ruleStatuses;
  private DataStream<RawRecord> lives;

  /** Sources of {@code env} with the job's settings. */
  public KafkaInputs(StreamExecutionEnvironment env, JobSettings settings) {
    this.env = env;
    this.settings = settings;
    this.access = settings.kafka();
    this.registry = settings.registry();
  }

  /** All bank and telecom events, each topic with its own lateness. */
  public DataStream<Ingested> events() {
    return events("bank.transactions", BankTransaction.class, settings.bankLateness())
        .union(
            events("bank.access", BankAccessEvent.class, settings.bankLateness()),
            events("telecom.events", TelecomEvent.class, settings.telecomLateness()));
  }

  private <T extends SpecificRecord> DataStream<Ingested> events(
      String topic, Class<T> type, Duration lateness) {
    OffsetsInitializer start =
        settings.startLatest() ? OffsetsInitializer.latest() : OffsetsInitializer.earliest();
    DataStream<Ingested> events =
        env.fromSource(
                source(List.of(topic), new EventDeserializer<>(type, registry), start),
                new EventWatermarks(lateness).withIdleness(settings.idleAfter()),
                topic)
            .uid("source-" + topic);
    statuses.add(
        ControlTime.heard(events, "silence-" + topic)
            .transform(
                "silence of " + topic, TypeInformation.of(SourceStatus.class), new IdleWatch(topic))
            .setParallelism(1)
            .setBufferTimeout(DetectionTopology.AT_ONCE)
            .uid("idle-watch-" + topic));
    return events;
  }

  /** Which of the sources of {@link #events} are silent; call after it. */
  DataStream<RuleInput> silence() {
    DataStream<SourceStatus> all = statuses.get(0);
    for (DataStream<SourceStatus> status : statuses.subList(1, statuses.size())) {
      all = all.union(status);
    }
    return all.process(new SilentSources(), TypeInformation.of(RuleInput.class))
        .setParallelism(1)
        .setBufferTimeout(DetectionTopology.AT_ONCE)
        .uid("silent-sources");
  }

  /** Rules, lists and bounds on actions that the gate let pass, then READY. */
  DataStream<RouterControl> control(DataStream<RawRecord> ticks) {
    List<String> topics = List.of(RULES, LISTS, RULE_STATUS, CONTROLS, ACTS);
    var decoded =
        raw(topics, "source-rules-and-lists")
            .connect(ticks)
            .process(new ReadToEnd<RawRecord>(access, topics))
            .setParallelism(1)
            .setBufferTimeout(DetectionTopology.AT_ONCE)
            .uid("rules-and-lists-end")
            .process(
                new RuleAndListDecoder(
                    registry, settings.keyDirectory().toString(), settings.environment()))
            .setParallelism(1)
            .setBufferTimeout(DetectionTopology.AT_ONCE)
            .uid("rules-and-lists");
    aside(decoded, RuleAndListDecoder.DEAD);
    var gate =
        decoded
            .connect(
                ticks
                    .process(new TickMillis(registry))
                    .setParallelism(1)
                    .setBufferTimeout(DetectionTopology.AT_ONCE)
                    .uid("rule-gate-clock"))
            .process(new RuleGate(), TypeInformation.of(RouterControl.class))
            .setParallelism(1)
            .setBufferTimeout(DetectionTopology.AT_ONCE)
            .uid(RuleGate.UID)
            .name("rule gate");
    ruleStatuses =
        decoded
            .getSideOutput(RuleAndListDecoder.REFUSED)
            .union(gate.getSideOutput(RuleGate.STATUS));
    return gate;
  }

  /** Answers of the gate to publications; call after {@link #control}. */
  DataStream<RuleStatus> ruleStatuses() {
    return ruleStatuses;
  }

  /** Ticks as read: the clock of stop-orders and the beat of those who wait for a topic's end. */
  DataStream<RawRecord> ticks() {
    return raw(List.of(TICKS), "source-clock.ticks");
  }

  /** Ticks for stop-orders, behind the offsets that must be read back before anything is signed. */
  DataStream<OrderControl> orderTicks(DataStream<RawRecord> ticks) {
    var decoded =
        ticks
            .process(new OrderReading.Ticks(registry, access, recordTopics()))
            .setParallelism(1)
            .setBufferTimeout(DetectionTopology.AT_ONCE)
            .uid("order-ticks");
    aside(decoded, OrderReading.DEAD);
    return decoded;
  }

  /** Officers' acts whose bytes can be read; each user checks the signature that it acts on. */
  public SingleOutputStreamOperator<RawRecord> acts() {
    return raw(List.of(ACTS), "source-officer.acts");
  }

  /** Acts that accept a report and are signed by an officer of our environment. */
  DataStream<OfficerAct> acceptances(DataStream<RawRecord> acts) {
    var decoded =
        acts.process(
                new OrderReading.Acceptances(
                    registry, settings.keyDirectory().toString(), settings.environment()))
            .setParallelism(1)
            .setBufferTimeout(DetectionTopology.AT_ONCE)
            .uid("acceptances");
    aside(decoded, OrderReading.DEAD);
    return decoded;
  }

  /** Shapes among accounts that recovery found, as hits, on one subtask. */
  DataStream<RuleHit> shapes() {
    boolean shadow = settings.networkInShadow();
    var decoded =
        raw(List.of(SHAPES), "source-" + SHAPES)
            .process(
                new RecordReading<>(
                    registry, NetworkShape.class, shape -> NetworkRecords.hit(shape, shadow)),
                TypeInformation.of(RuleHit.class))
            .setParallelism(1)
            .setBufferTimeout(DetectionTopology.AT_ONCE)
            .uid("network-hits")
            .name("shapes as hits");
    aside(decoded, RecordReading.DEAD);
    return decoded;
  }

  /** What recovery says of accounts, its traces and the shapes, on one subtask. */
  DataStream<AccountInput> followOns(DataStream<RuleHit> shapes) {
    var decoded =
        raw(List.of(FOLLOW_ONS), "source-trace.followons")
            .process(new FollowOnReading(registry), ScoringTypes.ACCOUNT_INPUT)
            .setParallelism(1)
            .uid("follow-ons");
    aside(decoded, FollowOnReading.DEAD);
    return decoded.union(
        holdVerdicts(),
        shapes
            .flatMap(new Splits.HeardByAccount())
            .returns(ScoringTypes.ACCOUNT_INPUT)
            .setParallelism(1)
            .setBufferTimeout(DetectionTopology.AT_ONCE)
            .uid("network-evidence")
            .name("shapes as evidence"));
  }

  /**
   * Appeals that were upheld against risk holds; what cannot be read the other reader puts aside.
   */
  private DataStream<AccountInput> holdVerdicts() {
    return lives()
        .process(new HoldVerdictReading(registry), ScoringTypes.ACCOUNT_INPUT)
        .setParallelism(1)
        .setBufferTimeout(DetectionTopology.AT_ONCE)
        .uid("hold-verdicts")
        .name("upheld appeals against holds");
  }

  /** The record of lives as read, one source for all who hear it. */
  private DataStream<RawRecord> lives() {
    if (lives == null) {
      lives = raw(List.of(LIVES), "source-recovery.lives");
    }
    return lives;
  }

  /** Authorisations, lists and kill switches for stop-orders. */
  DataStream<OrderControl> orderControls(DataStream<RawRecord> acts) {
    var decoded =
        raw(List.of(AUTHORISATIONS, LISTS), "source-authorisations-and-lists")
            .union(acts)
            .process(new OrderReading.Controls(registry))
            .setParallelism(1)
            .setBufferTimeout(DetectionTopology.AT_ONCE)
            .uid("order-controls");
    aside(decoded, OrderReading.DEAD);
    return decoded;
  }

  /**
   * Acts, receipts, what recovery says of freezes, and the record for stop-orders: orders, and the
   * numbers of transitions made before.
   */
  DataStream<OrderInput> orderInputs(DataStream<RawRecord> acts) {
    List<String> topics = new ArrayList<>();
    settings.channels().withOrders().forEach(bank -> topics.add("bank." + bank + ".orders"));
    topics.add(REQUESTS);
    settings.channels().withOrders().forEach(bank -> topics.add("bank." + bank + ".inbound"));
    var decoded =
        acts.union(raw(topics, "source-banks"))
            .process(new OrderReading.Inputs(registry))
            .setParallelism(1)
            .setBufferTimeout(DetectionTopology.AT_ONCE)
            .uid("order-inputs");
    aside(decoded, OrderReading.DEAD);
    return decoded.union(freezes());
  }

  /** Freezes of recovery; a word on one that cannot be read is passed. */
  private DataStream<OrderInput> freezes() {
    var decoded =
        lives()
            .process(new OrderReading.Freezes(registry))
            .setParallelism(1)
            .setBufferTimeout(DetectionTopology.AT_ONCE)
            .uid("order-freezes");
    aside(decoded, OrderReading.DEAD);
    return decoded;
  }

  /** Records of control topics turned away so far. */
  List<DataStream<DeadLetter>> deadLetters() {
    return dead;
  }

  /** What must be read back before anything is signed. */
  private List<String> recordTopics() {
    List<String> topics = new ArrayList<>();
    settings.channels().withOrders().forEach(bank -> topics.add("bank." + bank + ".orders"));
    topics.add(REQUESTS);
    topics.add(LIVES);
    return topics;
  }

  private void aside(SingleOutputStreamOperator<?> stream, OutputTag<DeadLetter> tag) {
    dead.add(stream.getSideOutput(tag));
  }

  private SingleOutputStreamOperator<RawRecord> raw(List<String> topics, String uid) {
    return env.fromSource(
            source(topics, new RawDeserializer(), OffsetsInitializer.earliest()),
            WatermarkStrategy.noWatermarks(),
            uid)
        .setParallelism(1)
        .setBufferTimeout(DetectionTopology.AT_ONCE)
        .uid(uid);
  }

  private <T> KafkaSource<T> source(
      List<String> topics,
      KafkaRecordDeserializationSchema<T> deserializer,
      OffsetsInitializer start) {
    return KafkaSource.<T>builder()
        .setProperties(access.properties())
        .setTopics(topics)
        .setGroupId("engine-detection")
        .setClientIdPrefix("engine-" + topics.get(0))
        .setStartingOffsets(start)
        .setProperty("commit.offsets.on.checkpoint", "false")
        // A hundred figures a client, collected every second for Flink's pages, are a tenth of a
        // core; the connector's own, pendingRecords among them, stay.
        .setProperty("register.consumer.metrics", "false")
        .setProperty("fetch.max.wait.ms", "250")
        .setProperty("fetch.min.bytes", "1")
        .setProperty("isolation.level", "read_committed")
        .setDeserializer(deserializer)
        .build();
  }
}
