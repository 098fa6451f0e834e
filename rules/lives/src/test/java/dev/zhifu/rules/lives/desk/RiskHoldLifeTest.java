package dev.zhifu.rules.lives.desk;

import static dev.zhifu.rules.lives.desk.Run.BANK;
import static dev.zhifu.rules.lives.desk.Run.account;
import static dev.zhifu.rules.lives.desk.Run.byLaw;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.rules.lives.Role;
import dev.zhifu.wire.AccountKind;
import dev.zhifu.wire.HoldAction;
import dev.zhifu.wire.HoldResult;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.ReasonCode;
import dev.zhifu.wire.RestrictionNotice;
import dev.zhifu.wire.RiskHold;
import dev.zhifu.wire.RiskHoldDetail;
import dev.zhifu.wire.RiskHoldOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The life of a risk hold, played from detection's messages and the bank's answers. */
class RiskHoldLifeTest {
  private static final String HOLD = "hold-of-payment-1";
  private static final Duration DAY = Duration.ofHours(24);

  private final Run run = byLaw();
  private final Instant start = run.now();

  private RiskHold message(HoldAction action, int sequence, Duration term) {
    return RiskHold.newBuilder()
        .setHoldId(HOLD)
        .setSequence(sequence)
        .setAction(action)
        .setBank(BANK)
        .setAccount(account("mule-1", "mule-holder", AccountKind.PERSONAL))
        .setAmountFen(4_000_000)
        .setReasonCode(
            action == HoldAction.PLACE ? ReasonCode.PASS_THROUGH : ReasonCode.SCORE_DROPPED)
        .setOccurredAt(start)
        .setEndsAt(start.plus(term))
        .setNoticeId("notice-1")
        .build();
  }

  private RiskHoldLifeTest asked(Duration term) {
    RiskHolds.asked(run.desk, run.file, message(HoldAction.PLACE, 1, term), run.now(), run);
    return this;
  }

  private void lift() {
    RiskHolds.asked(run.desk, run.file, message(HoldAction.LIFT, 2, DAY), run.now(), run);
  }

  private boolean answered(HoldResult result, String bank) {
    return RiskHolds.answered(
        run.desk,
        run.file,
        RiskHoldOutcome.newBuilder()
            .setHoldId(HOLD)
            .setBank(bank)
            .setResult(result)
            .setHeldFen(result == HoldResult.APPLIED ? 3_900_000 : 0)
            .setAt(run.now())
            .build(),
        run.now(),
        run);
  }

  private RiskHoldDetail held() {
    return (RiskHoldDetail) run.file.get(HOLD).getDetail();
  }

  private RestrictionNotice lastNotice() {
    return run.notices.get(run.notices.size() - 1);
  }

  @Test
  void aHoldAppliedByItsBankEndsAfter24HoursWithANotice() {
    asked(DAY);
    assertThat(run.state(HOLD)).isEqualTo("REQUESTED");
    assertThat(run.notices).as("detection gave the notice with its request").isEmpty();
    assertThat(answered(HoldResult.APPLIED, BANK)).isTrue();
    assertThat(held().getHeldFen()).isEqualTo(3_900_000);
    assertThat(held().getAppliedAt()).isEqualTo(start);
    answered(HoldResult.APPLIED, BANK);
    assertThat(run.transitions).as("the same answer twice is one").hasSize(2);

    run.pass(DAY.minusMillis(1));
    assertThat(run.state(HOLD)).isEqualTo("APPLIED");
    run.pass(Duration.ofMillis(1));
    assertThat(run.state(HOLD)).isEqualTo("EXPIRED");
    assertThat(run.notices).hasSize(1);
    assertThat(lastNotice().getNoticeId()).isEqualTo("notice-1");
    assertThat(lastNotice().getInForce()).isFalse();
    assertThat(lastNotice().getUntil()).isEqualTo(start.plus(DAY));
    answered(HoldResult.EXPIRED, BANK);
    assertThat(run.alarmKinds())
        .as("warned of 4 h ahead; the bank's word after the end is no news")
        .containsExactly("TERM_NEAR");
  }

  @Test
  void aHoldIsRenewedNeverAndLastsNoLongerThan24Hours() {
    asked(DAY.plusMillis(1));
    assertThat(run.state(HOLD)).isNull();
    asked(DAY);
    run.pass(DAY);
    asked(DAY.plus(DAY));
    assertThat(run.state(HOLD)).isEqualTo("EXPIRED");
    assertThat(run.transitions).hasSize(2);
  }

  @Test
  void anotherBanksAnswerChangesNothing() {
    asked(DAY);
    answered(HoldResult.RELEASED, "B99");
    assertThat(run.state(HOLD)).isEqualTo("REQUESTED");
    assertThat(run.lastAlarm()).contains("OWN_HOLD", "B99");
    answered(HoldResult.DECLINED, BANK);
    assertThat(run.state(HOLD)).isEqualTo("DECLINED");
    assertThat(lastNotice().getInForce()).isFalse();
  }

