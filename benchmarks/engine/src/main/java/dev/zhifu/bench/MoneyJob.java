package dev.zhifu.bench;

import dev.zhifu.jobs.features.RouterControl;
import dev.zhifu.jobs.flow.AddressedOrder;
import dev.zhifu.jobs.flow.Ingested;
import dev.zhifu.jobs.match.RuleInput;
import dev.zhifu.jobs.orders.DirectoryOrderKeys;
import dev.zhifu.jobs.orders.OrderControl;
import dev.zhifu.jobs.orders.OrderInput;
import dev.zhifu.jobs.orders.OrderSettings;
import dev.zhifu.jobs.orders.StopOrdersFunction;
import dev.zhifu.jobs.score.AccountInput;
import dev.zhifu.jobs.score.ScoreSettings;
import dev.zhifu.jobs.topology.Detected;
import dev.zhifu.jobs.topology.DetectionInputs;
import dev.zhifu.jobs.topology.DetectionTopology;
import dev.zhifu.jobs.topology.JobConfiguration;
import dev.zhifu.jobs.trace.AccountRecord;
import dev.zhifu.jobs.trace.LedgerTrace;
import dev.zhifu.jobs.trace.Stated;
import dev.zhifu.jobs.trace.TraceClaim;
import dev.zhifu.jobs.trace.TraceClaims;
import dev.zhifu.jobs.trace.TraceListing;
import dev.zhifu.jobs.trace.TraceTopology;
import dev.zhifu.rules.money.trace.TraceSettings;
import dev.zhifu.wire.Environment;
import dev.zhifu.wire.FollowOn;
import dev.zhifu.wire.OfficerAct;
import dev.zhifu.wire.StopPaymentRequest;
import dev.zhifu.wire.TraceCase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.legacy.SinkFunction;
import org.apache.flink.streaming.api.functions.source.legacy.SourceFunction;
import org.apache.flink.util.Collector;

/**
 * Detection, scoring, stop-orders and the trace over one city in this JVM, each with one subtask,
 * in two halves that meet only in the hub: the city's source with detection and scoring, and the
 * desk's source with stop-orders and the trace.
 */
final class MoneyJob {
  private static final int KEPT_DAYS = 30;

  private MoneyJob() {}

  /**
   * Runs to the end of the city.
   *
   * @param hub takes what comes out
   * @param plan rules and lists
   * @param work folder for RocksDB
   */
  static void run(MoneyHub hub, Pipeline.Plan plan, Path work) throws Exception {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(1, configuration(work));
    detection(env, hub.id(), plan);
    desk(env, hub.id(), plan);
    env.execute("zhifu-bench-recovery");
  }

  private static void detection(
      StreamExecutionEnvironment env, MoneyHub.Id id, Pipeline.Plan plan) {
    DataStream<MoneyFed> fed =
        env.addSource(new MoneySource(id), "city", TypeInformation.of(MoneyFed.class)).uid("city");
    DataStream<RouterControl> control =
        env.fromData(plan.control(), TypeInformation.of(RouterControl.class))
            .setParallelism(1)
            .uid("control");
    Detected detected =
        DetectionTopology.detect(
            new DetectionInputs(
                part(fed, new Events(), Ingested.class, "events"),
                env.addSource(
                        new Nothing<RuleInput>(), "silence", TypeInformation.of(RuleInput.class))
                    .uid("silence"),
                control,
                part(fed, new Acts(), OfficerAct.class, "acts"),
                part(fed, new FollowOns(), AccountInput.class, "follow-ons")),
            ScoreSettings.defaults(),
            false,
            plan.cacheEntities());
    end(detected.decisions(), new Told<>(id, MoneyHub.Stream.DECISIONS), "end-decisions");
    end(detected.holds(), new Told<>(id, MoneyHub.Stream.HOLDS), "end-holds");
    end(detected.warnings(), new Told<>(id, MoneyHub.Stream.WARNINGS), "end-warnings");
    end(detected.proposals(), new Told<>(id, MoneyHub.Stream.PROPOSALS), "end-proposals");
  }

