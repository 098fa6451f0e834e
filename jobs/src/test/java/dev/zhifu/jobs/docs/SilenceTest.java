package dev.zhifu.jobs.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.streaming.api.graph.StreamEdge;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What becomes of event time in the whole jobs when every event source is silent: no operator that
 * hears events may be left to the greatest watermark of control streams alone (ADR-0141).
 */
class SilenceTest {
  private static final Set<String> EVENTS =
      Set.of("source-bank.transactions", "source-bank.access", "source-telecom.events");
  private static final Set<String> TICKS = Set.of("tick-time", "recovery-tick-time");
  private static final String STANDING = "standing-time";

  @TempDir Path folder;

  /** What an operator hands on while every event source is idle. */
  private enum Hands {
    IDLE,
    GREATEST,
    TIME
  }

  @Test
  void silenceEndsNoTimeInDetection() {
    StreamGraph graph = JobGraph.define(folder).graph();
    assertThat(leftToControl(graph, Hands.TIME)).isEmpty();
    assertThat(leftToControl(graph, Hands.IDLE))
        .as("were standing time to fall idle with the events")
        .contains("score-account", "match", "payer-features", "holder-features");
  }

  @Test
  void silenceEndsNoTimeInRecovery() {
    StreamGraph graph = JobGraph.defineRecovery(folder).graph();
    assertThat(leftToControl(graph, Hands.TIME)).isEmpty();
    assertThat(leftToControl(graph, Hands.IDLE)).contains("ledger-trace", "network-shapes");
  }

  @Test
  void twoInputsHandOnTheLeastOfThoseThatAreNotIdle() {
    assertThat(least(List.of(Hands.IDLE, Hands.GREATEST))).isEqualTo(Hands.GREATEST);
    assertThat(least(List.of(Hands.TIME, Hands.GREATEST))).isEqualTo(Hands.TIME);
    assertThat(least(List.of(Hands.IDLE, Hands.IDLE))).isEqualTo(Hands.IDLE);
  }

  private static Set<String> leftToControl(StreamGraph graph, Hands standing) {
    Map<Integer, Hands> known = new HashMap<>();
    Set<Integer> hearing = new HashSet<>();
    graph.getStreamNodes().forEach(node -> hands(graph, node, standing, known, hearing));
    return graph.getStreamNodes().stream()
        .filter(node -> hearing.contains(node.getId()))
        .filter(node -> known.get(node.getId()) == Hands.GREATEST)
        .map(SilenceTest::uid)
        .collect(Collectors.toSet());
  }

  private static Hands hands(
      StreamGraph graph,
      StreamNode node,
      Hands standing,
      Map<Integer, Hands> known,
      Set<Integer> hearing) {
    if (known.containsKey(node.getId())) {
      return known.get(node.getId());
    }
    Map<Integer, List<Hands>> inputs = new HashMap<>();
    for (StreamEdge edge : node.getInEdges()) {
      inputs
          .computeIfAbsent(edge.getTypeNumber(), number -> new ArrayList<>())
          .add(hands(graph, graph.getStreamNode(edge.getSourceId()), standing, known, hearing));
    }
    boolean clock = TICKS.contains(uid(node)) || uid(node).equals(STANDING);
    boolean unbound = uid(node).endsWith("-time") && !clock;
    boolean events = EVENTS.contains(uid(node));
    if (events
        || !unbound
            && node.getInEdges().stream().anyMatch(edge -> hearing.contains(edge.getSourceId()))) {
      hearing.add(node.getId());
    }
    Hands hands;
    if (events) {
      hands = Hands.IDLE;
    } else if (unbound) {
      hands = Hands.GREATEST;
    } else if (uid(node).equals(STANDING)) {
      hands = standing;
    } else if (clock || inputs.isEmpty()) {
      hands = Hands.TIME;
    } else {
      hands = least(inputs.values().stream().map(SilenceTest::least).toList());
    }
    known.put(node.getId(), hands);
    return hands;
  }

  /** Flink's minimum over what is not idle. */
  private static Hands least(List<Hands> of) {
    if (of.contains(Hands.TIME)) {
      return Hands.TIME;
    }
    return of.contains(Hands.GREATEST) ? Hands.GREATEST : Hands.IDLE;
  }

  private static String uid(StreamNode node) {
    return String.valueOf(node.getTransformationUID());
  }
}
