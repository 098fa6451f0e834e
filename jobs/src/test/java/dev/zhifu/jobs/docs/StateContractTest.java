package dev.zhifu.jobs.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.jobs.docs.StateTable.Operator;
import dev.zhifu.jobs.topology.JobConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.streaming.api.graph.StreamEdge;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.apache.flink.streaming.api.operators.SourceOperatorFactory;
import org.apache.flink.streaming.runtime.operators.sink.CommitterOperatorFactory;
import org.apache.flink.streaming.runtime.operators.sink.SinkWriterOperatorFactory;
import org.apache.flink.streaming.runtime.partitioner.RebalancePartitioner;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Will yesterday's savepoint still be read? The job's uids, states and serializers are those of
 * docs/state.md, and a change names its migration. {@code -Dstate.write=true} writes the document
 * anew once it does.
 */
class StateContractTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "state.md");
  private static final Path MIGRATIONS = Path.of("..", "docs", "state-migrations.md");
  private static final String WRITE =
      "mvn -Pfast -pl jobs -am package -Dtest=StateContractTest -Dstate.write=true";

  /**
   * One input may take another's place: whether a question about a reported account comes first
   * changes nothing.
   */
  private static final Set<String> ORDER_DOES_NOT_MATTER = Set.of("payer-features-queries");

  @TempDir static Path folder;
  private static JobGraph job;
  private static List<Operator> operators;
  private static String document;

  @BeforeAll
  static void startEveryOperator() throws Exception {
    job = JobGraph.define(folder);
    operators = new ArrayList<>();
    for (StreamNode node : job.operators()) {
      boolean connector = isConnector(node);
      List<KeptState> states =
          connector ? List.of() : StateProbe.statesOf(node, JobConfiguration.MAX_PARALLELISM);
      operators.add(new Operator(node, connector, states));
    }
    document = new StateTable().text("detection", operators);
  }

  @Test
  void everyChangeOfStateNamesItsMigration() throws IOException {
    List<String> before =
        StateTable.contracts(Files.exists(DOCUMENT) ? Files.readAllLines(DOCUMENT) : List.of());
    List<String> now = StateTable.contracts(document.lines().toList());
    List<String> migrations = Files.readAllLines(MIGRATIONS);

    Set<String> changed = new TreeSet<>(now);
    before.forEach(row -> flip(changed, row));
    List<String> unnamed = changed.stream().filter(row -> !isNamed(row, migrations)).toList();

    assertThat(before.isEmpty() ? List.of() : unnamed)
        .as(
            "uid | state | kind | key | value | shape of states that differ from docs/state.md. Add a row to"
                + " docs/state-migrations.md that names the state and its new shape in backticks, then run "
                + WRITE)
        .isEmpty();
  }

  /** What is in both documents is no change. */
  private static void flip(Set<String> changed, String row) {
    if (!changed.remove(row)) {
      changed.add(row);
    }
  }

  private static boolean isNamed(String row, List<String> migrations) {
    String[] cells = row.split(" \\| ");
    String state = cells[1];
    String shape = "`" + cells[cells.length - 1] + "`";
    boolean isNow = document.contains("| " + row + " |");
    return migrations.stream()
        .anyMatch(
            line ->
                line.startsWith("|") && line.contains(state) && (!isNow || line.contains(shape)));
  }

  @Test
  void theDocumentIsTheJobs() throws IOException {
    if (Boolean.getBoolean("state.write")) {
      everyChangeOfStateNamesItsMigration();
      Files.writeString(DOCUMENT, document);
    }
    assertThat(DOCUMENT).as("docs/state.md is stale; run " + WRITE).exists().hasContent(document);
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
  void stateNamesSayTheirOperatorAndVersion() {
    assertThat(operators)
        .flatExtracting(Operator::states)
        .filteredOn(state -> !state.kind().equals("timer"))
        .allSatisfy(state -> assertThat(state.name()).matches("[a-z-]+\\.[a-z-]+\\.v[0-9]+"));
  }

  @Test
  void noStateIsWrittenByKryoOrJava() {
    assertThat(operators)
        .flatExtracting(Operator::states)
        .allSatisfy(
            state ->
                assertThat(SerializerWords.unknownParts(state.value())).as(state.name()).isEmpty());
  }

  @Test
  void nothingTravelsByKryoOrJava() {
    for (StreamNode node : job.operators()) {
      if (node.getTypeSerializerOut() != null) {
        assertThat(SerializerWords.unknownParts(node.getTypeSerializerOut()))
            .as("out of " + node)
            .isEmpty();
      }
      for (StreamEdge edge : node.getOutEdges()) {
        if (edge.getOutputTag() != null) {
          TypeSerializer<?> aside =
              edge.getOutputTag().getTypeInfo().createSerializer(new SerializerConfigImpl());
          assertThat(SerializerWords.unknownParts(aside)).as(edge.toString()).isEmpty();
        }
      }
    }
  }

  /**
   * Spreading one subtask's records over many and gathering them again would change the order
   * within an account.
   */
  @Test
  void noOrderWithinAKeyIsLostBetweenOperators() {
    List<String> spread = new ArrayList<>();
    for (StreamNode node : job.operators()) {
      for (StreamEdge edge : node.getOutEdges()) {
        StreamNode target = job.graph().getStreamNode(edge.getTargetId());
        if (edge.getPartitioner() instanceof RebalancePartitioner && target.getParallelism() > 1) {
          spread.add(target.getTransformationUID());
        }
      }
    }
    assertThat(spread).as("operators fed round robin").isSubsetOf(ORDER_DOES_NOT_MATTER);
  }

  static boolean isConnector(StreamNode node) {
    Object factory = node.getOperatorFactory();
    return factory instanceof SourceOperatorFactory
        || factory instanceof SinkWriterOperatorFactory
        || factory instanceof CommitterOperatorFactory;
  }
}
