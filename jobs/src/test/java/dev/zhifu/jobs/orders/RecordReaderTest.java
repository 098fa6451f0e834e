package dev.zhifu.jobs.orders;

import static dev.zhifu.jobs.orders.Fixture.*;
import static dev.zhifu.jobs.orders.RecordStories.signedEarlier;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.jobs.flow.AddressedOrder;
import dev.zhifu.schemas.crypto.Envelopes;
import dev.zhifu.wire.Environment;
import dev.zhifu.wire.OrderEnvelope;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.ReceiptResult;
import dev.zhifu.wire.UnsignedReason;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The topic is the record: after any restart the engine adopts what stands there instead of signing
 * anew.
 */
class RecordReaderTest {

  @Test
  void ownOrdersReadBackChangeNothing() {
    OrderRun run = OrderRun.ready().propose(proposal());
    int emitted = run.requests.size();

    run.take(record(run.orders.get(0), 0))
        .take(record(run.orders.get(0), 1))
        .take(record(run.orders.get(0), 0));

    assertThat(run.requests).hasSize(emitted);
    assertThat(run.alarms).isEmpty();
  }

  @Test
  void anOrderThatTheStateDoesNotKnowIsAdoptedAndItsAnswerToo() {
    OrderRun run = OrderRun.ready();
    AddressedOrder earlier = signedEarlier(MULE, 1);

    run.take(record(earlier, 0)).propose(proposal());
    assertThat(run.states()).containsExactly(OrderState.SENT);
    assertThat(run.orders).as("nothing is signed anew").isEmpty();

    run.receipt(receipt(earlier, ReceiptResult.STOPPED, T0));
    assertThat(run.state()).isEqualTo(OrderState.ACTIVE);
  }

  @Test
  void anAnswerReadBeforeItsOrderWaitsForIt() {
    OrderRun run = OrderRun.ready().restored();
    AddressedOrder earlier = signedEarlier(MULE, 1);

    run.receipt(receipt(earlier, ReceiptResult.STOPPED, T0)).take(record(earlier, 0));

    assertThat(run.states()).containsExactly(OrderState.SENT, OrderState.ACTIVE);
    assertThat(run.alarms).isEmpty();
  }

  @Test
  void aDraftFoundSignedInTheRecordIsAdopted() {
    OrderRun run = OrderRun.ready().restored().propose(proposal());
    assertThat(run.last().getUnsigned()).containsExactly(UnsignedReason.READING_BACK);

    run.take(record(signedEarlier(MULE, 1), 0)).readBack().tick(T0 + SECOND);

    assertThat(run.states()).containsExactly(OrderState.DRAFT, OrderState.SENT);
    assertThat(run.orders).isEmpty();
  }

  @Test
  void nothingIsSignedBeforeTheRecordIsReadToTheEndsSeenAtStart() {
    OrderRun run = OrderRun.ready().restored();
    run.control(OrderControl.readBackDone(Map.of("bank.B03.orders:0", 2L, "clock.ticks:0", 10L)));
    run.propose(proposal());
    run.take(record(signedEarlier(SigningGuardTest.token(8), 1), 0));
    run.take(record(signedEarlier(SigningGuardTest.token(9), 1), 1));
    run.tick(T0 + SECOND);
    assertThat(run.orders).isEmpty();

    run.control(OrderControl.tick(tick(T0 + SECOND), "clock.ticks:0", 9)).tick(T0 + 2 * SECOND);
    assertThat(run.orders).hasSize(1);
  }

  @Test
  void theFirstOffsetWinsAndTheOtherPayloadIsKeptOut() {
    OrderRun run = OrderRun.ready();
    AddressedOrder first = signedEarlier(MULE, 1);
    AddressedOrder second = signedEarlier(MULE, 1, p -> p.amountFen = 3_999_999);

    run.take(record(first, 4)).take(record(second, 5));

    assertThat(run.alarmKinds()).containsExactly(OrderAlarm.Kind.CONFLICTING_RECORD);
    assertThat(run.account(MULE).lives().get(0).signed().payloadSha256())
        .isEqualTo(Envelopes.payloadSha256(first.envelope()));

    run.receipt(receipt(second, ReceiptResult.STOPPED, T0));
    assertThat(run.alarmKinds()).endsWith(OrderAlarm.Kind.FOREIGN_RECEIPT);
  }

  @Test
  void anOwnOrderGivesWayToOneThatStandsBeforeItInTheRecord() {
    OrderRun run = OrderRun.ready().propose(proposal());
    AddressedOrder before = signedEarlier(MULE, 1, p -> p.amountFen = 3_999_999);

    run.take(record(before, 0)).take(record(run.orders.get(0), 1));

    assertThat(run.alarmKinds())
        .containsExactly(OrderAlarm.Kind.CONFLICTING_RECORD, OrderAlarm.Kind.CONFLICTING_RECORD);
    assertThat(run.account(MULE).lives().get(0).signed().payloadSha256())
        .isEqualTo(Envelopes.payloadSha256(before.envelope()));
  }

