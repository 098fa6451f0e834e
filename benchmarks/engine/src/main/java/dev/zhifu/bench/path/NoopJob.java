package dev.zhifu.bench.path;

import dev.zhifu.jobs.settings.JobSettings;
import dev.zhifu.jobs.topology.JobConfiguration;
import java.nio.file.Path;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Main of the no-op job in one JVM, with the detection job's settings file.
 *
 * <pre>java … dev.zhifu.bench.path.NoopJob --config FILE --local</pre>
 */
public final class NoopJob {
  private NoopJob() {}

  /** Runs it until it is ended from outside. */
  public static void main(String[] args) throws Exception {
    if (args.length != 3 || !args[0].equals("--config") || !args[2].equals("--local")) {
      System.err.println("usage: NoopJob --config FILE --local");
      System.exit(2);
    }
    JobSettings settings = JobSettings.read(Path.of(args[1]));
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironmentWithWebUI(
            JobConfiguration.local(settings));
    env.setParallelism(settings.parallelism());
    NoopPipeline.define(env, settings);
    env.execute("noop");
  }
}
