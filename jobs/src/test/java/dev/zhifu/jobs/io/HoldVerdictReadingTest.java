package dev.zhifu.jobs.io;

import static dev.zhifu.jobs.io.Wire.T0;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.jobs.score.AccountInput;
import dev.zhifu.jobs.score.Verdict;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.ReasonCode;
import dev.zhifu.wire.RiskHoldDetail;
import org.junit.jupiter.api.Test;

class HoldVerdictReadingTest {
  private static final String TOPIC = "recovery.lives";

  private static LifeTransition life(LifeKind kind, String event, String state) {
    return LifeTransition.newBuilder()
        .setObjectId("hold-1")
        .setKind(kind)
        .setCaseId("hold-1")
        .setSequence(3)
        .setState(state)
        .setEvent(event)
        .setRole("DUTY_OFFICER")
        .setAuthorisation("act-7")
        .setCause("act-7")
        .setTickAt(T0)
        .setDetail(
            RiskHoldDetail.newBuilder()
                .setAccountToken("mule")
                .setBank("B02")
                .setAmountFen(4_000_000)
                .setReasonCode(ReasonCode.PASS_THROUGH)
                .setAskedAt(T0)
                .setEndsAt(T0.plusSeconds(86_400))
                .setNoticeId("notice-1")
                .build())
        .build();
  }

  @Test
  void anUpheldAppealAgainstARiskHoldIsAVerdictForItsAccountAndNothingElseIs() throws Exception {
    Decoding<AccountInput> decoded =
        Decoding.of(
            new HoldVerdictReading(Wire::codec),
            RecordReading.DEAD,
            Wire.raw(TOPIC, 0, life(LifeKind.RISK_HOLD, "ASKED", "REQUESTED")),
            Wire.raw(TOPIC, 1, life(LifeKind.RISK_HOLD, "APPEAL_UPHELD", "LIFTING")),
            Wire.raw(TOPIC, 2, life(LifeKind.RISK_HOLD, "BANK_RELEASED", "RELEASED")),
            Wire.raw(TOPIC, 3, life(LifeKind.FREEZE, "APPEAL_UPHELD", "RELEASED")),
            Wire.raw(TOPIC, 4, Wire.GARBAGE));

    assertThat(decoded.out()).hasSize(1);
    assertThat(decoded.out().get(0).account()).isEqualTo("mule");
    assertThat(decoded.out().get(0).verdict())
        .isEqualTo(new Verdict("mule", T0.toEpochMilli(), "act-7", ReasonCode.APPEAL_UPHELD));
  }
}
