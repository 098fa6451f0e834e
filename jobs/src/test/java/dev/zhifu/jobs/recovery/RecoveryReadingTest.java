package dev.zhifu.jobs.recovery;

import static dev.zhifu.jobs.io.Wire.T0;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.jobs.io.RawRecord;
import dev.zhifu.jobs.io.Wire;
import dev.zhifu.wire.AccountKind;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.ActKind;
import dev.zhifu.wire.BankInbound;
import dev.zhifu.wire.CaseChangeKind;
import dev.zhifu.wire.CaseDetail;
import dev.zhifu.wire.CaseState;
import dev.zhifu.wire.DeadLetter;
import dev.zhifu.wire.DeadLetterReason;
import dev.zhifu.wire.FraudCase;
import dev.zhifu.wire.HoldAction;
import dev.zhifu.wire.HoldResult;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.OfficerAct;
import dev.zhifu.wire.OrderOrigin;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.ReasonCode;
import dev.zhifu.wire.ReceiptResult;
import dev.zhifu.wire.RiskHold;
import dev.zhifu.wire.RiskHoldOutcome;
import dev.zhifu.wire.StopPaymentReceipt;
import dev.zhifu.wire.StopPaymentRequest;
import dev.zhifu.wire.SubjectKind;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.Test;

class RecoveryReadingTest {
  private static final int GROUPS = 128;

  /** What was made of some records. */
  private static final class Read {
    private final List<RecoveryInput> inputs = new ArrayList<>();
    private final List<DeadLetter> dead = new ArrayList<>();
    private final List<FraudCase> withReport = new ArrayList<>();
    private final List<OfficerAct> accepted = new ArrayList<>();
    private final List<StopWatchInput> watched = new ArrayList<>();
    private final List<RecoveryControl> readBack = new ArrayList<>();
  }

  private static Read read(RawRecord... records) throws Exception {
    Read read = new Read();
    try (var harness =
        new OneInputStreamOperatorTestHarness<RawRecord, RecoveryInput>(
            new ProcessOperator<>(new RecoveryReading(Wire::codec, GROUPS)))) {
      harness.open();
      for (RawRecord record : records) {
        harness.processElement(new StreamRecord<>(record));
      }
      read.inputs.addAll(harness.extractOutputValues());
      take(harness, RecoveryReading.DEAD, read.dead);
      take(harness, RecoveryReading.WITH_REPORT, read.withReport);
      take(harness, RecoveryReading.ACCEPTED, read.accepted);
      take(harness, RecoveryReading.WATCHED, read.watched);
      take(harness, RecoveryReading.READ_BACK, read.readBack);
    }
    return read;
  }

  private static <T> void take(
      OneInputStreamOperatorTestHarness<?, ?> harness, OutputTag<T> tag, List<T> into) {
    if (harness.getSideOutput(tag) != null) {
      harness.getSideOutput(tag).forEach(record -> into.add(record.getValue()));
    }
  }

  private static LifeTransition life(String caseId) {
    return LifeTransition.newBuilder()
        .setObjectId(caseId)
        .setKind(LifeKind.CASE)
        .setCaseId(caseId)
        .setSequence(1)
        .setState("ALERT")
        .setEvent("SCORE_REACHED")
        .setRole("ENGINE")
        .setCause("cause")
        .setTickAt(T0)
        .setDetail(
            CaseDetail.newBuilder().setSubjectKind(SubjectKind.HOLDER).setSubject("h").build())
        .build();
  }

  private static FraudCase fraudCase(CaseChangeKind change, String reportId) {
    return FraudCase.newBuilder()
        .setCaseId("case-1")
        .setSequence(1)
        .setChange(change)
        .setSubjectKind(SubjectKind.ACCOUNT)
        .setSubject("mule")
        .setState(CaseState.ALERT)
        .setScore(0.9)
        .setFamilies(List.of())
        .setShares(List.of())
        .setProposedActions(List.of())
        .setOccurredAt(T0)
        .setOpenedAt(T0)
        .setReportId(reportId)
        .build();
  }

  private static OfficerAct act(ActKind kind) {
    return OfficerAct.newBuilder()
        .setActId("act-" + kind)
        .setKind(kind)
        .setOfficerId("officer-1")
        .setRole("DUTY_OFFICER")
        .setAt(T0)
        .setObjectId("case-1")
        .setReason("checked")
        .setDocuments(List.of())
        .setKeyId("")
        .setSignature(ByteBuffer.allocate(0))
        .build();
  }

  private static StopPaymentRequest stop(String... caseIds) {
    return StopPaymentRequest.newBuilder()
        .setOrderId("order-1")
        .setApplicationId("a")
        .setOrdinal(1)
        .setSequence(1)
        .setState(OrderState.DRAFT)
        .setOrigin(OrderOrigin.REPORT)
        .setCaseIds(List.of(caseIds))
        .setTarget(
            AccountRef.newBuilder()
                .setAccountToken("mule")
                .setBank("B03")
                .setKind(AccountKind.PERSONAL)
                .build())
        .setTransferAmountFen(1)
        .setTransferTime(T0)
        .setTracedFen(1)
        .setScore(1)
        .setFamilies(List.of())
        .setHitIds(List.of())
        .setReasonCode(ReasonCode.VICTIM_REPORT)
        .setBasisAt(T0)
        .setCause("cause")
        .setTickAt(T0)
        .build();
  }

  private static BankInbound receipt(String bank, String receiptBank) {
    return new BankInbound(
        bank,
        StopPaymentReceipt.newBuilder()
            .setOrderId("order-1")
            .setApplicationId("a")
            .setAccountToken("mule")
            .setBank(receiptBank)
            .setPayloadSha256("")
            .setResult(ReceiptResult.STOPPED)
            .setStartTime(T0)
            .setAt(T0)
            .build());
  }

