package dev.zhifu.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.zhifu.jobs.topology.JobConfiguration;
import dev.zhifu.jobs.travel.TravelTypes;
import dev.zhifu.wire.EnrichedEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Measures one configuration in this JVM: first a finite stream, whose final hits are kept for
 * comparison and which warms the code up; then an endless one, counted for some seconds after some
 * seconds of running in.
 */
public final class EngineRun {
  private static final int PARALLELISM = 2;

  private static final List<String> SHOWN =
      List.of(
          "keysUnderWay",
          "liveKeys",
          "hitsFinal",
          "hitsAnnounced",
          "hitsRetracted",
          "late",
          "overflowed",
          "cacheHitRate",
          "stateWrites",
          "relevantShare",
          "lastCheckpointFullSize",
          "lastCheckpointSize",
          "lastCheckpointDuration",
          "numberOfCompletedCheckpoints",
          "match.bases.v1.estimate-num-keys",
          "match.record.v1.estimate-num-keys");

  private static final int TASKS_SHOWN = 12;

  private final Settings settings;
  private final Config config;
  private final Path work;

  private EngineRun(Settings settings) throws Exception {
    this.settings = settings;
    this.config = Config.of(settings.text("config"), settings);
    this.work = settings.path("work");
  }

  /**
   * Arguments: config, events (folder), catalogue, work (folder); verify (events), warmup and
   * seconds (of CPU), checkpoint (seconds), out (file).
   */
  public static void main(String[] arguments) throws Exception {
    Settings settings = Settings.of(arguments);
    Map<String, Object> result = new EngineRun(settings).run();
    ObjectMapper mapper = new ObjectMapper();
    if (settings.values().containsKey("out")) {
      mapper.writerWithDefaultPrettyPrinter().writeValue(settings.path("out").toFile(), result);
    }
    System.out.println(mapper.writeValueAsString(result));
    System.exit(0);
  }

  private Map<String, Object> run() throws Exception {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("config", settings.text("config"));
    result.put("rules", config.plan().rules().size() + config.plan().shadows().size());
    result.put("rulesParsedSeconds", Math.round(config.rulesParsedSeconds() * 1e3) / 1e3);
    verify(result);
    measure(result);
    return result;
  }

  private void verify(Map<String, Object> result) throws Exception {
    long events = settings.number("verify", 30_000);
    if (events <= 0) {
      return;
    }
    Meter.begin();
    // One subtask keeps the order of a sorted stream, on which features and hits are the same every
    // time.
    StreamExecutionEnvironment env = environment(1, 0);
    define(env, config.feed(events));
    long started = System.nanoTime();
    env.execute("verify");
    result.put("verifiedEvents", Meter.EVENTS.sum());
    result.put("verifySeconds", seconds(System.nanoTime() - started));
    result.put("hits", Meter.HITS.size());
    result.put("hitsSha256", Digest.of(new TreeSet<>(Meter.HITS)));
  }

  private void measure(Map<String, Object> result) throws Exception {
    Meter.begin();
    StreamExecutionEnvironment env = environment(PARALLELISM, settings.number("checkpoint", 10));
    define(env, config.feed(-1));
    long started = System.nanoTime();
    JobClient job = env.executeAsync(settings.text("config"));
    Pace pace = new Pace(job.getJobExecutionResult());
    if (awaitRules(pace)) {
      result.put("rulesReadySeconds", seconds(System.nanoTime() - started));
    }
    long ready = System.nanoTime();
    // Running in and measuring go by this process's CPU time: on a machine that others use too, the
    // wall clock says little of how far the code is compiled.
    Reading before =
        pace.runIn(config.startMs(), settings.decimal("warmup", 90), config.filledMs());
    result.put("runningInSeconds", seconds(System.nanoTime() - ready));
    ThreadCpu threads = ThreadCpu.now();
    Reading after = pace.after(before, settings.decimal("seconds", 15));
    ThreadCpu then = ThreadCpu.now();
    result.put("cpuSecondsByThreads", then.since(threads));
    result.put("cpuSecondsByTask", then.busiestSince(threads, TASKS_SHOWN));
    after.since(before, config.startMs(), result);
    Map<String, Double> metrics = BenchMetrics.sums(SHOWN);
    result.put("metrics", metrics);
    result.put(
        "stateBytes",
        BenchMetrics.sums(List.of("estimate-live-data-size")).values().stream()
            .mapToDouble(bytes -> bytes)
            .sum());
    job.cancel().get(60, TimeUnit.SECONDS);
    // RocksDB still flushes while tasks end; a process that leaves earlier dies in its threads.
    job.getJobExecutionResult().handle((ended, cancelled) -> ended).get(60, TimeUnit.SECONDS);
  }

  /**
   * Waits until every rule is in force on every subtask of MATCH.
   *
   * @return false when there is no MATCH
   */
  private boolean awaitRules(Pace pace) throws Exception {
    if (!config.name().kind().matches("engine|match|single")) {
      return false;
    }
    int wanted = PARALLELISM * (config.plan().rules().size() + config.plan().shadows().size());
    while (BenchMetrics.sums(List.of("match.rules")).getOrDefault("match.rules", 0.0) < wanted) {
      pace.step();
    }
    return true;
  }

  private void define(StreamExecutionEnvironment env, Feed feed) {
    DataStream<EnrichedEvent> events =
        env.addSource(
                new FeedSource(feed, config.name().latenessMs()), "events", TravelTypes.ENRICHED)
            .uid("events");
    config.pipeline().define(events, config.plan());
  }

  private StreamExecutionEnvironment environment(int parallelism, long checkpointSeconds) {
    Configuration flink = JobConfiguration.common();
    flink.set(CoreOptions.TMP_DIRS, work.toString());
    flink.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    flink.set(TaskManagerOptions.NUM_TASK_SLOTS, parallelism);
    flink.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(512));
    flink.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(192));
    flink.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(192));
    flink.setString("metrics.reporter.bench.factory.class", BenchMetrics.Factory.class.getName());
    flink.setString("state.backend.rocksdb.metrics.estimate-num-keys", "true");
    flink.setString("state.backend.rocksdb.metrics.estimate-live-data-size", "true");
    flink.setString("state.backend.rocksdb.metrics.column-family-as-variable", "false");
    if (checkpointSeconds > 0) {
      flink.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(checkpointSeconds));
      flink.set(
          CheckpointingOptions.CHECKPOINTS_DIRECTORY,
          work.resolve("checkpoints").toUri().toString());
    }
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(parallelism, flink);
    env.setParallelism(parallelism);
    return env;
  }

  private static double seconds(long nanos) {
    return Math.round(nanos / 1e6) / 1e3;
  }
}
