package dev.zhifu.jobs.orders;

import static dev.zhifu.jobs.orders.Fixture.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.jobs.flow.WrongStop;
import dev.zhifu.jobs.orders.FreezeWord.Phase;
import dev.zhifu.rules.lives.freeze.FreezeEvent;
import dev.zhifu.rules.lives.freeze.FreezeFact;
import dev.zhifu.rules.lives.freeze.FreezeState;
import dev.zhifu.rules.lives.freeze.FreezeTable;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.ReceiptResult;
import dev.zhifu.wire.RestrictionNotice;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A freeze takes the place of a stop. */
class ConversionTest {
  private static final long START = T0 + SECOND;
  private static final long END = START + 48 * HOUR;
  private static final long LATER = T0 + 20 * HOUR;

  private static OrderRun active() {
    return OrderRun.ready().propose(proposal()).answer(ReceiptResult.STOPPED, START).tick(LATER);
  }

  private static OrderInput word(long sequence, Phase phase, long startMs) {
    return word("freeze-1", "case-1", sequence, phase, true, startMs);
  }

  private static OrderInput word(
      String freezeId, String caseId, long sequence, Phase phase, boolean filed, long startMs) {
    return OrderInput.freeze(
        new FreezeWord(freezeId, MULE, caseId, sequence, phase, filed, startMs),
        "recovery.lives",
        0,
        sequence);
  }

  @Test
  void aFreezeOnItsWayConvertsTheStopAndTheBanksAnswerReplacesIt() {
    OrderRun run = active();
    run.take(word(4, Phase.SENT, 0));
    assertThat(run.state()).isEqualTo(OrderState.CONVERTING);
    assertThat(run.notices).extracting(RestrictionNotice::getInForce).containsExactly(true);

    run.take(word(5, Phase.FROZEN, LATER));

    assertThat(run.state()).isEqualTo(OrderState.CONVERTED);
    assertThat(run.notices).extracting(RestrictionNotice::getInForce).containsExactly(true, false);
    assertThat(run.last().getCause()).isEqualTo("freeze:freeze-1:5");
    assertThat(run.alarms).isEmpty();
    run.tick(END + HOUR);
    assertThat(run.state()).as("no second end").isEqualTo(OrderState.CONVERTED);
  }

  @Test
  void anUpheldAppealAgainstTheFreezeTellsTheRulesBehindTheStopItReplaced() {
    OrderRun run = active();
    run.take(word(4, Phase.SENT, 0)).take(word(5, Phase.FROZEN, LATER));
    String order = run.last().getOrderId();

    run.take(wrong("freeze-2", true, MULE, LATER + HOUR));
    assertThat(run.wrongs).as("another freeze of the account").isEmpty();
    run.take(wrong("freeze-1", true, MULE, LATER + HOUR));

    assertThat(run.wrongs)
        .containsExactly(
            new WrongStop("T02:3", order, "BONA_FIDE", LATER + HOUR),
            new WrongStop("M01:1", order, "BONA_FIDE", LATER + HOUR));
    assertThat(run.state()).isEqualTo(OrderState.CONVERTED);
  }

  @Test
  void twoConvertedStopsFoundWrongWithinADayTurnAutomaticSigningOffAndACopyCountsOnce() {
    OrderRun run = OrderRun.ready().propose(proposal()).answer(ReceiptResult.STOPPED, START);
    String first = run.last().getOrderId();
    String other = SigningGuardTest.token(3);
    run.propose(proposal().with(p -> p.account = other));
    String second = run.last().getOrderId();
    run.receipt(receipt(run.orders.get(run.orders.size() - 1), ReceiptResult.STOPPED, START));
    run.tick(LATER).take(word(4, Phase.SENT, 0)).take(word(5, Phase.FROZEN, LATER));

    run.take(wrong("freeze-1", true, MULE, LATER + HOUR));
    run.take(wrong("freeze-1", true, MULE, LATER + HOUR));
    run.take(wrong(first, false, MULE, LATER + HOUR));
    assertThat(run.alarmKinds()).doesNotContain(OrderAlarm.Kind.AUTOMATIC_SIGNING_OFF);
    run.take(wrong(second, false, other, LATER + 2 * HOUR));

    assertThat(run.alarmKinds()).contains(OrderAlarm.Kind.AUTOMATIC_SIGNING_OFF);
  }

