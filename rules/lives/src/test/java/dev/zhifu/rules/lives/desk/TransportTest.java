package dev.zhifu.rules.lives.desk;

import static dev.zhifu.rules.lives.desk.Run.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.rules.lives.Role;
import dev.zhifu.rules.lives.calendar.LegalTerms;
import dev.zhifu.rules.lives.channel.PlatformTwin;
import dev.zhifu.rules.lives.channel.TransportAnswers;
import dev.zhifu.rules.lives.channel.TransportCode;
import dev.zhifu.wire.ChannelRequest;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.OrderState;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every result of the transport, on freezes, their renewals and releases, and lifts of stops. */
class TransportTest {

  private static final Set<TransportCode> PERSON =
      EnumSet.of(
          TransportCode.NOT_AUTHORISED_4,
          TransportCode.NOT_AUTHORISED_5,
          TransportCode.NOT_AUTHORISED_6,
          TransportCode.NOT_AUTHORISED_7,
          TransportCode.CLOSED);

  private static final Set<TransportCode> AGAIN =
      EnumSet.of(
          TransportCode.NO_ANSWER,
          TransportCode.QUOTA,
          TransportCode.SOCKET_4,
          TransportCode.SOCKET_5);

  private static ChannelRequest last(Run run) {
    return run.requests.get(run.requests.size() - 1);
  }

  /** The adapter says what came of the newest request. */
  private static void heard(Run run, TransportCode code) {
    TransportAnswers.of(last(run), code, run.now()).ifPresent(run::answer);
  }

  private static Run sent() {
    return byLaw().filed().freezeSent(freeze(), Role.COUNTY_HEAD);
  }

  @Test
  void whatMustBeCorrectedEndsTheFreezeAndANewOneMayFollow() {
    for (TransportCode code : EnumSet.of(TransportCode.FORMAT, TransportCode.NOT_FOUND)) {
      Run run = sent();
      heard(run, code);
      assertThat(run.state(FREEZE)).as("%s", code).isEqualTo("REJECTED");
      assertThat(run.alarmKinds()).containsExactly("BANK_REFUSED");
      assertThat(run.lastAlarm()).contains(code.code(), "new id");
      heard(run, code);
      run.pass(LegalTerms.ESCALATION.get(LegalTerms.ESCALATION.size() - 1));
      assertThat(run.codes()).as("nothing is sent again").containsExactly("100201");

      run.act(LifeKind.FREEZE, "freeze-2", "PROPOSED", Role.CASE_OFFICER, freeze());
      assertThat(run.state("freeze-2")).isEqualTo("DRAFT");
    }
  }

  @Test
  void whatFailedOnTheWayGoesOutAgainUnderTheSameId() {
    for (TransportCode code : AGAIN) {
      Run run = sent();
      heard(run, code);
      assertThat(run.state(FREEZE)).as("%s", code).isEqualTo("SENT");
      assertThat(run.alarms).as("%s", code).isEmpty();
      run.pass(LegalTerms.ESCALATION.get(0));
      assertThat(run.codes()).as("%s", code).containsExactly("100201", "100201");
      assertThat(last(run).getApplicationId()).isEqualTo(run.requests.get(0).getApplicationId());
    }
  }

  @Test
  void whatOnlyAPersonCanMendIsToldAndTheFreezeStaysSent() {
    for (TransportCode code : PERSON) {
      Run run = sent();
      heard(run, code);
      assertThat(run.state(FREEZE)).as("%s", code).isEqualTo("SENT");
      assertThat(run.alarmKinds()).containsExactly("NOT_DELIVERED");
      assertThat(run.lastAlarm()).contains(code.code(), "paper", "stays SENT");

      run.answer(LifeKind.FREEZE, FREEZE, "BANK_FROZE", 4_000_000L, run.now());
      assertThat(run.state(FREEZE)).as("the bank had it all the same").isEqualTo("ACTIVE");
    }
  }

