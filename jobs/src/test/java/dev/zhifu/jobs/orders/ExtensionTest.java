package dev.zhifu.jobs.orders;

import static dev.zhifu.jobs.orders.Fixture.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.jobs.flow.AddressedOrder;
import dev.zhifu.schemas.crypto.Envelopes;
import dev.zhifu.schemas.events.EventIds;
import dev.zhifu.wire.ActKind;
import dev.zhifu.wire.OfficerAct;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.ReceiptResult;
import dev.zhifu.wire.StopPaymentOrder;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The second stop on an account while the first is in force. */
class ExtensionTest {
  private static final long LATER = T0 + 40 * HOUR;

  private static OrderRun active() {
    OrderRun run = OrderRun.ready().propose(proposal());
    return run.answer(ReceiptResult.STOPPED, T0 + SECOND).tick(LATER);
  }

  private static OrderRun extended() {
    OrderRun run = active();
    return run.act(extension(run.last(), "act-extend", LATER))
        .answer(ReceiptResult.STOPPED, LATER + SECOND);
  }

  @Test
  void anOfficersExtensionIsASecondOrderOfTheSameFieldsUnderAnIdOfItsOwn() {
    OrderRun run = active();
    run.act(extension(run.last(), "act-extend", LATER));

    assertThat(run.orders).hasSize(2);
    StopPaymentOrder first = Envelopes.open(run.orders.get(0).envelope());
    StopPaymentOrder second = Envelopes.open(run.orders.get(1).envelope());
    assertThat(second.getOrderId()).isEqualTo(EventIds.extensionId(first.getOrderId()));
    assertThat(second.getOriginalApplicationId()).isEqualTo(first.getApplicationId());
    assertThat(second.getApplicationId()).isNotEqualTo(first.getApplicationId());
    assertThat(second.getTransferAmountFen()).isEqualTo(first.getTransferAmountFen());
    assertThat(second.getTransferTime()).isEqualTo(first.getTransferTime());
    assertThat(second.getCipher()).isEqualTo(first.getCipher());
    assertThat(second.getApplicationTime()).isEqualTo(Instant.ofEpochMilli(LATER));
    assertThat(run.state()).as("no stop without the bank's word").isEqualTo(OrderState.ACTIVE);
  }

  @Test
  void itRunsFortyEightHoursFromTheBanksNewStart() {
    OrderRun run = extended();

    assertThat(run.state()).isEqualTo(OrderState.EXTENDED);
    assertThat(run.notices.get(run.notices.size() - 1).getUntil())
        .isEqualTo(Instant.ofEpochMilli(LATER + SECOND + 48 * HOUR));
    run.tick(T0 + SECOND + 48 * HOUR);
    assertThat(run.state()).as("the first end has gone by").isEqualTo(OrderState.EXTENDED);
    run.tick(LATER + SECOND + 48 * HOUR - 1);
    assertThat(run.state()).isEqualTo(OrderState.EXTENDED);
    run.tick(LATER + SECOND + 48 * HOUR);
    assertThat(run.state()).isEqualTo(OrderState.EXPIRED);
  }

  @Test
  void aThirdStopIsRefusedHoweverItIsAskedFor() {
    OrderRun again = extended();
    again.act(extension(again.last(), "act-again", LATER + MINUTE));
    assertThat(again.orders).hasSize(2);
    assertThat(again.alarmKinds()).containsExactly(OrderAlarm.Kind.ACT_REFUSED);
    assertThat(again.alarms.get(0).words()).contains("STOP_LIMIT");

    OrderRun ended = extended();
    long end = LATER + SECOND + 48 * HOUR;
    ended
        .tick(end)
        .authorise(renewed(authorisation(), end))
        .propose(
            proposal()
                .with(
                    p -> {
                      p.basisAtMs = end;
                      p.balanceAtMs = end;
                      p.cause = "event-later";
                    }));
    assertThat(ended.orders).hasSize(2);
    assertThat(ended.alarmKinds()).containsExactly(OrderAlarm.Kind.STOP_LIMIT);
  }

  @Test
  void aSecondStopThatFollowedAnEndIsNotExtended() {
    OrderRun run = OrderRun.ready().propose(proposal());
    run.answer(ReceiptResult.STOPPED, T0 + SECOND);
    long second = T0 + 49 * HOUR;
    run.tick(second)
        .authorise(renewed(authorisation(), second))
        .propose(
            proposal()
                .with(
                    p -> {
                      p.basisAtMs = second;
                      p.balanceAtMs = second;
                      p.cause = "event-later";
                    }));
    run.answer(ReceiptResult.STOPPED, second + SECOND);
    assertThat(run.state()).isEqualTo(OrderState.ACTIVE);

    run.act(extension(run.last(), "act-extend", second));

    assertThat(run.orders).hasSize(2);
    assertThat(run.alarms.get(0).words()).contains("STOP_LIMIT");
  }