  private static void desk(StreamExecutionEnvironment env, MoneyHub.Id id, Pipeline.Plan plan) {
    DataStream<DeskFed> fed =
        env.addSource(new Desk(id), "desk", TypeInformation.of(DeskFed.class)).uid("desk");
    DataStream<OrderControl> controls =
        part(fed, new Controls(), OrderControl.class, "order-controls")
            .assignTimestampsAndWatermarks(
                WatermarkStrategy.<OrderControl>forGenerator(context -> new Ticks()))
            .uid("tick-time");
    DataStream<OrderInput> inputs =
        part(fed, new Inputs(), OrderInput.class, "order-inputs")
            .assignTimestampsAndWatermarks(
                WatermarkStrategy.<OrderInput>forGenerator(context -> new Greatest()))
            .uid("order-inputs-time");
    SingleOutputStreamOperator<StopPaymentRequest> requests =
        inputs
            .keyBy(OrderInput::accountToken)
            .connect(controls.broadcast(StopOrdersFunction.BROADCAST))
            .process(
                new MarkedOrders(
                    id,
                    new StopOrdersFunction(
                        OrderSettings.defaults(Environment.DEMO), DirectoryOrderKeys.ofDemo())),
                TypeInformation.of(StopPaymentRequest.class))
            .uid("stop-orders");
    end(requests, new Told<>(id, null), "end-requests");
    end(
        requests.getSideOutput(StopOrdersFunction.ORDERS),
        new Told<AddressedOrder>(id, null),
        "end-orders");
    DataStream<TraceClaim> claims = part(fed, new Claims(), TraceClaim.class, "claims");
    SingleOutputStreamOperator<AccountRecord> trace =
        TraceTopology.trace(
            part(fed, new Sides(), AccountRecord.class, "sides"),
            part(fed, new Hops(), AccountRecord.class, "hops").union(TraceTopology.losses(claims)),
            env.fromData(listings(plan), TypeInformation.of(TraceListing.class))
                .setParallelism(1)
                .uid("lists"),
            TraceSettings.defaults(),
            KEPT_DAYS,
            () -> 0);
    DataStream<Stated> stated = trace.getSideOutput(LedgerTrace.STATEMENTS);
    SingleOutputStreamOperator<TraceCase> cases = TraceTopology.claims(stated, claims);
    end(trace, new Traced(id), "end-hops");
    end(stated, new Statements(id), "end-statements");
    end(
        cases.getSideOutput(TraceClaims.FOLLOW_ONS),
        new Told<FollowOn>(id, MoneyHub.Stream.FOLLOW_ONS),
        "end-follow-ons");
  }

  private static List<TraceListing> listings(Pipeline.Plan plan) {
    List<TraceListing> listings = new ArrayList<>();
    for (RouterControl control : plan.control()) {
      if (control.entry() != null) {
        listings.add(new TraceListing(control.entry()));
      }
    }
    listings.add(TraceListing.read());
    return listings;
  }

