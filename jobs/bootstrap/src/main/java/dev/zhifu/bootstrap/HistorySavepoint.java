package dev.zhifu.bootstrap;

import dev.zhifu.jobs.backtest.HistoryStates;
import dev.zhifu.jobs.backtest.HistoryStates.StepStates;
import dev.zhifu.jobs.features.EntityBytes;
import dev.zhifu.jobs.features.FeatureState;
import dev.zhifu.jobs.topology.JobConfiguration;
import dev.zhifu.jobs.topology.OperatorIds;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.state.api.OperatorIdentifier;
import org.apache.flink.state.api.OperatorTransformation;
import org.apache.flink.state.api.SavepointWriter;
import org.apache.flink.state.api.StateBootstrapTransformation;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.operators.SimpleOperatorFactory;

/**
 * One run: history files through the job's own feature steps, their states into a savepoint under
 * the job's own uids and names, the cut beside them.
 */
final class HistorySavepoint {
  static final long CHECKPOINT_ID = 0;

  private HistorySavepoint() {}

  /**
   * Writes the savepoint.
   *
   * @param temporary folder for RocksDB while it runs
   */
  static BootstrapResult write(BootstrapArguments arguments, Path temporary) throws Exception {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(
            arguments.parallelism(), configuration(temporary, arguments.parallelism()));
    SavepointWriter writer =
        SavepointWriter.newSavepoint(
            env,
            new EmbeddedRocksDBStateBackend(),
            CHECKPOINT_ID,
            JobConfiguration.MAX_PARALLELISM);
    var steps =
        HistoryStates.define(
            env, arguments.bank(), arguments.telecom(), arguments.accounts(), arguments.until());
    steps.forEach(step -> writer.withOperator(OperatorIdentifier.forUid(step.uid()), states(step)));
    writer.withOperator(
        OperatorIdentifier.forUid(OperatorIds.VALID_EVENTS),
        OperatorTransformation.bootstrapWith(
                env.fromData(Types.LONG, arguments.until().toEpochMilli()).uid("cut"))
            .transform(new CutWriter()));
    writer.write(arguments.to().toUri().toString());
    JobExecutionResult result = env.execute("zhifu-bootstrap");
    Map<String, Long> entities = new TreeMap<>();
    for (StepStates step : steps) {
      entities.put(step.uid(), count(result, FeatureState.counter(step.stateName())));
    }
    return new BootstrapResult(
        arguments.to().toString(),
        arguments.until().toString(),
        count(result, HistoryStates.READ),
        count(result, HistoryStates.BEYOND_CUT),
        count(result, HistoryStates.TURNED_AWAY),
        entities);
  }

  private static StateBootstrapTransformation<EntityBytes> states(StepStates step) {
    String name = step.stateName();
    return OperatorTransformation.bootstrapWith(step.states())
        .keyBy(EntityBytes::key, Types.STRING)
        .transform(
            (timestamp, path) -> SimpleOperatorFactory.of(new StateWriter(name, timestamp, path)));
  }

  private static long count(JobExecutionResult result, String accumulator) {
    Long value = result.getAccumulatorResult(accumulator);
    return value == null ? 0 : value;
  }

  /** As the job's, but for uids and generic types: the library's own operators have neither. */
  private static Configuration configuration(Path temporary, int parallelism) {
    Configuration configuration = JobConfiguration.common();
    configuration.set(PipelineOptions.AUTO_GENERATE_UIDS, true);
    configuration.set(PipelineOptions.GENERIC_TYPES, true);
    configuration.set(CoreOptions.TMP_DIRS, temporary.toString());
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    configuration.set(TaskManagerOptions.NUM_TASK_SLOTS, parallelism);
    configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(256));
    configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(96));
    configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(96));
    return configuration;
  }
}
