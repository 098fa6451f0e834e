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
import dev.zhifu.wire.CaseState;
import dev.zhifu.wire.ChannelRequest;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.OfficerAct;
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
    AccountRef account =
        AccountRef.newBuilder()
            .setAccountToken("a".repeat(32))
            .setBank("B02")
            .setKind(AccountKind.PERSONAL)
            .build();
    VictimReport report =
        VictimReport.newBuilder()
            .setReportId("R-1")
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
            .setObjectId("R-1")
            .setReason("report complete")
            .setReport(report)
            .setDocuments(List.of("form:1", "id:1"))
            .setKeyId("")
            .setSignature(ByteBuffer.allocate(0))
            .build();
    return Signatures.sign(draft, DemoKeys.person("officer-1"));
  }

  @Test
  void aReportAcceptedAgainWithItsBookingLeavesTheCaseAsItIs() throws IOException {
    RecoveryDesk desk =
        new RecoveryDesk(
            RecoveryKeys.ofDemo().open(),
            new BankChannels(List.of("B01", "B02", "B03"), List.of()));
    CaseFile file = new CaseFile("case-1", Map.of());
    desk.take(file, RecoveryInput.acceptance("case-1", acceptance("act-1", null)), T0, output);
    assertThat(file.caseState()).contains(CaseState.EMERGENCY);
    int before = transitions.size();

    desk.take(file, RecoveryInput.acceptance("case-1", acceptance("act-2", "b-1")), T0, output);

    assertThat(file.caseState()).contains(CaseState.EMERGENCY);
    assertThat(transitions).hasSize(before);
    assertThat(alarms).isEmpty();
  }
}