  @Test
  void whatIsTakenBackIsLiftedByTheBankWithoutASecondNotice() {
    asked(DAY);
    answered(HoldResult.APPLIED, BANK);
    lift();
    assertThat(run.state(HOLD)).isEqualTo("LIFTING");
    run.pass(Duration.ofMinutes(2));
    answered(HoldResult.RELEASED, BANK);
    assertThat(run.state(HOLD)).isEqualTo("RELEASED");
    assertThat(held().getReleasedAt()).isEqualTo(start.plus(Duration.ofMinutes(2)));
    assertThat(run.notices).as("detection said it with its own word to lift").isEmpty();
    run.pass(DAY);
    assertThat(run.state(HOLD)).isEqualTo("RELEASED");
  }

  @Test
  void anUpheldAppealLiftsAHoldAtOnceWhoeverUpholdsIt() {
    for (Role role :
        new Role[] {Role.DUTY_OFFICER, Role.CASE_OFFICER, Role.COUNTY_HEAD, Role.CITY_HEAD}) {
      RiskHoldLifeTest one = new RiskHoldLifeTest();
      one.asked(DAY).answered(HoldResult.APPLIED, BANK);
      one.run.appealed(HOLD, LifeKind.RISK_HOLD);
      one.run.pass(Duration.ofMinutes(9));
      one.run.verified = false;
      uphold(one.run, role, "MODEL_FP");
      one.run.verified = true;
      uphold(one.run, role, "because");
      assertThat(one.run.state(HOLD)).as("unsigned or without a cause").isEqualTo("APPLIED");
      uphold(one.run, role, "MODEL_FP");

      assertThat(one.run.state(HOLD)).as(role.name()).isEqualTo("LIFTING");
      LifeTransition lifted = one.run.file.get(HOLD);
      assertThat(lifted.getEvent()).isEqualTo("APPEAL_UPHELD");
      assertThat(lifted.getAuthorisation()).isNotEmpty();
      assertThat(one.lastNotice().getInForce()).isFalse();
      assertThat(one.run.lastAlarmOf("LIFT_AT_ONCE")).contains("9 min since the appeal");
      one.lift();
      one.answered(HoldResult.RELEASED, BANK);
      assertThat(one.run.state(HOLD)).isEqualTo("RELEASED");
      assertThat(one.run.notices).hasSize(1);
    }
  }

  private static void uphold(Run run, Role role, String cause) {
    run.actWith(LifeKind.APPEAL, "appeal-1", "UPHELD", role, null, cause, null);
  }

  @Test
  void anAnswerToWhatIsNotKnownWaitsAndOldNewsBringsNothingBack() {
    assertThat(answered(HoldResult.APPLIED, BANK)).isFalse();
    lift();
    run.pass(DAY.plus(RiskHolds.KEPT));
    asked(DAY);
    assertThat(run.transitions).isEmpty();
    assertThat(run.alarms).isEmpty();
  }

  @Test
  void theFileOfAHoldIsForgottenWhenItsTermAndItsAppealsAreOver() {
    assertThat(RiskHolds.forgottenAt(run.file)).isEmpty();
    asked(DAY);
    assertThat(RiskHolds.forgottenAt(run.file)).as("in force").isEmpty();
    answered(HoldResult.DECLINED, BANK);
    assertThat(RiskHolds.forgottenAt(run.file))
        .as("over, and its term not yet")
        .contains(start.plus(DAY).plus(RiskHolds.KEPT));

    RiskHoldLifeTest other = new RiskHoldLifeTest();
    other.asked(DAY);
    other.run.appealed(HOLD, LifeKind.RISK_HOLD);
    other.run.pass(Duration.ofDays(2));
    assertThat(other.run.state(HOLD)).isEqualTo("EXPIRED");
    assertThat(RiskHolds.forgottenAt(other.run.file))
        .as("nobody has answered the appeal")
        .isEmpty();
    uphold(other.run, Role.DUTY_OFFICER, "MODEL_FP");
    assertThat(RiskHolds.forgottenAt(other.run.file))
        .contains(start.plus(Duration.ofDays(2)).plus(RiskHolds.KEPT));

    Run ofCase = byLaw().emergency();
    assertThat(RiskHolds.forgottenAt(ofCase.file)).as("a case is kept").isEmpty();
    assertThat(RiskHolds.forgottenAt(new CaseFile("none", Map.of()))).isEmpty();
  }

  @Test
  void theFileOfAHoldIsNoCaseAndNothingIsFrozenInIt() {
    CaseFile file = new CaseFile(HOLD, Map.of());
    RiskHolds.asked(run.desk, file, message(HoldAction.PLACE, 1, DAY), start, run);
    assertThat(file.caseState()).isEmpty();
    for (String event : new String[] {"SUBMITTED", "PROPOSED"}) {
      run.desk.take(
          file,
          LifeKind.FREEZE,
          "freeze-1",
          Happening.message(event, Role.CASE_OFFICER, start, event, Run.freeze()),
          start,
          run);
    }
    assertThat(file.all(LifeKind.FREEZE)).isEmpty();
    assertThat(run.lastAlarm()).contains("CASE_FILED");
  }
}
