package dev.zhifu.jobs;

import dev.zhifu.jobs.settings.JobSettings;
import dev.zhifu.jobs.settings.SettingsException;
import dev.zhifu.jobs.topology.DetectionPipeline;
import dev.zhifu.jobs.topology.JobConfiguration;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Main of the detection job.
 *
 * <pre>flink run -d jobs-…-job.jar --config FILE [--check]
 * java -cp jobs-…-job.jar:flink-lib/* dev.zhifu.jobs.DetectionJob --config FILE --local</pre>
 *
 * Checks first what it needs and exits with 2, saying what is missing, instead of restarting for
 * ever.
 */
public final class DetectionJob {
  /** As the topic table names this job. */
  static final String PRINCIPAL = "engine";

  /** As Flink shows this job. */
  static final String NAME = "zhifu-detection";

  private static final int REFUSED = 2;
  private static final String USAGE = "usage: DetectionJob --config FILE [--local] [--check]";

  private DetectionJob() {}

  /** Runs the job; see the class. */
  public static void main(String[] args) throws Exception {
    List<String> words = new ArrayList<>(List.of(args));
    boolean local = words.remove("--local");
    boolean checkOnly = words.remove("--check");
    if (words.size() != 2 || !words.get(0).equals("--config")) {
      refuse("arguments are '" + String.join(" ", args) + "'; " + USAGE);
    }
    JobSettings settings = read(Path.of(words.get(1)));
    System.out.println("Zhifu detection, settings " + words.get(1));
    if (!JobCheck.run(settings, PRINCIPAL, System.out)) {
      refuse("the job is not submitted; mend what FAILS above");
    }
    if (checkOnly) {
      return;
    }
    StreamExecutionEnvironment env =
        local
            ? StreamExecutionEnvironment.createLocalEnvironmentWithWebUI(
                JobConfiguration.local(settings))
            : StreamExecutionEnvironment.getExecutionEnvironment(JobConfiguration.of(settings));
    env.setParallelism(settings.parallelism());
    DetectionPipeline.define(env, settings);
    env.execute(NAME);
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
