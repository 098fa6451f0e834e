package dev.zhifu.jobs.docs;

import dev.zhifu.jobs.docs.StateNotes.Note;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.base.ListSerializer;
import org.apache.flink.api.common.typeutils.base.MapSerializer;
import org.apache.flink.streaming.api.graph.StreamNode;

/** docs/state.md, written from the job. */
final class StateTable {
  private static final int CELLS = 9;
  private static final int CONTRACT_CELLS = 6;
  private static final String HEAD =
      """
      # State of the %s job

      Written by `StateContractTest` from the job itself: every operator of the graph is started once and its snapshot read, so that
      a state which nobody listed is found. Uids and state names are public API to savepoints. A change here names its migration in
      [`state-migrations.md`](state-migrations.md), or the build fails.

      Maximum parallelism of every operator: 128. State backend: RocksDB, incremental checkpoints. No state uses Flink's TTL, which
      counts the wall clock and would make results depend on the day. Shape: eight digits over all that is written, down to the last
      field; it changes when bytes in old savepoints would be read differently. Bytes: one element of usual size with every field set,
      by the state's own serializer, without RocksDB's own overhead and before compression.

      ## States

      | uid | state | kind | key | value | shape | cleared by | bound of a key | bytes of an element |
      |---|---|---|---|---|---|---|---|---|
      """;
  private static final String CONNECTORS =
      """

      ## State of Flink's Kafka connector

      Under the uid of each source: the next offset of each partition, in Flink's own format. Under the uid of each sink: nothing at
      least-once; the open transaction of the two sinks that write exactly once.

      | uid | operator |
      |---|---|
      """;
  private static final String STATELESS =
      """

      ## Operators without state

      | uid | operator |
      |---|---|
      """;

  private final StateNotes notes = new StateNotes();

  /** One operator with what it keeps. */
  record Operator(StreamNode node, boolean isConnector, List<KeptState> states) {
    private String row() {
      return "| `%s` | %s |\n".formatted(node.getTransformationUID(), node.getOperatorName());
    }
  }

  /** The whole document. */
  String text(String job, List<Operator> operators) {
    StringBuilder text = new StringBuilder(HEAD.replace("%s", job));
    operators.stream().flatMap(one -> one.states().stream()).map(this::row).forEach(text::append);
    text.append(CONNECTORS);
    operators.stream().filter(Operator::isConnector).map(Operator::row).forEach(text::append);
    text.append(STATELESS);
    operators.stream()
        .filter(one -> !one.isConnector() && one.states().isEmpty())
        .map(Operator::row)
        .forEach(text::append);
    return text.toString();
  }

  private String row(KeptState state) {
    Note note = notes.of(state);
    if (note == null) {
      throw new AssertionError(
          "State %s of %s has no note in StateNotes: say there who clears it, what bounds it and its size"
              .formatted(state.name(), state.uid()));
    }
    return "| %s | %s | %s | %s |\n"
        .formatted(state.contract(), note.cleared(), note.bound(), bytes(state, note));
  }

  private static String bytes(KeptState state, Note note) {
    return note.element() == null
        ? note.bytes()
        : String.format(
            Locale.ROOT, "%,d", Specimens.weigh(element(state.value()), note.element()));
  }

  @SuppressWarnings("unchecked")
  private static TypeSerializer<Object> element(TypeSerializer<?> value) {
    if (value instanceof MapSerializer<?, ?> map) {
      return (TypeSerializer<Object>) (TypeSerializer<?>) map.getValueSerializer();
    }
    return (TypeSerializer<Object>)
        (value instanceof ListSerializer<?> list ? list.getElementSerializer() : value);
  }

  /** Contract rows of a document as it stands: all but bounds and sizes. */
  static List<String> contracts(List<String> lines) {
    List<String> rows = new ArrayList<>();
    for (String line : lines) {
      String[] cells = line.split(" \\| ");
      if (line.startsWith("| `") && cells.length == CELLS) {
        rows.add(String.join(" | ", List.of(cells).subList(0, CONTRACT_CELLS)).substring(2));
      }
    }
    return rows;
  }
}
