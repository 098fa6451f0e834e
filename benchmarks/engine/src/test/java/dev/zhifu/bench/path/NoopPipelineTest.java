package dev.zhifu.bench.path;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.jobs.settings.JobSettings;
import dev.zhifu.jobs.topology.JobConfiguration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NoopPipelineTest {
  @TempDir private Path folder;

  @Test
  void readsAndWritesWhatTheDetectionJobDoesThroughAsManyExchanges() throws Exception {
    JobSettings settings = settings();
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(2, JobConfiguration.of(settings));
    NoopPipeline.define(env, settings);

    List<StreamNode> nodes = List.copyOf(env.getStreamGraph().getStreamNodes());
    List<String> uids = nodes.stream().map(StreamNode::getTransformationUID).toList();

    assertThat(uids)
        .contains(
            "source-bank.transactions",
            "source-bank.access",
            "source-telecom.events",
            "source-officer.acts",
            "valid-events",
            "payee-features",
            "payer-features",
            "holder-features",
            "match",
            "score-holder",
            "score-account",
            "decision-join",
            "stop-orders");
    String names = nodes.stream().map(StreamNode::getOperatorName).collect(Collectors.joining(" "));
    assertThat(names)
        .contains("valid events", "sink-risk.enriched", "sink-stop.requests")
        .contains("sink-bank.decisions", "sink-bank.orders");
  }

  private JobSettings settings() throws Exception {
    Map<String, String> values = new TreeMap<>();
    values.put("kafka.bootstrap", "127.0.0.1:1");
    values.put("kafka.user", "");
    values.put("registry.url", "http://127.0.0.1:1");
    values.put("banks", "B01,B02");
    values.put("engine.key.file", folder.resolve("key").toString());
    values.put("key.directory", folder.resolve("directory").toString());
    values.put("state.dir", folder.toString());
    Path file = folder.resolve("job.properties");
    Files.writeString(
        file,
        values.entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .collect(Collectors.joining("\n")));
    return JobSettings.read(file);
  }
}