  private static OrderInput wrong(String restrictionId, boolean frozen, String account, long atMs) {
    return OrderInput.wrong(
        new FoundWrong(restrictionId, frozen, account, "BONA_FIDE", "act-9", atMs),
        "recovery.lives",
        0,
        9);
  }

  @Test
  void copiesAndOlderWordsChangeNothing() {
    OrderRun run = active();
    run.take(word(4, Phase.SENT, 0)).take(word(5, Phase.FROZEN, LATER));
    int requests = run.requests.size();

    run.take(word(5, Phase.FROZEN, LATER)).take(word(4, Phase.SENT, 0));

    assertThat(run.requests).hasSize(requests);
  }

  @Test
  void theBanksAnswerToTheStopMayComeAfterTheWordOnTheFreeze() {
    OrderRun run = OrderRun.ready().propose(proposal());
    run.take(word(4, Phase.SENT, 0)).take(word(5, Phase.FROZEN, START + MINUTE));
    assertThat(run.state()).isEqualTo(OrderState.SENT);

    run.answer(ReceiptResult.STOPPED, START);

    assertThat(run.states())
        .endsWith(OrderState.ACTIVE, OrderState.CONVERTING, OrderState.CONVERTED);
  }

  @Test
  void aRefusedFreezeLeavesTheStopAsItWasAndSaysSo() {
    for (ReceiptResult result : List.of(ReceiptResult.STOPPED, ReceiptResult.STOPPED_ZERO)) {
      OrderRun run = OrderRun.ready().propose(proposal()).answer(result, START).tick(LATER);
      OrderState was = run.state();
      run.take(word(4, Phase.SENT, 0)).take(word(5, Phase.OVER, 0));

      assertThat(run.state()).isEqualTo(was);
      assertThat(run.alarmKinds()).containsExactly(OrderAlarm.Kind.FREEZE_GAP);
      run.tick(END);
      assertThat(run.state()).isEqualTo(OrderState.EXPIRED);
    }
  }

  @Test
  void anExtendedStopGoesBackToExtended() {
    OrderRun run = active();
    run.act(extension(run.last(), "act-extend", LATER));
    run.answer(ReceiptResult.STOPPED, LATER + SECOND);
    run.take(word(4, Phase.SENT, 0)).take(word(5, Phase.OVER, 0));

    assertThat(run.states())
        .endsWith(OrderState.EXTENDED, OrderState.CONVERTING, OrderState.EXTENDED);
  }

  @Test
  void aFreezeThatQueuesHoldsNothingYetAndConvertsWhenItBegins() {
    OrderRun run = active();
    run.take(word(4, Phase.SENT, 0)).take(word(5, Phase.QUEUED, 0));
    assertThat(run.state()).isEqualTo(OrderState.ACTIVE);
    assertThat(run.alarmKinds()).containsExactly(OrderAlarm.Kind.FREEZE_GAP);

    run.take(word(6, Phase.FROZEN, LATER + MINUTE));

    assertThat(run.state()).isEqualTo(OrderState.CONVERTED);
  }

  @Test
  void withoutTheBanksAnswerTheStopEndsOnItsOwnTimeWithAnAlarm() {
    OrderRun run = active();
    run.take(word(4, Phase.SENT, 0)).tick(END - 1);
    assertThat(run.state()).isEqualTo(OrderState.CONVERTING);

    run.tick(END);

    assertThat(run.state()).isEqualTo(OrderState.EXPIRED);
    assertThat(run.alarmKinds()).containsExactly(OrderAlarm.Kind.FREEZE_GAP);
    run.take(word(5, Phase.FROZEN, END + MINUTE));
    assertThat(run.state()).isEqualTo(OrderState.EXPIRED);
  }

