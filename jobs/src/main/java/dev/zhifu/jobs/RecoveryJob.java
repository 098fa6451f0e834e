package dev.zhifu.jobs;

import dev.zhifu.jobs.recovery.RecoveryPipeline;
import dev.zhifu.jobs.settings.JobSettings;
import dev.zhifu.jobs.settings.SettingsException;
import dev.zhifu.jobs.topology.JobConfiguration;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Main of the recovery job.
 *
 * <pre>flink run -d -c dev.zhifu.jobs.RecoveryJob jobs-…-job.jar --config FILE
 * java -cp jobs-…-job.jar:flink-lib/* dev.zhifu.jobs.RecoveryJob --config FILE --local</pre>
 *
 * Its settings are those of the detection job; {@code kafka.user} is {@code recovery}.
 */
public final class RecoveryJob {
  private static final int REFUSED = 2;
  private static final String USAGE = "usage: RecoveryJob --config FILE [--local]";

  private RecoveryJob() {}

  /** Runs the job; see the class. */
  public static void main(String[] args) throws Exception {
    List<String> words = new ArrayList<>(List.of(args));
    boolean local = words.remove("--local");
    if (words.size() != 2 || !words.get(0).equals("--config")) {
      refuse("arguments are '" + String.join(" ", args) + "'; " + USAGE);
    }
    JobSettings settings = read(Path.of(words.get(1)));
    System.out.println("Zhifu recovery, settings " + words.get(1));
    StreamExecutionEnvironment env =
        local
            ? StreamExecutionEnvironment.createLocalEnvironmentWithWebUI(
                JobConfiguration.local(settings))
            : StreamExecutionEnvironment.getExecutionEnvironment(JobConfiguration.of(settings));
    env.setParallelism(settings.parallelism());
    RecoveryPipeline.define(env, settings);
    env.execute("zhifu-recovery");
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