  @Test
  void whatDoesNotSignTheOrderThatExtendsOrIsStaleOrComesTooLateExtendsNothing() {
    OrderRun unsigned = active();
    unsigned.act(act(ActKind.EXTEND, "act-extend", unsigned.last().getOrderId(), LATER, "needed"));
    OrderRun stale = active();
    stale.act(extension(stale.last(), "act-extend", LATER - HOUR));
    OrderRun draft = OrderRun.unauthorised().propose(proposal());
    draft.act(extension(draft.last(), "act-extend", T0));
    OrderRun late = active();
    OfficerAct act = extension(late.last(), "act-extend", T0 + 49 * HOUR);
    late.tick(T0 + 49 * HOUR).act(act);
    OrderRun other = active();
    OfficerAct first = signature(other.last(), "act-extend", LATER);
    other.act(
        OfficerAct.newBuilder(
                act(ActKind.EXTEND, "act-extend", other.last().getOrderId(), LATER, "needed"))
            .setOrderSignature(first.getOrderSignature())
            .build());

    for (OrderRun run : List.of(unsigned, stale, draft, late, other)) {
      assertThat(run.orders.size()).isLessThanOrEqualTo(1);
      assertThat(run.alarmKinds())
          .containsAnyOf(OrderAlarm.Kind.ACT_REFUSED, OrderAlarm.Kind.STALE_ACT);
    }
  }

  @Test
  void aCopyOfTheActOrOfTheAnswerChangesNothing() {
    OrderRun run = active();
    OfficerAct act = extension(run.last(), "act-extend", LATER);
    run.act(act).act(act).answer(ReceiptResult.STOPPED, LATER + SECOND);
    int requests = run.requests.size();

    run.act(act)
        .answer(ReceiptResult.STOPPED, LATER + SECOND)
        .answer(ReceiptResult.DUPLICATE, LATER + MINUTE);

    assertThat(run.orders).hasSize(2);
    assertThat(run.requests).hasSize(requests);
    assertThat(run.alarms).isEmpty();
  }

  @Test
  void withoutAnAnswerItIsSentAgainUnderTheSameIdAndThenGivenUp() {
    OrderRun run = active();
    run.act(extension(run.last(), "act-extend", LATER));
    for (int minute = 1; minute <= 20; minute++) {
      run.tick(LATER + minute * MINUTE);
    }

    assertThat(run.orders.size()).isGreaterThan(2);
    assertThat(run.orders.subList(1, run.orders.size()))
        .extracting(AddressedOrder::envelope)
        .containsOnly(run.orders.get(1).envelope());
    assertThat(run.alarmKinds()).containsExactly(OrderAlarm.Kind.NO_ANSWER);
    assertThat(run.state()).isEqualTo(OrderState.ACTIVE);
    assertThat(run.last().getRole()).as("told, for a paper where one follows").isEqualTo("CLOCK");
    assertThat(run.last().getExtensionId())
        .isEqualTo(Envelopes.open(run.orders.get(1).envelope()).getApplicationId());
    run.tick(T0 + SECOND + 48 * HOUR);
    assertThat(run.state()).as("the first end holds").isEqualTo(OrderState.EXPIRED);

    run.answer(ReceiptResult.STOPPED, LATER + SECOND);
    assertThat(run.alarmKinds())
        .as("late, and there all the same")
        .containsExactly(OrderAlarm.Kind.NO_ANSWER, OrderAlarm.Kind.LATE_STOP);
    assertThat(run.account(MULE).lives().get(0).stopsTaken()).isEqualTo(2);
  }

  @Test
  void aRefusedExtensionLeavesTheFirstStopAndUsesNoneUp() {
    OrderRun run = active();
    run.act(extension(run.last(), "act-extend", LATER));
    run.answer(ReceiptResult.MISMATCH_TIME, LATER + SECOND);

    assertThat(run.state()).isEqualTo(OrderState.ACTIVE);
    assertThat(run.alarmKinds()).containsExactly(OrderAlarm.Kind.TURNED_AWAY);
    assertThat(run.account(MULE).lives().get(0).stopsTaken()).isEqualTo(1);
  }

  @Test
  void aStartWithoutASavepointAdoptsItFromTheRecordWithItsAnswer() {
    OrderRun first = extended();
    OrderRun fresh = OrderRun.ready();
    fresh.receipt(receipt(first.orders.get(1), ReceiptResult.STOPPED, LATER + SECOND));
    fresh.take(record(first.orders.get(0), 0));
    fresh.receipt(receipt(first.orders.get(0), ReceiptResult.STOPPED, T0 + SECOND));

    fresh.tick(LATER + MINUTE).take(record(first.orders.get(1), 1));

    assertThat(fresh.state()).isEqualTo(OrderState.EXTENDED);
    assertThat(fresh.account(MULE).lives()).hasSize(1);
    assertThat(fresh.account(MULE).lives().get(0).stopsTaken()).isEqualTo(2);
    assertThat(fresh.orders).isEmpty();
  }

  @Test
  void anExtensionAskedForWhileTheRecordIsReadBackWaits() {
    OrderRun restored = active().restored();
    restored.tick(LATER);
    restored.act(extension(restored.account(MULE).lives().get(0).request(), "act-extend", LATER));
    assertThat(restored.orders).isEmpty();

    restored.readBack().tick(LATER + 2 * SECOND);

    assertThat(restored.orders).hasSize(1);
  }
}
