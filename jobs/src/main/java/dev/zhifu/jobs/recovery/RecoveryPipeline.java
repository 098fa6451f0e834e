package dev.zhifu.jobs.recovery;

import dev.zhifu.jobs.io.AvroRecordSerializer.Part;
import dev.zhifu.jobs.io.KafkaAccess;
import dev.zhifu.jobs.io.RawRecord;
import dev.zhifu.jobs.io.ReadToEnd;
import dev.zhifu.jobs.io.TickMillis;
import dev.zhifu.jobs.io.TopicEdges;
import dev.zhifu.jobs.settings.JobSettings;
import dev.zhifu.jobs.topology.JobConfiguration;
import dev.zhifu.schemas.wire.RegistrySettings;
import dev.zhifu.wire.AuditEntry;
import dev.zhifu.wire.ChannelRequest;
import dev.zhifu.wire.DeadLetter;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.RecoveryAlarm;
import dev.zhifu.wire.RestrictionNotice;
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

/** The recovery job between Kafka and Kafka. */
public final class RecoveryPipeline {
  private static final String TICKS = "clock.ticks";
  private static final String RECORD = "recovery.lives";

  /** What is read besides the clock; the record first, for it is read back. */
  static final List<String> TOPICS =
      List.of(
          RECORD,
          "recovery.acts",
          "recovery.answers",
          "risk.cases",
          "officer.acts",
          "stop.requests");

  private final StreamExecutionEnvironment env;
  private final KafkaAccess access;
  private final RegistrySettings registry;
  private final TopicEdges edges;
  private final List<String> topics;

  private RecoveryPipeline(StreamExecutionEnvironment env, JobSettings settings) {
    this.env = env;
    this.access = new KafkaAccess(settings.bootstrap(), settings.user(), settings.password());
    this.registry = new RegistrySettings(settings.registryUrl());
    this.edges = new TopicEdges(access, registry);
    this.topics = new ArrayList<>(TOPICS);
    settings.banks().forEach(bank -> topics.add("bank." + bank + ".inbound"));
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
            unbound(read.union(accepted), "recovery-inputs-time"), controls, keys);
    DataStream<AuditEntry> entries = lives.getSideOutput(RecoveryFunction.AUDIT);

    atOnce(lives, RECORD, LifeTransition::getObjectId);
    atOnce(
        lives.getSideOutput(RecoveryFunction.REQUESTS),
        "recovery.requests",
        ChannelRequest::getObjectId);
    atOnce(
        lives.getSideOutput(RecoveryFunction.ALARMS), "recovery.alarms", RecoveryAlarm::getAlarmId);
    atOnce(
        lives.getSideOutput(RecoveryFunction.NOTICES),
        "restriction.notices",
        RestrictionNotice::getNoticeId);
    atOnce(read.getSideOutput(RecoveryReading.DEAD), "dead.letters", DeadLetter::getDeadLetterId);
    once(entries, "audit.entries", AuditEntry::getChain);
    once(RecoveryTopology.roots(entries, ticks, keys), "audit.roots", root -> "root");
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
    return stream
        .assignTimestampsAndWatermarks(
            WatermarkStrategy.<T>forGenerator(context -> new Greatest<>())
                .withTimestampAssigner((element, previous) -> 0L))
        .setParallelism(1)
        .uid(uid)
        .name(uid);
  }

  private static final class Greatest<T> implements WatermarkGenerator<T> {
    @Override
    public void onEvent(T event, long timestamp, WatermarkOutput output) {
      output.emitWatermark(Watermark.MAX_WATERMARK);
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
      output.emitWatermark(Watermark.MAX_WATERMARK);
    }
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