  @Test
  void theMarkSaysHowManyRecordsOfEachKeyGroupWereSentOn() throws Exception {
    Read read =
        read(
            Wire.raw("recovery.lives", 0, life("case-1")),
            Wire.raw("recovery.lives", 1, life("case-1")),
            RawRecord.END);

    int group = KeyGroupRangeAssignment.assignToKeyGroup("case-1", GROUPS);
    assertThat(read.inputs)
        .containsExactly(
            RecoveryInput.record(life("case-1")), RecoveryInput.record(life("case-1")));
    assertThat(read.readBack).containsExactly(RecoveryControl.readBack(Map.of(group, 2L)));
  }

  @Test
  void whatCannotBeReadIsTurnedAwayWholeAndTheRestIsRead() throws Exception {
    Read read =
        read(
            Wire.raw("recovery.acts", 3, Wire.GARBAGE),
            Wire.raw("recovery.acts", 4, (byte[]) null),
            Wire.raw("recovery.lives", 5, life("case-1")));

    assertThat(read.dead)
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.getReason()).isEqualTo(DeadLetterReason.UNDECODABLE);
              assertThat(letter.getTopic()).isEqualTo("recovery.acts");
              assertThat(letter.getOffset()).isEqualTo(3);
              assertThat(letter.getValue()).isEqualTo(ByteBuffer.wrap(Wire.GARBAGE));
            });
    assertThat(read.inputs).hasSize(1);
  }

  @Test
  void aCaseGoesToItsLifeAndToItsReportAndAWordOnItsStateToNeither() throws Exception {
    FraudCase opened = fraudCase(CaseChangeKind.OPENED, null);
    FraudCase reported = fraudCase(CaseChangeKind.SCORE, "report-1");
    Read read =
        read(
            Wire.raw("risk.cases", 0, opened),
            Wire.raw("risk.cases", 1, reported),
            Wire.raw("risk.cases", 2, fraudCase(CaseChangeKind.STATE, "report-1")));

    assertThat(read.inputs)
        .containsExactly(RecoveryInput.fraudCase(opened), RecoveryInput.fraudCase(reported));
    assertThat(read.withReport).containsExactly(reported);
  }

  @Test
  void eachActGoesToWhomItConcerns() throws Exception {
    Read read =
        read(
            Wire.raw("officer.acts", 0, act(ActKind.DISMISS_CASE)),
            Wire.raw("officer.acts", 1, act(ActKind.ACCEPT_REPORT)),
            Wire.raw("officer.acts", 2, act(ActKind.RELEASE)));

    assertThat(read.inputs).containsExactly(RecoveryInput.dismissal(act(ActKind.DISMISS_CASE)));
    assertThat(read.accepted).as("an acceptance without its report is none").isEmpty();
  }

  @Test
  void aStopGoesToEachOfItsCasesAndToTheWatch() throws Exception {
    StopPaymentRequest stop = stop("case-1", "case-2");
    Read read = read(Wire.raw("stop.requests", 0, stop));

    assertThat(read.inputs)
        .containsExactly(RecoveryInput.stop("case-1", stop), RecoveryInput.stop("case-2", stop));
    assertThat(read.watched)
        .containsExactly(StopWatchInput.of(stop), StopWatchInput.onAccount(stop));
  }

  @Test
  void aBankAnswersOnItsOwnTopicAndInItsOwnNameAlone() throws Exception {
    Read read =
        read(
            Wire.raw("bank.B03.inbound", 0, receipt("B03", "B03")),
            Wire.raw("bank.B04.inbound", 1, receipt("B03", "B03")),
            Wire.raw("bank.B04.inbound", 2, receipt("B04", "B03")));

    assertThat(read.watched)
        .containsExactly(StopWatchInput.of((StopPaymentReceipt) receipt("B03", "B03").getBody()));
    assertThat(read.dead).as("detection turns them away").isEmpty();
  }

  @Test
  void aRiskHoldAndItsOwnBanksAnswerGoToItsLife() throws Exception {
    RiskHold hold =
        RiskHold.newBuilder()
            .setHoldId("hold-1")
            .setSequence(1)
            .setAction(HoldAction.PLACE)
            .setBank("B02")
            .setAccount(
                AccountRef.newBuilder()
                    .setAccountToken("mule")
                    .setBank("B02")
                    .setKind(AccountKind.PERSONAL)
                    .build())
            .setAmountFen(1)
            .setReasonCode(ReasonCode.PASS_THROUGH)
            .setOccurredAt(T0)
            .setEndsAt(T0.plusSeconds(86_400))
            .setNoticeId("notice-1")
            .build();
    RiskHoldOutcome applied =
        RiskHoldOutcome.newBuilder()
            .setHoldId("hold-1")
            .setBank("B02")
            .setResult(HoldResult.APPLIED)
            .setAt(T0)
            .build();
    Read read =
        read(
            Wire.raw("bank.B02.holds", 0, hold),
            Wire.raw("bank.B02.inbound", 0, new BankInbound("B02", applied)),
            Wire.raw("bank.B03.inbound", 0, new BankInbound("B02", applied)),
            Wire.raw("bank.B03.inbound", 1, new BankInbound("B03", applied)));

    assertThat(read.inputs)
        .containsExactly(RecoveryInput.hold(hold), RecoveryInput.outcome(applied));
    assertThat(read.inputs).extracting(RecoveryInput::caseId).containsOnly("hold-1");
  }
}