  @Test
  void aDuplicateIsTheFirstAnswerAgainAndChangesNothingTwice() {
    PlatformTwin twin = new PlatformTwin();
    Run run = sent();
    PlatformTwin.Result first = twin.take(last(run), run.now());
    PlatformTwin.Result again = twin.take(last(run), run.now().plusSeconds(60));
    assertThat(again.code()).isEqualTo(TransportCode.DUPLICATE);
    assertThat(TransportAnswers.of(last(run), TransportCode.DUPLICATE, run.now())).isEmpty();
    assertThat(TransportAnswers.of(last(run), TransportCode.OK, run.now())).isEmpty();

    run.answer(first.answer());
    int moved = run.transitions.size();
    run.answer(again.answer());
    assertThat(run.state(FREEZE)).isEqualTo("ACTIVE");
    assertThat(run.transitions).hasSize(moved);
    assertThat(run.alarms).isEmpty();
  }

  @Test
  void aRenewalThatMustBeCorrectedLeavesTheFreezeInForce() {
    for (TransportCode code : EnumSet.of(TransportCode.FORMAT, TransportCode.NOT_FOUND)) {
      Run run = byLaw().filed().frozen();
      run.amount(LifeKind.FREEZE, FREEZE, "VERIFIED_ALL", Role.CASE_OFFICER, 4_000_000L);
      run.to(run.frozenDetail().getExpiresAt().minus(LegalTerms.RENEWAL_AHEAD));
      run.renewalAsked();
      run.alarms.clear();
      assertThat(last(run).getCode()).isEqualTo("100205");
      heard(run, code);
      assertThat(run.state(FREEZE)).as("%s", code).isEqualTo("ACTIVE");
      assertThat(run.alarmKinds()).containsExactly("BANK_REFUSED");
    }
  }

  @Test
  void eachTermsRenewalIsAnApplicationOfItsOwnThatTheTwinTakes() {
    PlatformTwin twin = new PlatformTwin();
    Run run = sent();
    run.answer(twin.take(last(run), run.now()).answer());
    run.amount(LifeKind.FREEZE, FREEZE, "VERIFIED_ALL", Role.CASE_OFFICER, 4_000_000L);
    Set<String> applications = new HashSet<>();
    for (int term = 1; term <= 2; term++) {
      Instant end = run.frozenDetail().getExpiresAt();
      run.to(end.minus(LegalTerms.RENEWAL_AHEAD));
      run.renewalAsked();
      assertThat(last(run).getCode()).isEqualTo("100205");
      assertThat(last(run).getOriginalApplicationId())
          .isEqualTo(run.frozenDetail().getApplicationId());
      assertThat(applications.add(last(run).getApplicationId())).isTrue();
      run.answer(twin.take(last(run), run.now()).answer());
      assertThat(run.state(FREEZE)).as("term " + term).isEqualTo("RENEWED");
      assertThat(run.frozenDetail().getExpiresAt()).isAfter(end);
    }
  }

  @Test
  void aLiftThatIsNotDeliveredStaysDueWhateverTheCode() {
    for (TransportCode code : TransportCode.values()) {
      Run run = byLaw().filed();
      run.stop(OrderState.SENT, OrderState.ACTIVE, 4);
      run.stop(OrderState.ACTIVE, OrderState.RELEASED, 5);
      assertThat(last(run).getCode()).isEqualTo("100103");
      heard(run, code);
      boolean told = PERSON.contains(code) || code.then() == TransportCode.Then.CORRECT;
      assertThat(run.alarmKinds().contains("NOT_DELIVERED")).as("%s", code).isEqualTo(told);
      run.alarms.clear();
      run.pass(LegalTerms.ESCALATION.get(0));
      assertThat(run.alarmKinds()).as("%s: the watch goes on", code).contains("ESCALATE_BANK");
    }
  }

  @Test
  void anotherBanksResultIsOutOfPlace() {
    Run run = sent();
    TransportAnswers.of(last(run), TransportCode.CLOSED, run.now())
        .ifPresent(
            answer -> {
              answer.setBank("B99");
              run.answer(answer);
            });
    assertThat(run.alarmKinds()).containsExactly("ANSWER_OUT_OF_PLACE");
  }
}
