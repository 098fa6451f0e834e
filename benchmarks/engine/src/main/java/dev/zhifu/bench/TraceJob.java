package dev.zhifu.bench;

import dev.zhifu.jobs.io.RecordReading;
import dev.zhifu.jobs.io.TopicEdges;
import dev.zhifu.jobs.network.NetworkStep;
import dev.zhifu.jobs.network.NetworkTopology;
import dev.zhifu.jobs.topology.JobConfiguration;
import dev.zhifu.jobs.trace.AccountRecord;
import dev.zhifu.jobs.trace.LedgerTrace;
import dev.zhifu.jobs.trace.Stated;
import dev.zhifu.jobs.trace.TraceListing;
import dev.zhifu.jobs.trace.TraceTopology;
import dev.zhifu.rules.money.LedgerDay;
import dev.zhifu.rules.money.Movement;
import dev.zhifu.rules.money.network.NetworkSettings;
import dev.zhifu.rules.money.network.TrailMessage;
import dev.zhifu.rules.money.trace.TraceSettings;
import dev.zhifu.schemas.access.KafkaAccess;
import dev.zhifu.schemas.wire.RegistrySettings;
import dev.zhifu.wire.TraceHop;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.streaming.api.functions.sink.legacy.SinkFunction;
import org.apache.flink.streaming.api.functions.source.legacy.SourceFunction;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.util.Collector;

/**
 * The ledger and the trace alone, the shapes among accounts alone, or the floor under them: one
 * read and one write a movement.
 */
final class TraceJob {
  private static final int KEPT_DAYS = 30;
  private static final String HOPS = "trace.hops";
  private static final Duration CHECKPOINT = Duration.ofSeconds(10);

  /** Of ten transfers so many go to the one account that the payer always pays. */
  private static final int KNOWN_OF_TEN = 9;

  private TraceJob() {}

  /** What is measured. */
  enum Mode {
    TRACE,
    FLOOR,
    /** Shapes, where nine of ten transfers go to an account that the payer has paid before. */
    SHAPES,
    /** Shapes, where every transfer is a first payment. */
    SHAPES_FIRST;

    boolean isTrace() {
      return this == TRACE;
    }

    boolean isShapes() {
      return this == SHAPES || this == SHAPES_FIRST;
    }
  }

  /**
   * Where hop messages travel.
   *
   * @param bootstrap of the broker
   * @param registry address of the schema registry
   * @param user who writes and reads {@code trace.hops}
   * @param password of the user
   */
  record Broker(String bootstrap, String registry, String user, String password) {
    private TopicEdges edges() {
      return new TopicEdges(
          new KafkaAccess(bootstrap, user, password), new RegistrySettings(registry));
    }
  }

