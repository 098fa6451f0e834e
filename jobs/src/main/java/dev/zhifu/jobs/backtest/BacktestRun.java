package dev.zhifu.jobs.backtest;

import dev.zhifu.jobs.features.RouterControl;
import dev.zhifu.jobs.flow.Ingested;
import dev.zhifu.jobs.flow.ReportedAccount;
import dev.zhifu.jobs.flow.Routed;
import dev.zhifu.jobs.match.RuleInput;
import dev.zhifu.jobs.score.ScoreSettings;
import dev.zhifu.jobs.topology.Detected;
import dev.zhifu.jobs.topology.DetectionInputs;
import dev.zhifu.jobs.topology.DetectionTopology;
import dev.zhifu.jobs.topology.JobConfiguration;
import dev.zhifu.jobs.topology.Judged;
import dev.zhifu.jobs.travel.TravelTypes;
import dev.zhifu.wire.DeadLetter;
import dev.zhifu.wire.FraudCase;
import dev.zhifu.wire.OfficerAct;
import dev.zhifu.wire.RuleHit;
import dev.zhifu.wire.RuleStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.legacy.SinkFunction;
import org.apache.flink.util.ExceptionUtils;
import org.apache.flink.util.FileUtils;

/**
 * The detection job over files, to their end, in this JVM: the operators of the live job, and no
 * way to an order.
 */
final class BacktestRun {
  private BacktestRun() {}

  /**
   * Runs until everything is final.
   *
   * @param files what to read
   * @param rules what is in force, and when
   * @param parallelism of every operator but the source; changes no hit
   * @param gathered takes what comes out
   * @throws BacktestException when a file turns out bad
   */
  static void run(BacktestFiles files, RulesUnderTest rules, int parallelism, Gathered gathered) {
    Path folder = temporary();
    try {
      StreamExecutionEnvironment env =
          StreamExecutionEnvironment.createLocalEnvironment(
              parallelism, configuration(folder, parallelism));
      if (files.isStored()) {
        defineStored(env, files, rules, gathered.id());
      } else {
        define(env, files, rules, gathered.id());
      }
      env.execute("zhifu-backtest");
    } catch (Exception e) {
      BacktestException fault =
          ExceptionUtils.findThrowable(e, BacktestException.class).orElse(null);
      throw fault != null
          ? fault
          : new IllegalStateException("the back-test's job failed: " + root(e), e);
    } finally {
      delete(folder);
    }
  }

  private static Configuration configuration(Path folder, int parallelism) {
    Configuration configuration = JobConfiguration.common();
    configuration.set(CoreOptions.TMP_DIRS, folder.toString());
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    configuration.set(ExecutionOptions.BUFFER_TIMEOUT, Duration.ofMillis(50));
    configuration.set(TaskManagerOptions.NUM_TASK_SLOTS, parallelism);
    configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(256));
    configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(96));
    configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(96));
    return configuration;
  }

  private static void define(
      StreamExecutionEnvironment env, BacktestFiles files, RulesUnderTest rules, String run) {
    DataStream<Ingested> events =
        env.addSource(new FileSource(files, run), "files", TravelTypes.INGESTED).uid("files");
    Detected detected =
        DetectionTopology.detectRecorded(inputs(env, events, rules), ScoreSettings.defaults());
    gather(detected.finalHits(), new Hits(run), "gathered-hits");
    gather(detected.cases(), new Cases(run), "gathered-cases");
    gather(detected.statuses(), new Statuses(run), "gathered-statuses");
    gather(detected.deadLetters(), new Dead(run), "gathered-dead-letters");
  }

  /** Behind the features: what a job enriched stays as it is. */
  private static void defineStored(
      StreamExecutionEnvironment env, BacktestFiles files, RulesUnderTest rules, String run) {
    DataStream<Routed> routed =
        env.addSource(
                new StoredSource(files, rules.told(), run), "stored history", TravelTypes.ROUTED)
            .uid("stored-history");
    Judged judged =
        DetectionTopology.judgeRecorded(
            routed,
            inputs(env, nothing(env, Ingested.class, "files"), rules),
            nothing(env, ReportedAccount.class, "reported"),
            ScoreSettings.defaults());
    gather(judged.finalHits(), new Hits(run), "gathered-hits");
    gather(judged.cases(), new Cases(run), "gathered-cases");
    gather(judged.statuses(), new Statuses(run), "gathered-statuses");
  }

  private static DetectionInputs inputs(
      StreamExecutionEnvironment env, DataStream<Ingested> events, RulesUnderTest rules) {
    return new DetectionInputs(
        events,
        nothing(env, RuleInput.class, "silence"),
        env.fromData(rules.control(), TypeInformation.of(RouterControl.class))
            .setParallelism(1)
            .uid("rules"),
        nothing(env, OfficerAct.class, "acceptances"));
  }

  private static <T> DataStream<T> nothing(
      StreamExecutionEnvironment env, Class<T> type, String uid) {
    return env.addSource(new NothingSource<T>(), uid, TypeInformation.of(type)).uid(uid);
  }

  private static <T> void gather(DataStream<T> stream, SinkFunction<T> sink, String uid) {
    stream.addSink(sink).uid(uid).name(uid);
  }

  private record Hits(String run) implements SinkFunction<RuleHit> {
    @Override
    public void invoke(RuleHit hit, Context context) {
      Gathered.of(run).hit(hit, context.currentWatermark());
    }
  }

  private record Cases(String run) implements SinkFunction<FraudCase> {
    @Override
    public void invoke(FraudCase change, Context context) {
      Gathered.of(run).changed(change);
    }
  }

  private record Statuses(String run) implements SinkFunction<RuleStatus> {
    @Override
    public void invoke(RuleStatus status, Context context) {
      Gathered.of(run).status(status);
    }
  }

  private record Dead(String run) implements SinkFunction<DeadLetter> {
    @Override
    public void invoke(DeadLetter letter, Context context) {
      Gathered.of(run).turnedAway();
    }
  }

  private static String root(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.toString();
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("zhifu-backtest");
    } catch (IOException e) {
      throw new BacktestException(
          "no temporary folder can be made (" + e.getMessage() + "); set java.io.tmpdir");
    }
  }

  private static void delete(Path folder) {
    // Not a walk of our own: the cluster may still be clearing its part away under it.
    FileUtils.deleteDirectoryQuietly(folder.toFile());
  }
}
