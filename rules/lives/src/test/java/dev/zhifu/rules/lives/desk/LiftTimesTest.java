package dev.zhifu.rules.lives.desk;

import static dev.zhifu.rules.lives.desk.Run.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.rules.lives.Role;
import dev.zhifu.wire.ChannelAnswer;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.OrderChannel;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.PaperDetail;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** From the decision that something is lifted to the bank's word that it is, by its channel. */
class LiftTimesTest {

  private static Run released(OrderChannel channel) {
    Run run = byLaw();
    run.channel = channel;
    run.emergency();
    run.stop(OrderState.SENT, OrderState.ACTIVE, 4);
    return run.stop(OrderState.ACTIVE, OrderState.RELEASED, 5);
  }

  @Test
  void aStopLiftedByThePlatformIsTimedOnce() {
    Run run = released(OrderChannel.PLATFORM);
    Instant lifted = run.now().plusSeconds(90);
    ChannelAnswer answer = run.answerOf(LifeKind.STOP_ORDER, STOP, "BANK_LIFTED", 0, lifted);
    run.pass(Duration.ofMinutes(4)).answer(answer);
    run.answer(LifeKind.STOP_ORDER, STOP, "BANK_LIFTED", 0, run.now());

    assertThat(run.lifts).containsExactly("PLATFORM 90");
  }

  @Test
  void aStopLiftedOnPaperIsTimedToTheBanksOwnTime() {
    Run run = released(OrderChannel.PAPER);
    String paper =
        run.file.all(LifeKind.PAPER).stream()
            .map(LifeTransition::getObjectId)
            .reduce((one, other) -> other)
            .orElseThrow();
    Instant lifted = run.now().plusSeconds(1_800);
    run.act(LifeKind.PAPER, paper, "PRINTED", Role.CASE_OFFICER, null);
    run.act(LifeKind.PAPER, paper, "SERVED", Role.CASE_OFFICER, null, "officer-2", "receipt:1");
    assertThat(run.lifts).as("served is not lifted").isEmpty();
    run.pass(Duration.ofHours(1));
    PaperDetail answer =
        PaperDetail.newBuilder(PaperDesk.of(run.file.get(paper)))
            .setAnswer("BANK_LIFTED")
            .setStartTime(lifted)
            .build();
    run.act(LifeKind.PAPER, paper, "ANSWERED", Role.CASE_OFFICER, answer, "answer:1");

    assertThat(run.lifts).containsExactly("PAPER 1800");
  }

  @Test
  void aReleasedFreezeIsTimedFromItsSignature() {
    Run run = byLaw().filed().frozen();
    run.act(LifeKind.FREEZE, FREEZE, "RELEASE_SIGNED", Role.COUNTY_HEAD, null);
    run.pass(Duration.ofSeconds(45));
    run.answer(LifeKind.FREEZE, FREEZE, "BANK_LIFTED", 0, null);
    run.answer(LifeKind.FREEZE, FREEZE, "BANK_LIFTED", 0, null);

    assertThat(run.lifts).containsExactly("PLATFORM 45");
  }

  @Test
  void aLiftThatTheBankDatesBeforeTheDecisionTookNothing() {
    Run run = released(OrderChannel.PLATFORM);
    run.answer(LifeKind.STOP_ORDER, STOP, "BANK_LIFTED", 0, run.now().minusSeconds(5));
    assertThat(run.lifts).containsExactly("PLATFORM 0");
  }
}
