package dev.zhifu.jobs;

import dev.zhifu.jobs.recovery.RecoveryPipeline;
import dev.zhifu.jobs.recovery.RecoveryStart;
import dev.zhifu.jobs.settings.JobSettings;
import dev.zhifu.jobs.settings.SettingsException;
import dev.zhifu.jobs.topology.JobConfiguration;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Main of the recovery job.
 *
 * <pre>
 * flink run -d [-s SAVEPOINT] -c dev.zhifu.jobs.RecoveryJob jobs-…-job.jar --config FILE [--check]
 * java -cp jobs-…-job.jar:flink-lib/* dev.zhifu.jobs.RecoveryJob --config FILE --local [--from PATH]
 * </pre>
 *
 * Its settings are those of the detection job; {@code kafka.user} is {@code recovery}. In one JVM
 * it goes on from the newest checkpoint in {@code state.dir}, or from {@code --from}. Checks first
 * what it needs and exits with 2, saying what is missing; so does a start without checkpoint when
 * the audit has begun, since it would begin the audit's chains anew (ADR-0082).
 */
public final class RecoveryJob {
  /** As the topic table names this job. */
  static final String PRINCIPAL = "recovery";

  /** As Flink shows this job. */
  static final String NAME = "zhifu-recovery";

  private static final int REFUSED = 2;
  private static final String USAGE =
      "usage: RecoveryJob --config FILE [--check] [--local [--from PATH]]";

  private RecoveryJob() {}

  /** Runs the job; see the class. */
  public static void main(String[] args) throws Exception {
    List<String> words = new ArrayList<>(List.of(args));
    boolean local = words.remove("--local");
    boolean checkOnly = words.remove("--check");
    Optional<String> from = option(words, "--from");
    if (words.size() != 2 || !words.get(0).equals("--config") || from.isPresent() && !local) {
      refuse("arguments are '" + String.join(" ", args) + "'; " + USAGE);
    }
    JobSettings settings = read(Path.of(words.get(1)));
    System.out.println("Zhifu recovery, settings " + words.get(1));
    if (!JobCheck.run(settings, PRINCIPAL, System.out)) {
      refuse("the job is not submitted; mend what FAILS above");
    }
    if (checkOnly) {
      return;
    }
    StreamExecutionEnvironment env =
        local
            ? StreamExecutionEnvironment.createLocalEnvironmentWithWebUI(
                restored(JobConfiguration.local(settings), settings, from))
            : StreamExecutionEnvironment.getExecutionEnvironment(JobConfiguration.of(settings));
    Optional<String> refusal =
        RecoveryStart.refusal(
            settings, env.getConfiguration().getOptional(StateRecoveryOptions.SAVEPOINT_PATH));
    refusal.ifPresent(RecoveryJob::refuse);
    define(env, settings);
    env.execute(NAME);
  }

  /** The job in an environment of either kind. */
  static void define(StreamExecutionEnvironment env, JobSettings settings) {
    env.setParallelism(settings.parallelism());
    RecoveryPipeline.define(env, settings);
  }

  /** Goes on from {@code from}, or from the newest checkpoint there is. */
  static Configuration restored(
      Configuration configuration, JobSettings settings, Optional<String> from) throws IOException {
    from.or(() -> RecoveryStart.newest(settings.stateDir()))
        .ifPresent(
            path -> {
              System.out.println("goes on from " + path);
              configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, path);
            });
    return configuration;
  }

  private static Optional<String> option(List<String> words, String name) {
    int at = words.indexOf(name);
    if (at < 0 || at + 1 == words.size()) {
      return Optional.empty();
    }
    words.remove(at);
    return Optional.of(words.remove(at));
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
