package dev.zhifu.bootstrap;

import dev.zhifu.jobs.features.RouterControl;
import dev.zhifu.jobs.flow.Ingested;
import dev.zhifu.jobs.match.RuleInput;
import dev.zhifu.jobs.score.ScoreSettings;
import dev.zhifu.jobs.topology.Detected;
import dev.zhifu.jobs.topology.DetectionInputs;
import dev.zhifu.jobs.topology.DetectionTopology;
import dev.zhifu.jobs.topology.JobConfiguration;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.OfficerAct;
import dev.zhifu.wire.PublicationStatus;
import dev.zhifu.wire.RulePublication;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.legacy.SinkFunction;
import org.apache.flink.streaming.api.functions.source.legacy.SourceFunction;
import org.apache.flink.streaming.api.watermark.Watermark;

/** The live job's detection in this JVM, over a list of events in order. */
final class LiveJob {
  private static final List<EnrichedEvent> ENRICHED =
      Collections.synchronizedList(new ArrayList<>());

  /** Makes every transfer relevant, so that it comes out with its features. */
  private static final String EVERY_TRANSFER =
      """
      id: M98
      version: 1
      status: live
      name: {zh: 任意转账, en: Any transfer}
      plain: {zh: 任意转账。, en: Any transfer.}
      family: M
      key: account
      subject: account
      strength: scoreOnly
      basis:
        - {source: engineering default}
      over: [transfer.out]
      pattern:
        - step: out
          on: transfer.out
      afterMatch: noSkip
      reason: PASS_THROUGH
      signals:
        out: {signal: bank.transactions TRANSFER, source: "payer's bank"}
      """;

  private static final long LONGEST_START_NANOS = TimeUnit.MINUTES.toNanos(3);

  private static volatile CountDownLatch told;
  private static volatile CountDownLatch mayEnd;

  private LiveJob() {}

  /** Runs to the end of the events. */
  static List<EnrichedEvent> run(List<EnrichedEvent> events, String savepoint, Path temporary)
      throws Exception {
    ENRICHED.clear();
    told = new CountDownLatch(1);
    mayEnd = new CountDownLatch(0);
    StreamExecutionEnvironment env = environment(savepoint, temporary);
    define(env, events, Long.MAX_VALUE);
    env.execute("live");
    return List.copyOf(ENRICHED);
  }

  /** Runs until all events are told and the clock stands right before {@code until}; saves then. */
  static String save(List<EnrichedEvent> events, Instant until, Path folder, Path temporary)
      throws Exception {
    told = new CountDownLatch(1);
    mayEnd = new CountDownLatch(1);
    StreamExecutionEnvironment env = environment(null, temporary);
    define(env, events, until.toEpochMilli() - 1);
    JobClient client = env.executeAsync("live");
    if (!told.await(10, TimeUnit.MINUTES)) {
      throw new IllegalStateException("the source did not tell its events within ten minutes");
    }
    String savepoint = savepoint(client, folder.toUri().toString());
    client.cancel().get(60, TimeUnit.SECONDS);
    mayEnd.countDown();
    return savepoint;
  }

  /** The source may have told everything before the last task runs; until then none is taken. */
  private static String savepoint(JobClient client, String folder) throws Exception {
    long started = System.nanoTime(); // how long to wait, nothing else
    while (true) {
      try {
        return client
            .triggerSavepoint(folder, SavepointFormatType.CANONICAL)
            .get(5, TimeUnit.MINUTES);
      } catch (ExecutionException e) {
        if (System.nanoTime() - started > LONGEST_START_NANOS
            || !client.getJobStatus().get().equals(JobStatus.RUNNING)) {
          throw e;
        }
      }
    }
  }

  private static StreamExecutionEnvironment environment(String savepoint, Path temporary) {
    Configuration configuration = JobConfiguration.common();
    configuration.set(CoreOptions.TMP_DIRS, temporary.toString());
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    configuration.set(TaskManagerOptions.NUM_TASK_SLOTS, 1);
    configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(256));
    if (savepoint != null) {
      configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
    }
    return StreamExecutionEnvironment.createLocalEnvironment(1, configuration);
  }

  private static void define(
      StreamExecutionEnvironment env, List<EnrichedEvent> events, long endMs) {
    Detected detected =
        DetectionTopology.detect(
            new DetectionInputs(
                env.addSource(
                        new Told(List.copyOf(events), endMs),
                        "told",
                        TypeInformation.of(Ingested.class))
                    .uid("told"),
                nothing(env, RuleInput.class, "no-silence"),
                env.fromData(
                        List.of(RouterControl.of(rule()), RouterControl.ready()),
                        TypeInformation.of(RouterControl.class))
                    .setParallelism(1)
                    .uid("rules"),
                nothing(env, OfficerAct.class, "no-acceptances")),
            ScoreSettings.defaults(),
            false);
    detected.enriched().addSink(new Keep()).uid("kept").name("kept");
  }

  private static <T> DataStream<T> nothing(
      StreamExecutionEnvironment env, Class<T> type, String uid) {
    return env.addSource(new Nothing<T>(), uid, TypeInformation.of(type)).uid(uid);
  }

  private static RulePublication rule() {
    return RulePublication.newBuilder()
        .setRuleId("M98")
        .setVersion(1)
        .setStatus(PublicationStatus.LIVE)
        .setDocument(EVERY_TRANSFER)
        .setDocumentSha256("")
        .setEffectiveFrom(Instant.EPOCH)
        .setAuthor("test")
        .setReason("test")
        .build();
  }

  /** Tells events in order; then waits where it may not end yet. */
  private static final class Told implements SourceFunction<Ingested> {
    private static final long serialVersionUID = 1L;

    private final ArrayList<EnrichedEvent> events;
    private final long endMs;

    Told(List<EnrichedEvent> events, long endMs) {
      this.events = new ArrayList<>(events);
      this.endMs = endMs;
    }

    @Override
    public void run(SourceContext<Ingested> context) throws InterruptedException {
      for (EnrichedEvent event : events) {
        long at = event.getOccurredAt().toEpochMilli();
        context.emitWatermark(new Watermark(at - 1));
        context.collectWithTimestamp(new Ingested(event, null, at), at);
      }
      context.emitWatermark(new Watermark(endMs));
      told.countDown();
      mayEnd.await();
    }

    @Override
    public void cancel() {
      mayEnd.countDown();
    }
  }

  private static final class Nothing<T> implements SourceFunction<T> {
    private static final long serialVersionUID = 1L;

    @Override
    public void run(SourceContext<T> context) {
      // Ends at once.
    }

    @Override
    public void cancel() {
      // There is nothing to cancel.
    }
  }

  private static final class Keep implements SinkFunction<EnrichedEvent> {
    private static final long serialVersionUID = 1L;

    @Override
    public void invoke(EnrichedEvent event, Context context) {
      ENRICHED.add(EnrichedEvent.newBuilder(event).build());
    }
  }
}
