package dev.zhifu.jobs.docs;

import dev.zhifu.jobs.recovery.RecoveryPipeline;
import dev.zhifu.jobs.settings.JobSettings;
import dev.zhifu.jobs.topology.DetectionPipeline;
import dev.zhifu.jobs.topology.JobConfiguration;
import dev.zhifu.schemas.crypto.DemoKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.function.BiConsumer;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;

/**
 * The whole detection job as main defines it, with the DEMO keys and the address of a broker that
 * cannot be one: defining a job connects to nothing, and an operator that would connect when it
 * opens fails at once.
 */
final class JobGraph {
  private final StreamGraph graph;

  private JobGraph(StreamGraph graph) {
    this.graph = graph;
  }

  /**
   * Defines the job.
   *
   * @param folder an empty folder for its keys and its state
   */
  static JobGraph define(Path folder) {
    return define(folder, DetectionPipeline::define);
  }

  /** As {@link #define(Path)}, the recovery job. */
  static JobGraph defineRecovery(Path folder) {
    return define(folder, RecoveryPipeline::define);
  }

  private static JobGraph define(
      Path folder, BiConsumer<StreamExecutionEnvironment, JobSettings> pipeline) {
    JobSettings settings = settings(folder);
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(JobConfiguration.of(settings));
    env.setParallelism(settings.parallelism());
    pipeline.accept(env, settings);
    return new JobGraph(env.getStreamGraph());
  }

  private static JobSettings settings(Path folder) {
    Properties properties = new Properties();
    properties.setProperty("kafka.bootstrap", "no-address");
    properties.setProperty("registry.url", "http://127.0.0.1:1");
    properties.setProperty("banks", "B01");
    properties.setProperty("engine.key.file", copied(folder, DemoKeys.ENGINE + ".json"));
    properties.setProperty("key.directory", copied(folder, "directory.yaml"));
    properties.setProperty("state.dir", folder.toString());
    return JobSettings.parse("docs", properties);
  }

  private static String copied(Path folder, String name) {
    try {
      return Files.writeString(folder.resolve(name), DemoKeys.text(name)).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every operator, by uid. */
  List<StreamNode> operators() {
    return graph.getStreamNodes().stream()
        .sorted(
            Comparator.comparing(
                StreamNode::getTransformationUID, Comparator.nullsFirst(Comparator.naturalOrder())))
        .toList();
  }

  StreamGraph graph() {
    return graph;
  }
}
