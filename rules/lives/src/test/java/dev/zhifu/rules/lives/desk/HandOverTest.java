package dev.zhifu.rules.lives.desk;

import static dev.zhifu.rules.lives.desk.Run.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.rules.lives.Role;
import dev.zhifu.rules.lives.appeal.AppealTable;
import dev.zhifu.rules.lives.cases.CaseTable;
import dev.zhifu.rules.lives.freeze.FreezeTable;
import dev.zhifu.rules.lives.holds.VictimHoldFact;
import dev.zhifu.rules.lives.holds.VictimHoldTable;
import dev.zhifu.rules.lives.refund.RefundTable;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.RecoveryAlarm;
import dev.zhifu.wire.VictimHoldDetail;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A case that is handed to another body (ADR-0169). */
class HandOverTest {
  private static final String OTHER = "呼和浩特市公安局";
  private static final String HOLD = "hold-1";

  /** A stop and a victim hold in force. */
  private static Run urgent(Run run) {
    run.emergency().stop(OrderState.ACTIVE, 4);
    held(run, HOLD);
    run.answer(LifeKind.VICTIM_HOLD, HOLD, "BANK_APPLIED", 0, run.now());
    run.alarms.clear();
    return run;
  }

  private static void held(Run run, String id) {
    run.act(LifeKind.VICTIM_HOLD, id, "PROPOSED", Role.DUTY_OFFICER, victimHold("victim-1", 10));
    run.act(LifeKind.VICTIM_HOLD, id, "APPROVED", Role.DUTY_OFFICER, null);
  }

  private static Run transferred(Run run) {
    return run.actWith(
        LifeKind.CASE, CASE, "TRANSFERRED", Role.CASE_OFFICER, null, OTHER, null, "letter:1");
  }

  private static Run received(Run run) {
    return transferred(run)
        .actWith(
            LifeKind.CASE, CASE, "HANDED_OVER", Role.CASE_OFFICER, null, "duty desk there", null);
  }

  @Test
  void whatWasDoneInUrgencyStaysWithItsClocksAndIsNamedToBeHandedOver() {
    Run run = urgent(byLaw());
    LifeTransition before = run.file.get(HOLD);

    transferred(run);

    assertThat(run.state(CASE)).isEqualTo("TRANSFERRED");
    assertThat(HandOver.to(run.file)).contains(OTHER);
    assertThat(HandOver.receivedAt(run.file)).isEmpty();
    assertThat(run.file.get(HOLD)).isEqualTo(before);
    Instant end = ((VictimHoldDetail) before.getDetail()).getExpiresAt();
    assertThat(run.lastAlarmOf("TASK"))
        .contains(OTHER, STOP + " ACTIVE", HOLD + " ACTIVE until " + end);
  }

  @Test
  void untilTheOtherBodyHasConfirmedEndsAreWarnedOfHereAndAfterwardsNot() {
    Run waiting = transferred(urgent(byLaw()));
    waiting.alarms.clear();
    waiting.pass(Duration.ofHours(21));
    assertThat(waiting.alarmKinds()).contains("TERM_NEAR");
    waiting.pass(Duration.ofHours(4));
    assertThat(ofCase(waiting)).anyMatch(words -> words.contains(OTHER));
    waiting.pass(Duration.ofDays(8));
    assertThat(waiting.alarmKinds()).contains("END_NEAR");

    Run over = received(urgent(byLaw()));
    over.alarms.clear();
    over.pass(Duration.ofHours(21));
    over.pass(Duration.ofDays(9));
    assertThat(over.alarmKinds()).doesNotContain("TERM_NEAR", "END_NEAR");
    assertThat(ofCase(over)).isEmpty();
    over.pass(Duration.ofDays(1));
    assertThat(over.state(HOLD)).as("its end comes all the same").isEqualTo("EXPIRED");
  }

  private static List<String> ofCase(Run run) {
    return run.alarms.stream()
        .filter(alarm -> alarm.getAlarm().equals("OVERDUE") && alarm.getKind() == LifeKind.CASE)
        .map(RecoveryAlarm::getWords)
        .toList();
  }

  @Test
  void onceReceivedNothingNewIsOpenedHereAndTheReasonNamesWhoDecides() {
    Run run = received(urgent(byLaw()));
    run.act(
        LifeKind.VICTIM_HOLD, "hold-2", "PROPOSED", Role.DUTY_OFFICER, victimHold("victim-1", 10));

    assertThat(run.state("hold-2")).isNull();
    assertThat(run.lastAlarm()).contains("CASE_IS_HERE", OTHER, "confirmed at", "receiving body");

    Run waiting = transferred(urgent(byLaw()));
    held(waiting, "hold-2");
    assertThat(waiting.state("hold-2")).as("not yet received").isEqualTo("APPROVED");

    Run unguarded =
        received(
            urgent(
                new Run(
                    new LifeDesk(
                        terms(),
                        CaseTable.law(),
                        FreezeTable.law(),
                        RefundTable.law(),
                        VictimHoldTable.law().without(VictimHoldFact.CASE_IS_HERE),
                        AppealTable.law()))));
    held(unguarded, "hold-2");
    assertThat(unguarded.state("hold-2")).as("the guard alone holds it").isEqualTo("APPROVED");
  }

  @Test
  void noFreezeIsOpenedInACaseThatWasHandedOver() {
    Run run = transferred(urgent(byLaw()));
    run.act(LifeKind.FREEZE, FREEZE, "PROPOSED", Role.CASE_OFFICER, freeze());
    assertThat(run.state(FREEZE)).isNull();
    assertThat(run.lastAlarm()).contains("CASE_FILED", "TRANSFERRED", OTHER);
  }

  @Test
  void whatStandsIsStillLiftedHereSinceNobodyMayWaitForALift() {
    Run run = received(urgent(byLaw()));
    run.appealed(HOLD, LifeKind.VICTIM_HOLD);
    run.act(LifeKind.APPEAL, "appeal-1", "ACCEPTED", Role.DUTY_OFFICER, null);
    run.act(
        LifeKind.APPEAL,
        "appeal-1",
        "CHECK_BEGUN",
        Role.DUTY_OFFICER,
        appeal(HOLD, LifeKind.VICTIM_HOLD));
    run.actWith(LifeKind.APPEAL, "appeal-1", "UPHELD", Role.DUTY_OFFICER, null, "MODEL_FP", null);

    assertThat(run.state(HOLD)).isEqualTo("LIFTED");
  }

  @Test
  void theReceiptCountsOnce() {
    Run run = received(urgent(byLaw()));
    Instant first = HandOver.receivedAt(run.file).orElseThrow();
    run.pass(Duration.ofHours(1));
    run.act(LifeKind.CASE, CASE, "HANDED_OVER", Role.CASE_OFFICER, null);
    assertThat(HandOver.receivedAt(run.file)).contains(first);
  }
}