  /**
   * Starts it.
   *
   * @param broker that hop messages go through; null for a queue in memory
   */
  static JobClient start(TraceHub.Id run, int parallelism, Mode mode, Path work, Broker broker)
      throws Exception {
    Configuration flink = JobConfiguration.common();
    flink.set(CoreOptions.TMP_DIRS, work.toString());
    flink.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    flink.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, CHECKPOINT);
    flink.set(
        CheckpointingOptions.CHECKPOINTS_DIRECTORY, work.resolve("checkpoints").toUri().toString());
    flink.set(ExecutionOptions.BUFFER_TIMEOUT, Duration.ofMillis(2));
    flink.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(1024));
    flink.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(128));
    flink.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(128));
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(parallelism, flink);
    TypeInformation<AccountRecord> type = TypeInformation.of(AccountRecord.class);
    DataStream<AccountRecord> sides =
        env.addSource(new Queued(run, true), "sides", type).setParallelism(1).uid("sides");
    DataStream<AccountRecord> told =
        env.addSource(new Queued(run, false), "hops", type).setParallelism(1).uid("hops");
    DataStream<AccountRecord> hops = broker == null ? told : told.union(read(env, broker));
    DataStream<TraceListing> lists =
        env.fromData(TypeInformation.of(TraceListing.class), TraceListing.read())
            .setParallelism(1)
            .uid("lists");
    SingleOutputStreamOperator<AccountRecord> trace =
        switch (mode) {
          case FLOOR ->
              sides
                  .connect(hops)
                  .keyBy(AccountRecord::key, AccountRecord::key)
                  .process(new ReadAndWrite(), type)
                  .uid("read-and-write");
          case TRACE ->
              TraceTopology.trace(
                  sides, hops, lists, TraceSettings.everything(), KEPT_DAYS, () -> 0);
          case SHAPES, SHAPES_FIRST -> shapes(sides, hops, lists, mode == Mode.SHAPES);
        };
    trace.addSink(new Hops(run, broker != null)).setParallelism(1).uid("end-hops").name("end-hops");
    if (broker != null) {
      TraceTopology.messages(trace)
          .sinkTo(broker.edges().atOnce(HOPS, hop -> hop.getEdge().getPayee().getAccountToken()))
          .setParallelism(1)
          .uid("sink-hops")
          .name("sink-hops");
    }
    trace
        .getSideOutput(LedgerTrace.STATEMENTS)
        .addSink(new Statements(run))
        .uid("end-statements")
        .name("end-statements");
    return env.executeAsync("zhifu-bench-trace");
  }

  /** The shapes over the debit sides; what accounts tell each other travels as hops do. */
  private static SingleOutputStreamOperator<AccountRecord> shapes(
      DataStream<AccountRecord> sides,
      DataStream<AccountRecord> hops,
      DataStream<TraceListing> lists,
      boolean mostlyKnown) {
    TypeInformation<NetworkStep> step = TypeInformation.of(NetworkStep.class);
    SingleOutputStreamOperator<NetworkStep> said =
        NetworkTopology.shapes(
            sides
                .flatMap(
                    (AccountRecord side, Collector<NetworkStep> out) ->
                        payment(side, mostlyKnown, out))
                .returns(step)
                .uid("payments"),
            hops.map(hop -> new NetworkStep(hop.key(), true, hop.body()))
                .returns(step)
                .uid("trails"),
            lists,
            NetworkSettings.defaults(),
            Duration.ZERO);
    return said.map(one -> AccountRecord.message(one.account(), one.body()))
        .returns(TypeInformation.of(AccountRecord.class))
        .uid("told");
  }

  private static void payment(AccountRecord side, boolean mostlyKnown, Collector<NetworkStep> out) {
    Movement movement = LedgerDay.of(side.body()).movements().get(0);
    if (!movement.credit()) {
      boolean known = mostlyKnown && Math.floorMod(movement.id().hashCode(), 10) < KNOWN_OF_TEN;
      out.collect(
          NetworkStep.pays(
              new TrailMessage(
                  movement.id(),
                  movement.at(),
                  movement.fen(),
                  side.key(),
                  known
                      ? new StringBuilder(side.key()).reverse().toString()
                      : movement.other().token(),
                  List.of())));
    }
  }

  /** As the recovery job reads them. */
  private static DataStream<AccountRecord> read(StreamExecutionEnvironment env, Broker broker) {
    return TraceTopology.hops(
        env.fromSource(
                broker.edges().source(List.of(HOPS), "recovery-job", "bench-" + HOPS),
                WatermarkStrategy.noWatermarks(),
                "topic-hops")
            .setParallelism(1)
            .uid("topic-hops")
            .process(
                new RecordReading<>(
                    new RegistrySettings(broker.registry()), TraceHop.class, hop -> hop),
                TypeInformation.of(TraceHop.class))
            .setParallelism(1)
            .uid("hop-reading")
            .assignTimestampsAndWatermarks(
                WatermarkStrategy.<TraceHop>forGenerator(context -> new Greatest())
                    .withTimestampAssigner((hop, previous) -> 0L))
            .setParallelism(1)
            .uid("hop-time"));
  }

  /** Hop messages never hold the ledgers' time back. */
  private static final class Greatest implements WatermarkGenerator<TraceHop> {
    @Override
    public void onEvent(TraceHop hop, long timestamp, WatermarkOutput output) {
      // The next period says it.
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
      output.emitWatermark(org.apache.flink.api.common.eventtime.Watermark.MAX_WATERMARK);
    }
  }

  /** Hands on a queue in its order. */
  private static final class Queued implements SourceFunction<AccountRecord> {
    private static final long serialVersionUID = 1L;

    private final TraceHub.Id run;
    private final boolean sides;

    private Queued(TraceHub.Id run, boolean sides) {
      this.run = run;
      this.sides = sides;
    }

    @Override
    public void run(SourceContext<AccountRecord> context) throws Exception {
      TraceHub hub = TraceHub.of(run);
      if (!sides) {
        context.emitWatermark(Watermark.MAX_WATERMARK);
      }
      while (true) {
        TraceHub.Fed fed = (sides ? hub.sides() : hub.hops()).take();
        if (fed.record() == null && fed.mark() == Long.MAX_VALUE) {
          return;
        }
        synchronized (context.getCheckpointLock()) {
          if (fed.record() == null) {
            context.emitWatermark(new Watermark(fed.mark()));
          } else {
            context.collect(fed.record());
          }
        }
      }
    }

    @Override
    public void cancel() {
      TraceHub hub = TraceHub.of(run);
      (sides ? hub.sides() : hub.hops()).add(new TraceHub.Fed(null, Long.MAX_VALUE));
    }
  }

  private record Hops(TraceHub.Id run, boolean carried) implements SinkFunction<AccountRecord> {
    @Override
    public void invoke(AccountRecord message, Context context) {
      if (!carried) {
        TraceHub.of(run).hop(message);
      }
    }

    @Override
    public void writeWatermark(org.apache.flink.api.common.eventtime.Watermark watermark) {
      TraceHub.of(run).reached(watermark.getTimestamp());
    }
  }

  private record Statements(TraceHub.Id run) implements SinkFunction<Stated> {
    @Override
    public void invoke(Stated statement, Context context) {
      TraceHub.of(run).stated(statement);
    }
  }

  /** What any keyed state on disk costs: one read and one write of the entry's bytes. */
  private static final class ReadAndWrite
      extends KeyedCoProcessFunction<String, AccountRecord, AccountRecord, AccountRecord> {
    private static final long serialVersionUID = 1L;

    private transient ValueState<byte[]> state;

    @Override
    public void open(OpenContext context) {
      state =
          getRuntimeContext()
              .getState(
                  new ValueStateDescriptor<>(
                      "bench.entry", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    }

    @Override
    public void processElement1(AccountRecord side, Context context, Collector<AccountRecord> out)
        throws Exception {
      byte[] known = state.value();
      state.update(known == null ? side.body() : longer(known, side.body()));
    }

    /** The newest entry, and a byte of the one before, so that the read counts. */
    private static byte[] longer(byte[] known, byte[] body) {
      byte[] entry = body.clone();
      entry[entry.length - 1] = known[0];
      return entry;
    }

    @Override
    public void processElement2(AccountRecord hop, Context context, Collector<AccountRecord> out) {
      // The floor follows nothing.
    }
  }
}
