package dev.zhifu.jobs.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.jobs.settings.BankChannels;
import dev.zhifu.rules.lives.desk.CaseFile;
import dev.zhifu.rules.lives.desk.DeskOutput;
import dev.zhifu.schemas.crypto.DemoKeys;
import dev.zhifu.schemas.crypto.Signatures;
import dev.zhifu.wire.AccountKind;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.ActKind;
import dev.zhifu.wire.CaseDetail;
import dev.zhifu.wire.CaseState;
import dev.zhifu.wire.ChannelRequest;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.OfficerAct;
import dev.zhifu.wire.RecoveryAct;
import dev.zhifu.wire.RecoveryAlarm;
import dev.zhifu.wire.ReportedTransfer;
import dev.zhifu.wire.RestrictionNotice;
import dev.zhifu.wire.VictimReport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecoveryDeskTest {
  private static final Instant T0 = Instant.parse("2026-03-02T18:10:00Z");

  private final List<String> alarms = new ArrayList<>();
  private final List<LifeTransition> transitions = new ArrayList<>();

  private final DeskOutput output =
      new DeskOutput() {
        @Override
        public void transition(LifeTransition transition) {
          transitions.add(transition);
        }

        @Override
        public void adopted(LifeTransition transition) {
          transitions.add(transition);
        }

        @Override
        public void request(ChannelRequest request) {
          throw new AssertionError("nothing is asked for: " + request);
        }

        @Override
        public void notice(RestrictionNotice notice) {
          throw new AssertionError("nobody is restricted: " + notice);
        }

        @Override
        public void alarm(RecoveryAlarm alarm) {
          alarms.add(alarm.getWords());
        }
      };

  private static OfficerAct acceptance(String actId, String bankTransactionId) {
    return acceptance(actId, "R-1", bankTransactionId, List.of("form:1", "id:1"));
  }

  private static OfficerAct acceptance(
      String actId, String reportId, String bankTransactionId, List<String> documents) {
    AccountRef account =
        AccountRef.newBuilder()
            .setAccountToken("a".repeat(32))
            .setBank("B02")
            .setKind(AccountKind.PERSONAL)
            .build();
    VictimReport report =
        VictimReport.newBuilder()
            .setReportId(reportId)
            .setReportedAt(T0)
            .setReceivedAt(T0)
            .setHolderToken("b".repeat(32))
            .setTakenBy("officer-1")
            .setReportChannel("110")
            .setTransfers(
                List.of(
                    ReportedTransfer.newBuilder()
                        .setPayer(account)
                        .setPayee(account)
                        .setAmountFen(100)
                        .setOccurredAt(T0)
                        .setPayeeBankTransactionId(bankTransactionId)
                        .build()))
            .build();
    OfficerAct draft =
        OfficerAct.newBuilder()
            .setActId(actId)
            .setKind(ActKind.ACCEPT_REPORT)
            .setOfficerId("officer-1")
            .setRole("DUTY_OFFICER")
            .setAt(T0)
            .setObjectId(reportId)
            .setReason("report complete")
            .setReport(report)
            .setDocuments(documents)
            .setKeyId("")
            .setSignature(ByteBuffer.allocate(0))
            .build();
    return Signatures.sign(draft, DemoKeys.person("officer-1"));
  }

  @Test
  void aReportAcceptedAgainWithItsBookingLeavesTheCaseAsItIs() throws IOException {
    RecoveryDesk desk = desk();
    CaseFile file = new CaseFile("case-1", Map.of());
    desk.take(file, RecoveryInput.acceptance("case-1", acceptance("act-1", null)), T0, output);
    assertThat(file.caseState()).contains(CaseState.EMERGENCY);
    int before = transitions.size();

    desk.take(file, RecoveryInput.acceptance("case-1", acceptance("act-2", "b-1")), T0, output);

    assertThat(file.caseState()).contains(CaseState.EMERGENCY);
    assertThat(transitions).hasSize(before);
    assertThat(alarms).isEmpty();
  }

  private static RecoveryInput head(String event) {
    RecoveryAct draft =
        RecoveryAct.newBuilder()
            .setActId("head-" + event)
            .setKind(LifeKind.CASE)
            .setCaseId("case-1")
            .setObjectId("case-1")
            .setEvent(event)
            .setOfficerId(DemoKeys.AUTHORISER)
            .setRole("COUNTY_HEAD")
            .setAt(T0)
            .setReason("reason")
            .setKeyId("")
            .setSignature(ByteBuffer.allocate(0))
            .build();
    return RecoveryInput.act(Signatures.sign(draft, DemoKeys.person(DemoKeys.AUTHORISER)));
  }

  private static RecoveryInput second(String actId, String bankTransactionId) {
    return RecoveryInput.acceptance(
        "case-1", acceptance(actId, "R-2", bankTransactionId, List.of("form:2", "id:2")));
  }

  @Test
  void aSecondVictimsReportOfAFiledCaseIsOneStepAndNoAlarm() throws IOException {
    for (List<String> before : List.of(List.<String>of(), List.of("FILED"))) {
      transitions.clear();
      RecoveryDesk desk = desk();
      CaseFile file = new CaseFile("case-1", Map.of());
      desk.take(file, RecoveryInput.acceptance("case-1", acceptance("act-1", null)), T0, output);
      for (String event : before) {
        desk.take(file, head(event), T0, output);
      }
      CaseState state = file.caseState().orElseThrow();
      int steps = transitions.size();

      desk.take(file, second("act-2", null), T0, output);
      // The same one, completed by a booking that was seen later.
      desk.take(file, second("act-3", "b-2"), T0, output);

      assertThat(alarms).as("%s", state).isEmpty();
      assertThat(file.caseState()).contains(state);
      assertThat(transitions).hasSize(steps + 1);
      LifeTransition further = transitions.get(steps);
      assertThat(further.getEvent()).isEqualTo("FURTHER_REPORT_ACCEPTED");
      assertThat(further.getDocuments()).containsExactly("form:2", "id:2");
      CaseDetail detail = (CaseDetail) further.getDetail();
      assertThat(detail.getReportId()).isEqualTo("R-1");
      assertThat(detail.getFurtherReports()).containsExactly("R-2");
    }
  }

  @Test
  void aFurtherReportWithoutItsDocumentsIsRefusedOnce() throws IOException {
    RecoveryDesk desk = desk();
    CaseFile file = new CaseFile("case-1", Map.of());
    desk.take(file, RecoveryInput.acceptance("case-1", acceptance("act-1", null)), T0, output);

    desk.take(
        file,
        RecoveryInput.acceptance("case-1", acceptance("act-2", "R-2", null, List.of("form:2"))),
        T0,
        output);

    assertThat(alarms).singleElement().asString().contains("FORM_AND_ID_COMPLETE");
  }

  @Test
  void aReportOfACaseThatIsOverIsOneAlarmThatSaysWhereItGoes() throws IOException {
    RecoveryDesk desk = desk();
    CaseFile file = new CaseFile("case-1", Map.of());
    desk.take(file, RecoveryInput.acceptance("case-1", acceptance("act-1", null)), T0, output);
    desk.take(file, head("NOT_FILED"), T0, output);
    alarms.clear();

    desk.take(file, second("act-2", null), T0, output);

    assertThat(alarms).singleElement().asString().contains("NOT_FILED", "R-2", "before the head");
    assertThat(file.caseState()).contains(CaseState.NOT_FILED);
  }

  private static RecoveryDesk desk() throws IOException {
    return new RecoveryDesk(
        RecoveryKeys.ofDemo().open(), new BankChannels(List.of("B01", "B02", "B03"), List.of()));
  }
}