  private static Configuration configuration(Path work) {
    Configuration flink = JobConfiguration.common();
    flink.set(CoreOptions.TMP_DIRS, work.toString());
    flink.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    // Every step of the loop waits for all streams: nothing may lie in a buffer.
    flink.set(ExecutionOptions.BUFFER_TIMEOUT, Duration.ZERO);
    flink.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(512));
    flink.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(192));
    flink.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(192));
    return flink;
  }

  private static <F, T> SingleOutputStreamOperator<T> part(
      DataStream<F> fed, FlatMapFunction<F, T> of, Class<T> type, String uid) {
    return fed.flatMap(of).returns(TypeInformation.of(type)).uid(uid).name(uid);
  }

  private static <T> void end(DataStream<T> stream, SinkFunction<T> sink, String uid) {
    stream.addSink(sink).uid(uid).name(uid);
  }

  /**
   * What the desk's source hands on; one is set.
   *
   * @param input of stop-orders
   * @param control of stop-orders
   * @param side of a movement, for the ledger of its account
   * @param hop a hop message, for the account that was paid
   * @param claim an accepted report, whose money is to be followed
   */
  public record DeskFed(
      OrderInput input,
      OrderControl control,
      AccountRecord side,
      AccountRecord hop,
      TraceClaim claim) {}

  /** Hands on what the loop feeds, in its order, until it is told that this was all. */
  private static final class Desk implements SourceFunction<DeskFed> {
    private static final long serialVersionUID = 1L;

    private final MoneyHub.Id run;

    private Desk(MoneyHub.Id run) {
      this.run = run;
    }

    @Override
    public void run(SourceContext<DeskFed> context) throws Exception {
      MoneyHub hub = MoneyHub.of(run);
      while (true) {
        MoneyHub.Fed fed = hub.next();
        synchronized (context.getCheckpointLock()) {
          if (fed.mark() == Long.MAX_VALUE) {
            return;
          }
          if (fed.mark() != 0) {
            context.emitWatermark(
                new org.apache.flink.streaming.api.watermark.Watermark(fed.mark()));
          } else {
            context.collectWithTimestamp(
                new DeskFed(fed.input(), fed.control(), fed.side(), fed.hop(), fed.claim()), 0);
          }
        }
      }
    }

    @Override
    public void cancel() {
      MoneyHub.of(run).feed(MoneyHub.Fed.mark(Long.MAX_VALUE));
    }
  }

  private record Events() implements FlatMapFunction<MoneyFed, Ingested> {
    @Override
    public void flatMap(MoneyFed fed, Collector<Ingested> out) {
      if (fed.event() != null) {
        out.collect(new Ingested(fed.event(), null, fed.event().getOccurredAt().toEpochMilli()));
      }
    }
  }

  private record Acts() implements FlatMapFunction<MoneyFed, OfficerAct> {
    @Override
    public void flatMap(MoneyFed fed, Collector<OfficerAct> out) {
      if (fed.act() != null) {
        out.collect(fed.act());
      }
    }
  }

  private record FollowOns() implements FlatMapFunction<MoneyFed, AccountInput> {
    @Override
    public void flatMap(MoneyFed fed, Collector<AccountInput> out) {
      if (fed.followOn() != null) {
        out.collect(fed.followOn());
      }
    }
  }

  private record Claims() implements FlatMapFunction<DeskFed, TraceClaim> {
    @Override
    public void flatMap(DeskFed fed, Collector<TraceClaim> out) {
      if (fed.claim() != null) {
        out.collect(fed.claim());
      }
    }
  }

  private record Inputs() implements FlatMapFunction<DeskFed, OrderInput> {
    @Override
    public void flatMap(DeskFed fed, Collector<OrderInput> out) {
      if (fed.input() != null) {
        out.collect(fed.input());
      }
    }
  }

  private record Controls() implements FlatMapFunction<DeskFed, OrderControl> {
    @Override
    public void flatMap(DeskFed fed, Collector<OrderControl> out) {
      if (fed.control() != null) {
        out.collect(fed.control());
      }
    }
  }

  private record Sides() implements FlatMapFunction<DeskFed, AccountRecord> {
    @Override
    public void flatMap(DeskFed fed, Collector<AccountRecord> out) {
      if (fed.side() != null) {
        out.collect(fed.side());
      }
    }
  }

  private record Hops() implements FlatMapFunction<DeskFed, AccountRecord> {
    @Override
    public void flatMap(DeskFed fed, Collector<AccountRecord> out) {
      if (fed.hop() != null) {
        out.collect(fed.hop());
      }
    }
  }

  /** Tells the hub; its stream's watermark says how far it has come. */
  private record Told<T>(MoneyHub.Id run, MoneyHub.Stream stream) implements SinkFunction<T> {
    @Override
    public void invoke(T what, Context context) {
      MoneyHub.of(run).say(what);
    }

    @Override
    public void writeWatermark(org.apache.flink.api.common.eventtime.Watermark watermark) {
      if (stream != null) {
        MoneyHub.of(run).reached(stream, watermark.getTimestamp());
      }
    }
  }

  private record Traced(MoneyHub.Id run) implements SinkFunction<AccountRecord> {
    @Override
    public void invoke(AccountRecord message, Context context) {
      MoneyHub.of(run).say(new MoneyHub.Hop(message));
    }

    @Override
    public void writeWatermark(org.apache.flink.api.common.eventtime.Watermark watermark) {
      MoneyHub.of(run).reached(MoneyHub.Stream.HOPS, watermark.getTimestamp());
    }
  }

  private record Statements(MoneyHub.Id run) implements SinkFunction<Stated> {
    @Override
    public void invoke(Stated said, Context context) {
      MoneyHub.of(run).say(new MoneyHub.Statement(said));
    }

    @Override
    public void writeWatermark(org.apache.flink.api.common.eventtime.Watermark watermark) {
      MoneyHub.of(run).reached(MoneyHub.Stream.STATEMENTS, watermark.getTimestamp());
    }
  }

  /** Each tick is a watermark, behind the tick itself. */
  private static final class Ticks implements WatermarkGenerator<OrderControl> {
    @Override
    public void onEvent(OrderControl control, long timestamp, WatermarkOutput output) {
      if (control.tick() != null) {
        output.emitWatermark(new Watermark(control.tick().getAt().toEpochMilli()));
      }
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
      // A clock that stands still moves nothing.
    }
  }

  /** What has no event time of its own never holds back the clock. */
  private static final class Greatest implements WatermarkGenerator<OrderInput> {
    @Override
    public void onEvent(OrderInput input, long timestamp, WatermarkOutput output) {
      output.emitWatermark(Watermark.MAX_WATERMARK);
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
      output.emitWatermark(Watermark.MAX_WATERMARK);
    }
  }

  private static final class Nothing<T> implements SourceFunction<T> {
    private static final long serialVersionUID = 1L;

    @Override
    public void run(SourceContext<T> context) {
      // Ends at once; its watermark then is the greatest.
    }

    @Override
    public void cancel() {
      // There is nothing to cancel.
    }
  }
}
