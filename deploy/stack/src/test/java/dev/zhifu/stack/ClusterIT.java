package dev.zhifu.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.stack.flink.FlinkClient;
import dev.zhifu.stack.flink.FlinkCluster;
import dev.zhifu.stack.flink.FlinkRest;
import dev.zhifu.stack.flink.JobSettings;
import dev.zhifu.stack.preflight.Finding;
import dev.zhifu.stack.preflight.Preflight;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The job on separate JVMs that have Flink's own lib and nothing else, submitted by Flink's own
 * client.
 */
@Tag("landing")
class ClusterIT {
  private static final Duration LIMIT = Duration.ofSeconds(120);

  private static final LocalStack STACK = SharedStack.get();

  private static FlinkCluster cluster;
  private static JobSettings settings;
  private static JobSettings recovery;

  @BeforeAll
  static void start() {
    cluster = FlinkCluster.start(STACK.layout(), STACK.dir(), STACK.supervisor(), STACK.ports(), 1);
    settings =
        often(
            JobSettings.write(
                STACK.dir(),
                STACK.info(),
                STACK.credentials(),
                0,
                FlinkCluster.DETECTION_SLOTS,
                true),
            "flink/cluster.properties");
    recovery =
        often(
            JobSettings.writeRecovery(
                STACK.dir(), STACK.info(), STACK.credentials(), FlinkCluster.RECOVERY_SLOTS),
            "flink/cluster-recovery.properties");
  }

  private static JobSettings often(JobSettings usual, String name) {
    Map<String, String> values = new TreeMap<>(usual.values());
    values.put("checkpoint.seconds", "2");
    StringBuilder text = new StringBuilder();
    values.forEach((key, value) -> text.append(key).append('=').append(value).append('\n'));
    return JobSettings.read(STACK.dir().writePrivate(name, text.toString()));
  }

  @AfterAll
  static void end() {
    cluster.taskManagers().forEach(child -> child.stop(Duration.ofSeconds(5)));
    cluster.jobManager().stop(Duration.ofSeconds(5));
  }

  @Test
  void theJobStartsWithHistoryStopsWithASavepointAndResumesFromIt() throws IOException {
    String url = cluster.conf().webUrl();
    FlinkClient client = new FlinkClient(STACK.layout(), STACK.dir().root(), url);
    assertThat(new Preflight(STACK.layout()).of(settings, recovery, url))
        .noneMatch(finding -> finding.verdict() == Finding.Verdict.FAILS);

    try (FirstDay day = new FirstDay(STACK)) {
      String history = day.bootstrap();
      String first = client.submit(STACK.layout().jobJar(), Optional.of(history), settings.file());
      awaitRunning(first);
      String beside =
          client.submitRecovery(STACK.layout().jobJar(), Optional.empty(), recovery.file());
      awaitRunning(beside);
      day.publish();
      day.live();
      day.await();
      assertThat(day.alerted("M05"))
          .as("dormant for 180 days, says history alone")
          .containsExactlyInAnyOrder(FirstDay.SLEEPER, FirstDay.SLEEPER_SEEN_BEFORE_THE_CUT);
      assertThat(day.alerted(FirstDay.NEW_PAYEE))
          .as("all but who had paid the payee in history")
          .containsExactlyInAnyOrder(
              FirstDay.SLEEPER, FirstDay.SLEEPER_SEEN_BEFORE_THE_CUT, FirstDay.BUSY);
      stopAndResume(client, first);
      String kept = client.stop(beside);
      String again =
          client.submitRecovery(STACK.layout().jobJar(), Optional.of(kept), recovery.file());
      awaitRunning(again);
      client.stop(again);
    }
  }

  private static void stopAndResume(FlinkClient client, String first) {
    String savepoint = client.stop(first);
    String second = client.submit(STACK.layout().jobJar(), Optional.of(savepoint), settings.file());
    awaitRunning(second);
    String last = client.stop(second);

    assertThat(second).isNotEqualTo(first);
    assertThat(last).isNotEqualTo(savepoint);
  }

  @Test
  void theCheckSaysWhatDoesNotFit() {
    Map<String, String> values = new TreeMap<>(settings.values());
    values.put("environment", "PRODUCTION");
    values.put("registry.url", "http://127.0.0.1:1/apis/ccompat/v7");
    values.put("banks", "B01,B77");
    values.put("parallelism", "64");

    List<Finding> findings =
        new Preflight(STACK.layout())
            .of(new JobSettings(settings.file(), values), cluster.conf().webUrl());

    assertThat(findings)
        .filteredOn(finding -> finding.verdict() == Finding.Verdict.FAILS)
        .extracting(Finding::subject)
        .contains("environment", "subjects", "topics", "memory");
    assertThat(findings)
        .extracting(Finding::words)
        .anyMatch(words -> words.contains("demo-engine-1 is DEMO, the settings say PRODUCTION"))
        .anyMatch(words -> words.contains("bank.B77.orders"));
  }

  private static void awaitRunning(String jobId) {
    FlinkRest rest = new FlinkRest(cluster.conf().webUrl());
    cluster
        .jobManager()
        .awaitReady(
            "job " + jobId + " running on all tasks and with a checkpoint",
            LIMIT,
            () ->
                rest.jobs().stream()
                        .anyMatch(
                            job ->
                                job.id().equals(jobId)
                                    && job.tasks() > 0
                                    && job.runningTasks() == job.tasks())
                    && rest.checkpoints(jobId).map(FlinkRest.Checkpoints::completed).orElse(0L)
                        > 0);
  }
}
