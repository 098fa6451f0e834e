package dev.zhifu.jobs.topology;

import dev.zhifu.jobs.settings.JobSettings;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.state.rocksdb.RocksDBConfigurableOptions;
import org.apache.flink.state.rocksdb.RocksDBOptions;

/** Flink's own settings for the jobs: the same in tests, on a laptop and on a cluster. */
public final class JobConfiguration {

  /** Most subtasks that keyed state can ever be spread over; part of every savepoint. */
  public static final int MAX_PARALLELISM = 128;

  private static final MemorySize MANAGED = MemorySize.ofMebiBytes(256);
  private static final MemorySize NETWORK_OF_BOTH = MemorySize.ofMebiBytes(128);

  private JobConfiguration() {}

  /** What every run has: RocksDB with incremental checkpoints, stated uids, no generic types. */
  public static Configuration common() {
    Configuration configuration = new Configuration();
    configuration.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
    configuration.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
    // Many look-ups ask for an entity that was never seen: a filter in memory answers them.
    configuration.set(RocksDBConfigurableOptions.USE_BLOOM_FILTER, true);
    configuration.set(RocksDBOptions.OPTIONS_FACTORY, SnapshotFlush.class.getName());
    configuration.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    configuration.set(PipelineOptions.MAX_PARALLELISM, MAX_PARALLELISM);
    configuration.set(PipelineOptions.AUTO_WATERMARK_INTERVAL, Duration.ofMillis(50));
    configuration.set(PipelineOptions.OBJECT_REUSE, true);
    // An event goes on at once: a thread that wakes to flush costs more (ADR-0132).
    configuration.set(ExecutionOptions.BUFFER_TIMEOUT, Duration.ZERO);
    return configuration;
  }

  /** A job with these settings. */
  public static Configuration of(JobSettings settings) {
    Configuration configuration = common();
    configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, settings.checkpointEvery());
    configuration.set(
        CheckpointingOptions.CHECKPOINTS_DIRECTORY,
        settings.stateDir().resolve("checkpoints").toUri().toString());
    configuration.set(
        CheckpointingOptions.SAVEPOINT_DIRECTORY,
        settings.stateDir().resolve("savepoints").toUri().toString());
    configuration.set(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
    if (!settings.workingDir().isEmpty()) {
      configuration.set(
          RocksDBOptions.LOCAL_DIRECTORIES,
          Path.of(settings.workingDir()).toAbsolutePath().toString());
    }
    return configuration;
  }

  /** What one JVM needs besides, for detection with recovery beside it. */
  public static Configuration local(JobSettings detection, JobSettings recovery) {
    Configuration configuration = local(detection);
    int slots = detection.parallelism() + recovery.parallelism();
    configuration.set(TaskManagerOptions.NUM_TASK_SLOTS, slots);
    // A slot's share stays what it is without recovery.
    configuration.set(
        TaskManagerOptions.MANAGED_MEMORY_SIZE,
        MANAGED.multiply((double) slots / detection.parallelism()));
    configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, NETWORK_OF_BOTH);
    configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, NETWORK_OF_BOTH);
    return configuration;
  }

  /** What one JVM needs besides. */
  public static Configuration local(JobSettings settings) {
    Configuration configuration = of(settings);
    configuration.set(RestOptions.PORT, settings.webPort());
    configuration.set(RestOptions.BIND_PORT, String.valueOf(settings.webPort()));
    configuration.set(RestOptions.ADDRESS, "127.0.0.1");
    configuration.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
    // Flink's pages show figures of a second ago instead of ten.
    configuration.set(MetricOptions.METRIC_FETCHER_UPDATE_INTERVAL, Duration.ofSeconds(1));
    configuration.set(TaskManagerOptions.NUM_TASK_SLOTS, settings.parallelism());
    configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MANAGED);
    configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(96));
    configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(96));
    return configuration;
  }
}
