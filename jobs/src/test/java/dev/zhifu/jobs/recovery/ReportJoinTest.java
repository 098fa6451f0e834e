package dev.zhifu.jobs.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.wire.ActKind;
import dev.zhifu.wire.CaseChangeKind;
import dev.zhifu.wire.CaseState;
import dev.zhifu.wire.FraudCase;
import dev.zhifu.wire.OfficerAct;
import dev.zhifu.wire.SubjectKind;
import dev.zhifu.wire.VictimReport;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class ReportJoinTest {
  private static final Instant T0 = Instant.parse("2026-06-01T02:00:00Z");
  private static final String REPORT = "report-1";

  private static FraudCase fraudCase(String caseId, long sequence) {
    return FraudCase.newBuilder()
        .setCaseId(caseId)
        .setSequence(sequence)
        .setChange(CaseChangeKind.SCORE)
        .setSubjectKind(SubjectKind.ACCOUNT)
        .setSubject("mule")
        .setState(CaseState.REPORTED)
        .setScore(0.9)
        .setFamilies(List.of())
        .setShares(List.of())
        .setProposedActions(List.of())
        .setOccurredAt(T0)
        .setOpenedAt(T0)
        .setReportId(REPORT)
        .build();
  }

  private static OfficerAct acceptance(String actId) {
    return OfficerAct.newBuilder()
        .setActId(actId)
        .setKind(ActKind.ACCEPT_REPORT)
        .setOfficerId("officer-1")
        .setRole("DUTY_OFFICER")
        .setAt(T0)
        .setObjectId(REPORT)
        .setReason("story")
        .setDocuments(List.of())
        .setReport(
            VictimReport.newBuilder()
                .setReportId(REPORT)
                .setReportedAt(T0)
                .setReceivedAt(T0)
                .setHolderToken("victim")
                .setTakenBy("desk-1")
                .setReportChannel("110")
                .setTransfers(List.of())
                .build())
        .setKeyId("")
        .setSignature(ByteBuffer.allocate(0))
        .build();
  }

  private static KeyedTwoInputStreamOperatorTestHarness<
          String, FraudCase, OfficerAct, RecoveryInput>
      started(OperatorSubtaskState state) throws Exception {
    var harness =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            new KeyedCoProcessOperator<>(new ReportJoin()),
            FraudCase::getReportId,
            act -> act.getReport().getReportId(),
            Types.STRING);
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
    return harness;
  }

  @Test
  void anAcceptanceReachesTheCasesBeforeItAndTheCasesAfterIt() throws Exception {
    try (var harness = started(null)) {
      harness.processElement1(new StreamRecord<>(fraudCase("case-1", 1)));
      assertThat(harness.extractOutputValues()).isEmpty();
      harness.processElement2(new StreamRecord<>(acceptance("act-1")));
      harness.processElement1(new StreamRecord<>(fraudCase("case-2", 1)));

      assertThat(harness.extractOutputValues())
          .containsExactly(
              RecoveryInput.acceptance("case-1", acceptance("act-1")),
              RecoveryInput.acceptance("case-2", acceptance("act-1")));
    }
  }

  @Test
  void copiesOfCasesAndActsAndASecondAcceptanceSayNothingNew() throws Exception {
    OperatorSubtaskState saved;
    try (var harness = started(null)) {
      harness.processElement2(new StreamRecord<>(acceptance("act-1")));
      harness.processElement1(new StreamRecord<>(fraudCase("case-1", 1)));
      harness.processElement1(new StreamRecord<>(fraudCase("case-1", 2)));
      assertThat(harness.extractOutputValues()).hasSize(1);
      saved = harness.snapshot(1, 1);
    }
    try (var harness = started(saved)) {
      harness.processElement1(new StreamRecord<>(fraudCase("case-1", 2)));
      harness.processElement2(new StreamRecord<>(acceptance("act-1")));
      harness.processElement2(new StreamRecord<>(acceptance("act-2")));
      assertThat(harness.extractOutputValues()).as("after a restore").isEmpty();
    }
  }
}
