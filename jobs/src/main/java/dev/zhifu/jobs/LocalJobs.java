package dev.zhifu.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.zhifu.jobs.io.TopicHolds;
import dev.zhifu.jobs.recovery.RecoveryStart;
import dev.zhifu.jobs.settings.JobSettings;
import dev.zhifu.jobs.settings.SettingsException;
import dev.zhifu.jobs.topology.DetectionPipeline;
import dev.zhifu.jobs.topology.JobConfiguration;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Both jobs on one Flink in one JVM: what the local stack runs.
 *
 * <pre>
 * java -cp jobs-…-job.jar:flink-lib/* dev.zhifu.jobs.LocalJobs --detection FILE --recovery FILE [--at-once]
 * </pre>
 *
 * Recovery starts once detection's tasks all run and an officer has acted for the first time, since
 * before that it has nothing to do and would take the processor from the first stop; with {@code
 * --at-once} as soon as detection's tasks run. It goes on from its newest checkpoint. Detection
 * lives on when recovery cannot start; it says so and why.
 */
public final class LocalJobs {
  private static final int REFUSED = 2;
  private static final String USAGE =
      "usage: LocalJobs --detection FILE --recovery FILE [--at-once]";
  private static final String ACTS = "officer.acts";
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

  private LocalJobs() {}

  /** Runs both until detection ends; see the class. */
  public static void main(String[] args) throws Exception {
    List<String> words = List.of(args);
    boolean atOnce = words.size() == 5 && words.get(4).equals("--at-once");
    if (!(words.size() == 4 || atOnce)
        || !words.get(0).equals("--detection")
        || !words.get(2).equals("--recovery")) {
      refuse("arguments are '" + String.join(" ", args) + "'; " + USAGE);
    }
    JobSettings detection = read(Path.of(words.get(1)));
    JobSettings recovery = read(Path.of(words.get(3)));
    if (detection.webPort() == 0) {
      refuse(words.get(1) + ": web.port is 0; it must be a port, recovery is submitted there");
    }
    if (!JobCheck.run(detection, DetectionJob.PRINCIPAL, System.out)) {
      refuse("detection is not submitted; mend what FAILS above");
    }
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironmentWithWebUI(
            JobConfiguration.local(detection, recovery));
    env.setParallelism(detection.parallelism());
    DetectionPipeline.define(env, detection);
    JobClient running = env.executeAsync(DetectionJob.NAME);
    Thread beside =
        new Thread(() -> startRecovery(detection.webPort(), recovery, atOnce), "start-recovery");
    beside.setDaemon(true);
    beside.start();
    running.getJobExecutionResult().get();
  }

  private static void startRecovery(int webPort, JobSettings recovery, boolean atOnce) {
    try {
      while (!allTasksRun(webPort)) {
        LockSupport.parkNanos(LOOK_NANOS);
      }
      while (!atOnce && !TopicHolds.committed(recovery.kafka(), ACTS)) {
        LockSupport.parkNanos(LOOK_NANOS);
      }
      submit(webPort, recovery);
    } catch (Exception e) {
      System.err.println("recovery does not run beside detection, which goes on: " + e);
      e.printStackTrace();
    }
  }

  private static void submit(int webPort, JobSettings recovery) throws Exception {
    if (!JobCheck.run(recovery, RecoveryJob.PRINCIPAL, System.out)) {
      throw new IllegalStateException("mend what FAILS above");
    }
    Configuration configuration =
        RecoveryJob.restored(JobConfiguration.of(recovery), recovery, Optional.empty());
    Optional<String> refusal =
        RecoveryStart.refusal(recovery, RecoveryStart.newest(recovery.stateDir()));
    if (refusal.isPresent()) {
      throw new IllegalStateException(refusal.get());
    }
    // No jar goes with it: the workers are in this JVM and have its classes.
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createRemoteEnvironment("127.0.0.1", webPort, configuration);
    RecoveryJob.define(env, recovery);
    System.out.println("recovery submitted as " + env.executeAsync(RecoveryJob.NAME).getJobID());
  }

  /** Asks Flink's pages; false while they do not answer. */
  private static boolean allTasksRun(int webPort) {
    try (InputStream in =
        URI.create("http://127.0.0.1:" + webPort + "/jobs/overview").toURL().openStream()) {
      for (JsonNode job : new ObjectMapper().readTree(in).path("jobs")) {
        int tasks = job.path("tasks").path("total").asInt();
        if (job.path("name").asText().equals(DetectionJob.NAME)
            && tasks > 0
            && job.path("tasks").path("running").asInt() == tasks) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      return false;
    }
  }

  private static JobSettings read(Path file) {
    try {
      return JobSettings.read(file);
    } catch (SettingsException e) {
      refuse(e.getMessage());
    } catch (IOException e) {
      refuse("settings file " + file + " cannot be read: " + e.getMessage());
    }
    throw new IllegalStateException("refuse returned");
  }

  private static void refuse(String why) {
    System.err.println(why);
    System.exit(REFUSED);
  }
}
