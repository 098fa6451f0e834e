package dev.zhifu.jobs.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.jobs.features.RouterControl;
import dev.zhifu.jobs.features.RouterControl.Kind;
import dev.zhifu.wire.PublicationStatus;
import dev.zhifu.wire.RuleStatus;
import dev.zhifu.wire.RuleStatusKind;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.CoProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.TwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RuleGateTest {
  private static final long NOW = 1_780_000_000_000L;
  private static final String POSITION = "rules.publications:0:1";

  private TwoInputStreamOperatorTestHarness<RouterControl, Long, RouterControl> harness;

  @BeforeEach
  void open() throws Exception {
    harness = harness(null);
    harness.processElement2(new StreamRecord<>(NOW));
    send(RouterControl.ready());
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  @Test
  void whatIsRightPassesAndIsAnswered() throws Exception {
    send(RouterControl.of(Drafts.of(1, PublicationStatus.LIVE, NOW + 1000), POSITION));
    assertThat(kinds()).containsExactly(Kind.READY, Kind.PUBLICATION);
    RuleStatus said = answers().get(0);
    assertThat(said.getStatus()).isEqualTo(RuleStatusKind.ACCEPTED);
    assertThat(said.getSubtask()).isEqualTo(RuleGate.SUBTASK);
    assertThat(said.getPosition()).isEqualTo(POSITION);
    assertThat(said.getWatermark().toEpochMilli()).isEqualTo(NOW);
  }

  @Test
  void whatIsWrongEndsHereAndIsAnswered() throws Exception {
    send(RouterControl.of(Drafts.of(1, PublicationStatus.LIVE, NOW), POSITION));
    assertThat(kinds()).containsExactly(Kind.READY);
    assertThat(answers().get(0).getStatus()).isEqualTo(RuleStatusKind.REFUSED);
  }

  @Test
  void aLateSubtaskAnnulsForAllAndARestoredGateKnowsIt() throws Exception {
    send(RouterControl.of(Drafts.of(1, PublicationStatus.LIVE, NOW + 1000), POSITION));
    RuleStatus late = RuleStatus.newBuilder(answers().get(0)).build();
    late.setStatus(RuleStatusKind.LATE);
    late.setSubtask(1);
    send(RouterControl.answer(late));
    send(RouterControl.answer(late));
    assertThat(kinds()).containsExactly(Kind.READY, Kind.PUBLICATION, Kind.ANNULMENT);
    assertThat(answers())
        .extracting(RuleStatus::getStatus)
        .containsExactly(RuleStatusKind.ACCEPTED, RuleStatusKind.ANNULLED);
    assertThat(answers().get(1).getReason()).contains("subtask 1", "in force nowhere");
    OperatorSubtaskState snapshot = harness.snapshot(1, 1);
    harness.close();
    harness = harness(snapshot);
    send(RouterControl.of(Drafts.of(1, PublicationStatus.LIVE, NOW + 9000), "p2"));
    assertThat(answers().get(0).getReason()).contains("publish it as version 2");
  }

  private static TwoInputStreamOperatorTestHarness<RouterControl, Long, RouterControl> harness(
      OperatorSubtaskState restored) throws Exception {
    var harness = new TwoInputStreamOperatorTestHarness<>(new CoProcessOperator<>(new RuleGate()));
    harness.setup(
        TypeInformation.of(RouterControl.class)
            .createSerializer(harness.getExecutionConfig().getSerializerConfig()));
    if (restored != null) {
      harness.initializeState(restored);
    }
    harness.open();
    return harness;
  }

  private void send(RouterControl control) throws Exception {
    harness.processElement1(new StreamRecord<>(control));
  }

  private List<Kind> kinds() {
    return harness.extractOutputValues().stream().map(RouterControl::kind).toList();
  }

  private List<RuleStatus> answers() {
    List<RuleStatus> answers = new ArrayList<>();
    harness.getSideOutput(RuleGate.STATUS).forEach(one -> answers.add(one.getValue()));
    return answers;
  }
}