  @Test
  void aFreezeOfAnotherCaseOrOfADroppedOneOrOfAnotherTimeConvertsNothing() {
    OrderRun run = active();
    run.take(word("freeze-2", "case-2", 5, Phase.FROZEN, true, LATER));
    run.take(word("freeze-3", "case-1", 5, Phase.SENT, false, 0));
    run.take(word("freeze-4", "case-1", 5, Phase.FROZEN, true, START - MINUTE));
    run.take(word("freeze-5", "case-1", 5, Phase.FROZEN, true, END));

    assertThat(run.state()).isEqualTo(OrderState.ACTIVE);
  }

  @Test
  void aCaseThatIsDroppedWhileItsFreezeIsOnTheWayGivesTheConversionUp() {
    OrderRun run = active();
    run.take(word(4, Phase.SENT, 0));
    run.take(word("freeze-1", "case-1", 5, Phase.SENT, false, 0));

    assertThat(run.state()).isEqualTo(OrderState.ACTIVE);
  }

  @Test
  void otherCasesOfTheStopAreNamed() {
    OrderRun run =
        OrderRun.ready()
            .propose(proposal().with(p -> p.caseIds = List.of("case-1", "case-9")))
            .answer(ReceiptResult.STOPPED, START)
            .tick(LATER);
    run.take(word(5, Phase.FROZEN, LATER));

    assertThat(run.state()).isEqualTo(OrderState.CONVERTED);
    assertThat(run.alarms.get(0).words()).contains("case-9").doesNotContain("[case-1");
  }

  @Test
  void anOfficerReleasesAStopThatIsBeingConverted() {
    OrderRun run = active();
    run.take(word(4, Phase.SENT, 0));
    run.act(
        act(
            dev.zhifu.wire.ActKind.RELEASE,
            "act-release",
            run.last().getOrderId(),
            LATER,
            "NOT_INVOLVED"));
    run.take(word(5, Phase.FROZEN, LATER));

    assertThat(run.state()).isEqualTo(OrderState.RELEASED);
  }

  @Test
  void aStartWithoutASavepointConvertsAgainAndLetsNoTermEndBefore() {
    OrderRun first = active();
    OrderRun fresh =
        new OrderRun(
            OrderSettings.defaults(dev.zhifu.wire.Environment.DEMO), KEYS, SigningGuard.all());
    fresh.tick(T0).take(record(first.orders.get(0), 0));
    fresh.receipt(receipt(first.orders.get(0), ReceiptResult.STOPPED, START));
    fresh.tick(END + HOUR);
    assertThat(fresh.state())
        .as("the word on the freeze may lie unread")
        .isEqualTo(OrderState.ACTIVE);

    fresh.take(OrderInput.request(first.last(), "stop.requests", 0, 9));
    fresh.take(word(5, Phase.FROZEN, LATER)).readBack().tick(END + 2 * HOUR);

    assertThat(fresh.states()).endsWith(OrderState.CONVERTING, OrderState.CONVERTED);
  }

  @Test
  void onlyTheNewestFreezesAreRemembered() {
    OrderRun run = active();
    for (int i = 0; i < 3 * Conversions.FREEZES_MAX; i++) {
      run.take(word("freeze-" + i, "case-2", 1, Phase.OVER, true, 0));
    }
    run.take(word("mine", "case-1", 1, Phase.SENT, true, 0));
    for (int i = 0; i < 3 * Conversions.FREEZES_MAX; i++) {
      run.take(word("later-" + i, "case-2", 1, Phase.OVER, true, 0));
    }

    assertThat(run.account(MULE).freezes()).hasSize(Conversions.FREEZES_MAX);
    assertThat(run.state()).as("one on its way stays").isEqualTo(OrderState.CONVERTING);
  }

  /** The word says that the case is filed because no freeze is sent before. */
  @Test
  void noFreezeLeavesTheHouseForACaseThatIsNotFiled() {
    assertThat(FreezeTable.law().rows())
        .filteredOn(row -> row.to() == FreezeState.SENT && !row.from().contains(FreezeState.SENT))
        .isNotEmpty()
        .allSatisfy(
            row -> {
              assertThat(row.event()).isEqualTo(FreezeEvent.SENT);
              assertThat(row.guard()).contains(FreezeFact.CASE_FILED);
            });
  }
}
