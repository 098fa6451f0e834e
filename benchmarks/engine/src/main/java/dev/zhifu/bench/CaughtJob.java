package dev.zhifu.bench;

import dev.zhifu.jobs.features.RouterControl;
import dev.zhifu.jobs.flow.Ingested;
import dev.zhifu.jobs.flow.StopProposal;
import dev.zhifu.jobs.match.RuleInput;
import dev.zhifu.jobs.orders.DirectoryOrderKeys;
import dev.zhifu.jobs.orders.OrderControl;
import dev.zhifu.jobs.orders.OrderInput;
import dev.zhifu.jobs.orders.OrderSettings;
import dev.zhifu.jobs.score.ScoreSettings;
import dev.zhifu.jobs.topology.Detected;
import dev.zhifu.jobs.topology.DetectionInputs;
import dev.zhifu.jobs.topology.DetectionTopology;
import dev.zhifu.jobs.topology.JobConfiguration;
import dev.zhifu.rules.language.Rule;
import dev.zhifu.wire.Environment;
import dev.zhifu.wire.OfficerAct;
import dev.zhifu.wire.StopPaymentRequest;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.legacy.SinkFunction;
import org.apache.flink.streaming.api.functions.source.legacy.SourceFunction;
import org.apache.flink.util.Collector;

/**
 * The whole job, detection, scoring and stop-orders, over one city in this JVM. One subtask of
 * each: events arrive in the city's own order, so that the same seed gives the same findings.
 */
final class CaughtJob {
  private static final String REPORT = "REPORT";

  private CaughtJob() {}

  /**
   * Runs to the end of the city.
   *
   * @param findings takes what comes out
   * @param plan rules and lists
   * @param work folder for RocksDB
   */
  static void run(CaughtFindings findings, Pipeline.Plan plan, Path work) throws Exception {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(1, configuration(work));
    CaughtFindings.Id id = findings.id();
    DataStream<CaughtFed> fed =
        env.addSource(
                new CaughtSource(id, authorised(plan.rules())),
                "city",
                TypeInformation.of(CaughtFed.class))
            .uid("city");
    DataStream<RouterControl> control =
        env.fromData(plan.control(), TypeInformation.of(RouterControl.class))
            .setParallelism(1)
            .uid("control");
    Detected detected =
        DetectionTopology.detect(
            new DetectionInputs(
                part(fed, new Events(), Ingested.class, "events"),
                nothing(env, RuleInput.class, "silence"),
                control,
                part(fed, new Acts(), OfficerAct.class, "acts")),
            ScoreSettings.defaults(),
            false,
            plan.cacheEntities());
    DataStream<StopPaymentRequest> requests =
        DetectionTopology.stopOrders(
            detected.proposals(),
            nothing(env, OrderInput.class, "no-receipts"),
            part(fed, new Controls(true), OrderControl.class, "ticks"),
            part(fed, new Controls(false), OrderControl.class, "order-controls"),
            OrderSettings.defaults(Environment.DEMO),
            DirectoryOrderKeys.ofDemo());
    end(detected.cases(), told(id, CaughtFindings::changed), "end-cases");
    end(detected.warnings(), told(id, CaughtFindings::warned), "end-warnings");
    end(detected.holds(), told(id, CaughtFindings::held), "end-holds");
    end(detected.decisions(), told(id, CaughtFindings::decided), "end-decisions");
    end(detected.hits(), told(id, CaughtFindings::raised), "end-revisions");
    end(detected.finalHits(), told(id, CaughtFindings::hit), "end-hits");
    end(detected.proposals(), new Mark(id), "end-proposals");
    end(requests, told(id, CaughtFindings::requested), "end-requests");
    env.execute("zhifu-bench-caught");
  }

  /** A victim's accepted statement, and the rules that may ask for a hold or a stop. */
  private static List<String> authorised(List<Rule> rules) {
    List<String> ids = new ArrayList<>(List.of(REPORT));
    for (Rule rule : rules) {
      if (rule.actions().contains(dev.zhifu.wire.ActionCode.A5)) {
        ids.add(rule.id());
      }
    }
    return ids;
  }

  private static Configuration configuration(Path work) {
    Configuration flink = JobConfiguration.common();
    flink.set(CoreOptions.TMP_DIRS, work.toString());
    flink.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    flink.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(512));
    flink.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(192));
    flink.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(192));
    return flink;
  }

  private static <T> DataStream<T> part(
      DataStream<CaughtFed> fed, FlatMapFunction<CaughtFed, T> of, Class<T> type, String uid) {
    return fed.flatMap(of).returns(TypeInformation.of(type)).uid(uid).name(uid);
  }

  private static <T> DataStream<T> nothing(
      StreamExecutionEnvironment env, Class<T> type, String uid) {
    return env.addSource(new Nothing<T>(), uid, TypeInformation.of(type)).uid(uid);
  }

  private static <T> void end(DataStream<T> stream, SinkFunction<T> sink, String uid) {
    stream.addSink(sink).uid(uid).name(uid);
  }

  private record Events() implements FlatMapFunction<CaughtFed, Ingested> {
    @Override
    public void flatMap(CaughtFed fed, Collector<Ingested> out) {
      if (fed.event() != null) {
        out.collect(new Ingested(fed.event(), null, fed.event().getOccurredAt().toEpochMilli()));
      }
    }
  }

  private record Acts() implements FlatMapFunction<CaughtFed, OfficerAct> {
    @Override
    public void flatMap(CaughtFed fed, Collector<OfficerAct> out) {
      if (fed.act() != null) {
        out.collect(fed.act());
      }
    }
  }

  private record Controls(boolean ticks) implements FlatMapFunction<CaughtFed, OrderControl> {
    @Override
    public void flatMap(CaughtFed fed, Collector<OrderControl> out) {
      OrderControl control = fed.control();
      if (control != null && (control.kind() == OrderControl.Kind.TICK) == ticks) {
        out.collect(control);
      }
    }
  }

  /** Which of the findings a stream tells. */
  private interface Into<T> extends Serializable {
    void take(CaughtFindings findings, T one);
  }

  private static <T> SinkFunction<T> told(CaughtFindings.Id run, Into<T> into) {
    return new Told<>(run, into);
  }

  /** Hands a stream to the findings of its run. */
  private record Told<T>(CaughtFindings.Id run, Into<T> into) implements SinkFunction<T> {
    @Override
    public void invoke(T one, Context context) {
      into.take(CaughtFindings.of(run), one);
    }
  }

  /** Tells how far the last step before stop-orders has come. */
  private record Mark(CaughtFindings.Id run) implements SinkFunction<StopProposal> {
    @Override
    public void invoke(StopProposal proposal, Context context) {
      // Its watermark is what counts.
    }

    @Override
    public void writeWatermark(Watermark watermark) {
      CaughtFindings.of(run).reached(watermark.getTimestamp());
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
