package dev.zhifu.jobs.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.jobs.docs.StateTable.Operator;
import dev.zhifu.jobs.network.NetworkShapes;
import dev.zhifu.jobs.recovery.ClockRescaleTest;
import dev.zhifu.jobs.topology.JobConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.apache.flink.streaming.api.operators.SimpleUdfStreamOperatorFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** As {@link StateContractTest}, for the recovery job: {@code docs/state-recovery.md}. */
class RecoveryStateTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "state-recovery.md");
  private static final Path MIGRATIONS = Path.of("..", "docs", "state-migrations.md");
  private static final String WRITE =
      "mvn -Pfast -pl jobs -am package -Dtest=RecoveryStateTest -Dstate.write=true";

  @TempDir static Path folder;
  private static JobGraph job;
  private static List<Operator> operators;
  private static String document;

  @BeforeAll
  static void startEveryOperator() throws Exception {
    job = JobGraph.defineRecovery(folder);
    operators = new ArrayList<>();
    for (StreamNode node : job.operators()) {
      boolean connector = StateContractTest.isConnector(node);
      List<KeptState> states =
          connector ? List.of() : StateProbe.statesOf(node, JobConfiguration.MAX_PARALLELISM);
      operators.add(new Operator(node, connector, states));
    }
    document = new StateTable().text("recovery", operators);
  }

  @Test
  void theDocumentIsTheJobsAndEveryChangeNamesItsMigration() throws IOException {
    List<String> before =
        StateTable.contracts(Files.exists(DOCUMENT) ? Files.readAllLines(DOCUMENT) : List.of());
    List<String> now = StateTable.contracts(document.lines().toList());
    String migrations = Files.readString(MIGRATIONS);
    TreeSet<String> changed = new TreeSet<>(now);
    changed.removeAll(before);
    if (!before.isEmpty()) {
      assertThat(changed)
          .as("states that differ from docs/state-recovery.md; name each in state-migrations.md")
          .allMatch(
              row -> {
                String[] cells = row.split(" \\| ");
                return migrations.contains(cells[1])
                    && migrations.contains("`" + cells[cells.length - 1] + "`");
              });
    }
    if (Boolean.getBoolean("state.write")) {
      Files.writeString(DOCUMENT, document);
    }
    assertThat(DOCUMENT).as("docs/state-recovery.md is stale; run " + WRITE).exists();
    assertThat(DOCUMENT).as("docs/state-recovery.md is stale; run " + WRITE).hasContent(document);
  }

  @Test
  void everyOperatorHasItsOwnUidAndTheSameMaximumParallelism() {
    assertThat(job.operators())
        .extracting(StreamNode::getTransformationUID)
        .doesNotContainNull()
        .doesNotHaveDuplicates();
    assertThat(job.operators())
        .extracting(StreamNode::getMaxParallelism)
        .containsOnly(JobConfiguration.MAX_PARALLELISM);
  }

  @Test
  void everyOperatorWithAClockIsCoveredByTheRescaleTest() {
    TreeSet<String> clocked = new TreeSet<>();
    for (StreamNode node : job.operators()) {
      if (node.getOperatorFactory() instanceof SimpleUdfStreamOperatorFactory<?> factory
          && Stream.of(factory.getUserFunction().getClass().getDeclaredMethods())
              .anyMatch(method -> method.getName().equals("onTimer"))) {
        clocked.add(node.getTransformationUID());
      }
    }
    assertThat(ClockRescaleTest.COVERED)
        .as("operators that set timers; give each a story in ClockRescaleTest")
        .containsExactlyInAnyOrderElementsOf(clocked);
  }

  @Test
  void whatAccountsTellEachOtherGoesRoundByTheTopicToTheShapes() {
    StreamNode shapes = operator(NetworkShapes.UID);
    assertThat(into(shapes))
        .contains("network-payments", "network-trails-time", "trace-lists-time");
    assertThat(into(operator("network-trails-time"))).containsExactly("network-trails-reading");
    assertThat(into(operator("network-trails-reading"))).containsExactly("source-network.trails");
    assertThat(into(operator("network-trails-out"))).contains(NetworkShapes.UID);
    assertThat(into(operator("sink-network.trails"))).contains("network-trails-out");
    assertThat(into(operator("sink-network.shapes"))).contains(NetworkShapes.UID);
  }

  private static StreamNode operator(String uid) {
    return job.operators().stream()
        .filter(node -> uid.equals(node.getTransformationUID()))
        .findFirst()
        .orElseThrow();
  }

  /** Uids of the operators before one. */
  private static List<String> into(StreamNode node) {
    return node.getInEdges().stream()
        .map(edge -> job.graph().getStreamNode(edge.getSourceId()).getTransformationUID())
        .toList();
  }

  @Test
  void noStateAndNothingThatTravelsIsWrittenByKryoOrJava() {
    assertThat(operators)
        .flatExtracting(Operator::states)
        .allSatisfy(
            state ->
                assertThat(SerializerWords.unknownParts(state.value())).as(state.name()).isEmpty());
    for (StreamNode node : job.operators()) {
      if (node.getTypeSerializerOut() != null) {
        assertThat(SerializerWords.unknownParts(node.getTypeSerializerOut()))
            .as("out of " + node)
            .isEmpty();
      }
    }
  }
}
