package dev.zhifu.rules.lives.desk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.rules.lives.LifeEvent;
import dev.zhifu.rules.lives.Role;
import dev.zhifu.rules.lives.Trigger;
import dev.zhifu.rules.lives.appeal.AppealEvent;
import dev.zhifu.rules.lives.cases.CaseEvent;
import dev.zhifu.rules.lives.freeze.FreezeEvent;
import dev.zhifu.rules.lives.holds.RiskHoldEvent;
import dev.zhifu.rules.lives.holds.VictimHoldEvent;
import dev.zhifu.rules.lives.order.OrderEvent;
import dev.zhifu.rules.lives.paper.PaperEvent;
import dev.zhifu.rules.lives.refund.RefundEvent;
import dev.zhifu.wire.LifeClock;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.RecoveryAlarm;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Ahead of each end of each life somebody is warned. */
class AheadTest {
  private static final Map<LifeKind, LifeEvent[]> EVENTS =
      Map.of(
          LifeKind.CASE, CaseEvent.values(),
          LifeKind.STOP_ORDER, OrderEvent.values(),
          LifeKind.FREEZE, FreezeEvent.values(),
          LifeKind.REFUND, RefundEvent.values(),
          LifeKind.VICTIM_HOLD, VictimHoldEvent.values(),
          LifeKind.RISK_HOLD, RiskHoldEvent.values(),
          LifeKind.APPEAL, AppealEvent.values(),
          LifeKind.PAPER, PaperEvent.values());

  /** Reminders, and levels of an escalation that remind by themselves. */
  private static final Set<String> REMIND =
      Set.of(
          "REMINDER_DUE",
          "ANSWER_LATE",
          "PRINT_LATE",
          "SERVE_LATE",
          "RETRY_DUE",
          "TRIES_SPENT",
          "EXTENSION_UNANSWERED");

  @Test
  void everyClockOfEveryTableIsWarnedOfOrRemindsByItself() {
    assertThat(EVENTS.keySet()).containsExactlyInAnyOrder(LifeKind.values());
    EVENTS.forEach(
        (kind, events) -> {
          List<String> timers =
              Arrays.stream(events)
                  .filter(event -> event.trigger() == Trigger.TIMER)
                  .map(LifeEvent::name)
                  .toList();
          boolean ownWarning = timers.contains("END_NEAR");
          for (String timer : timers) {
            boolean warned =
                !Ahead.of(kind, timer).isEmpty() || ownWarning && timer.equals("TERM_ENDED");
            assertThat(warned || timer.equals("END_NEAR") || REMIND.contains(timer))
                .as("%s of %s", timer, kind)
                .isTrue();
            assertThat(warned && REMIND.contains(timer)).as("%s twice", timer).isFalse();
          }
          assertThat(timers).as("no warning of what is no clock").containsAll(Ahead.ends(kind));
        });
  }

  @Test
  void aReleaseIsWarnedOfADayAndFourHoursAheadAndNoMoreOnceItIsSigned() {
    Run run = releaseDue();
    run.pass(Duration.ofHours(47));
    assertThat(near(run)).isEmpty();
    run.pass(Duration.ofHours(2));
    assertThat(near(run))
        .singleElement()
        .satisfies(
            alarm ->
                assertThat(alarm.getWords())
                    .contains("FREEZE", "RELEASE_OVERDUE comes at", "应解未解"));
    run.pass(Duration.ofHours(20));
    assertThat(near(run)).hasSize(2);
    assertThat(near(run)).extracting(RecoveryAlarm::getAlarmId).doesNotHaveDuplicates();
    assertThat(run.state(Run.FREEZE)).as("nothing moves").isEqualTo("RELEASE_DUE");

    Run signed = releaseDue();
    signed.act(LifeKind.FREEZE, Run.FREEZE, "RELEASE_SIGNED", Role.COUNTY_HEAD, null);
    assertThat(signed.file.get(Run.FREEZE).getClocks())
        .extracting(LifeClock::getEvent)
        .noneMatch(event -> event.contains("RELEASE_OVERDUE"));
    signed.pass(Duration.ofDays(4));
    assertThat(near(signed)).isEmpty();
  }

  @Test
  void afterAStandstillTheEndItselfSpeaksAndNoWarningAfterIt() {
    Run run = releaseDue();
    run.pass(Duration.ofDays(4));
    assertThat(near(run)).isEmpty();
    assertThat(run.alarmKinds()).contains("OVERDUE");
  }

  @Test
  void aTermThatIsShorterThanItsWarningHasNone() {
    LifeTransition appeal = new LifeTransition();
    appeal.setKind(LifeKind.APPEAL);
    appeal.setTickAt(Instant.parse("2026-06-01T02:00:00Z"));
    appeal.setClocks(new ArrayList<>());
    Turn.start(appeal, "CHECK_LATE", appeal.getTickAt().plus(Duration.ofDays(3)));
    assertThat(appeal.getClocks())
        .extracting(LifeClock::getEvent)
        .containsExactly("CHECK_LATE", Ahead.mark("CHECK_LATE"));
    Turn.end(appeal, "CHECK_LATE");
    assertThat(appeal.getClocks()).isEmpty();
  }

  private static Run releaseDue() {
    Run run = Run.byLaw().filed().frozen();
    run.act(LifeKind.FREEZE, Run.FREEZE, "FOUND_UNRELATED", Role.CASE_OFFICER, null);
    assertThat(run.state(Run.FREEZE)).isEqualTo("RELEASE_DUE");
    return run;
  }

  private static List<RecoveryAlarm> near(Run run) {
    return Stream.of(run.alarms)
        .flatMap(List::stream)
        .filter(alarm -> alarm.getAlarm().equals("TERM_NEAR"))
        .filter(alarm -> alarm.getKind() == LifeKind.FREEZE)
        .filter(alarm -> alarm.getWords().contains("RELEASE_OVERDUE"))
        .toList();
  }
}