  @Test
  void whatIsForgedOrStandsOnAnotherBanksTopicIsKeptOut() {
    OrderRun run = OrderRun.ready();
    AddressedOrder genuine = signedEarlier(MULE, 1);
    OrderEnvelope bent =
        OrderEnvelope.newBuilder(genuine.envelope()).setKeyId("demo-officer-1").build();
    var order = Envelopes.open(genuine.envelope());

    run.take(OrderInput.record(bent, order, "bank.B03.orders", 0, 0));
    run.take(OrderInput.record(genuine.envelope(), order, "bank.B07.orders", 0, 0));
    run.take(record(signedEarlier(MULE, 77), 1));

    assertThat(run.requests).isEmpty();
    assertThat(run.alarmKinds()).hasSize(3).containsOnly(OrderAlarm.Kind.FORGED_RECORD);
  }

  @Test
  void limitsOfMoneyPerHourAndBankAreRebuiltFromTheRecordToo() {
    OrderRun hour =
        OrderRun.unauthorised().authorise(authorisation(a -> a.setMaxFenPerHour(4_000_000)));
    hour.take(record(signedEarlier(SigningGuardTest.token(1), 1), 0)).propose(proposal());
    assertThat(hour.last().getUnsigned()).containsExactly(UnsignedReason.AUTHORISATION_LIMIT);

    OrderRun bank =
        OrderRun.unauthorised().authorise(authorisation(a -> a.setMaxFenPerBankDay(4_000_000)));
    bank.take(record(signedEarlier(SigningGuardTest.token(1), 1), 0)).propose(proposal());
    assertThat(bank.last().getUnsigned()).containsExactly(UnsignedReason.AUTHORISATION_LIMIT);
  }

  @Test
  void theLimitsOfAnAuthorisationAreRebuiltFromTheRecord() {
    OrderRun run = OrderRun.unauthorised().authorise(authorisation(a -> a.setMaxOrdersPerHour(1)));

    run.take(record(signedEarlier(SigningGuardTest.token(1), 1), 0)).propose(proposal());

    assertThat(run.last().getUnsigned()).containsExactly(UnsignedReason.AUTHORISATION_LIMIT);
  }

  @Test
  void anOfficersActWaitsForTheRecordToBeReadBack() {
    OrderRun run = OrderRun.unauthorised().restored().propose(proposal());
    var act = signature(run.last(), "act-sign", T0);

    run.act(act);
    assertThat(run.orders).isEmpty();

    run.readBack().tick(T0 + SECOND);
    assertThat(run.orders).hasSize(1);
  }

  @Test
  void anOlderStateGoesOnCountingAboveTheTransitionsInTheRecord() {
    OrderRun first = OrderRun.ready();
    OrderRun old = first.restored();
    first.propose(proposal()).answer(ReceiptResult.STOPPED, T0 + SECOND);

    for (int offset = 0; offset < first.requests.size(); offset++) {
      old.take(OrderInput.request(first.requests.get(offset), "stop.requests", 0, offset));
    }
    old.take(record(first.orders.get(0), 0));

    assertThat(old.last().getSequence()).isEqualTo(first.last().getSequence() + 1);
  }

  @Test
  void aStartWithoutASavepointLearnsFromTheRecordOnWhichCasesAnOrderStands() {
    OrderRun first = OrderRun.ready();
    first.propose(proposal()).answer(ReceiptResult.STOPPED, T0 + SECOND);
    for (boolean requestsFirst : List.of(true, false)) {
      OrderRun fresh =
          new OrderRun(OrderSettings.defaults(Environment.DEMO), KEYS, SigningGuard.all());
      if (!requestsFirst) {
        fresh.take(record(first.orders.get(0), 0));
      }
      for (int offset = 0; offset < first.requests.size(); offset++) {
        fresh.take(OrderInput.request(first.requests.get(offset), "stop.requests", 0, offset));
      }
      if (requestsFirst) {
        assertThat(fresh.account(MULE).told()).hasSize(1);
        fresh.take(record(first.orders.get(0), 0));
        assertThat(fresh.account(MULE).told()).as("the order says it itself now").isEmpty();
      }

      fresh.receipt(receipt(first.orders.get(0), ReceiptResult.STOPPED, T0 + SECOND));
      fresh.readBack().tick(T0 + 2 * DAY + MINUTE);

      assertThat(fresh.last().getState())
          .as("requests first: %s", requestsFirst)
          .isEqualTo(OrderState.EXPIRED);
      assertThat(fresh.last().getCaseIds()).isEqualTo(first.last().getCaseIds()).isNotEmpty();
      assertThat(fresh.last().getReportId()).isEqualTo(first.last().getReportId());
      assertThat(fresh.last().getOrigin()).isEqualTo(first.last().getOrigin());
      assertThat(fresh.last().getTarget()).isEqualTo(first.last().getTarget());
    }
  }
}
