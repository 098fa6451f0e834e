package dev.zhifu.jobs.orders;

import static dev.zhifu.jobs.orders.Fixture.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.schemas.crypto.Envelopes;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.OwnStop;
import dev.zhifu.wire.ReceiptResult;
import dev.zhifu.wire.StopBasis;
import dev.zhifu.wire.StopPaymentOrder;
import dev.zhifu.wire.StopPaymentReceipt;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The order that follows a stop that the bank has made itself (100101, types 04 and 05). */
class OwnStopTest {
  private static final String REPORT = "cdcdcdcd-cdcd-cdcd-cdcd-cdcdcdcdcdcd";
  private static final long OWN = T0 - 20 * HOUR;

  private static OwnStop ownStop(boolean cnyDemand) {
    return new OwnStop(
        REPORT,
        Instant.ofEpochMilli(OWN),
        Instant.ofEpochMilli(OWN + 48 * HOUR),
        5_000_000L,
        cnyDemand);
  }

  private static Proposal late() {
    return proposal().with(p -> p.ownStop = ownStop(true));
  }

  private static StopPaymentOrder sent(OrderRun run, int number) {
    return Envelopes.open(run.orders.get(number).envelope());
  }

  @Test
  void itNamesTheBanksReportAndItsTypeByTheKindOfAccount() {
    StopPaymentOrder demand = sent(OrderRun.ready().propose(late()), 0);
    assertThat(demand.getApplicationType()).isEqualTo("04");
    assertThat(demand.getOriginalApplicationId()).isEqualTo(REPORT);

    StopPaymentOrder other =
        sent(OrderRun.ready().propose(proposal().with(p -> p.ownStop = ownStop(false))), 0);
    assertThat(other.getApplicationType()).isEqualTo("05");
    assertThat(other.getOriginalApplicationId()).isEqualTo(REPORT);

    StopPaymentOrder first = sent(OrderRun.ready().propose(proposal()), 0);
    assertThat(first.getApplicationType()).isEqualTo("00");
    assertThat(first.getOriginalApplicationId()).isNull();
  }

  @Test
  void withoutAStopOfItsOwnTheTypeFollowsTheBanksReportAndTheKindOfAccount() {
    for (StopBasis basis :
        List.of(
            new StopBasis(null, false),
            new StopBasis(REPORT, true),
            new StopBasis(REPORT, false))) {
      OrderRun run = OrderRun.ready().propose(proposal().with(p -> p.basis = basis));
      StopPaymentOrder order = sent(run, 0);
      boolean reported = basis.getCaseReport() != null;
      assertThat(order.getApplicationType())
          .isEqualTo(reported ? basis.getCnyDemand() ? "02" : "03" : "01");
      assertThat(order.getOriginalApplicationId()).isEqualTo(basis.getCaseReport());
      assertThat(run.last().getBasis()).as("seen with the request").isEqualTo(basis);

      run.answer(ReceiptResult.STOPPED, T0 + SECOND);
      run.tick(T0 + 10 * HOUR).act(extension(run.last(), "act-extend", T0 + 10 * HOUR));
      assertThat(sent(run, 1).getApplicationType())
          .as("what extends it is a stop of its own on the same kind of account")
          .isEqualTo(basis.getCnyDemand() ? "00" : "01");
    }
  }

  @Test
  void onceTheBanksOwnStopIsOverTheOrderFollowsTheBanksReportStill() {
    long over = OWN + 48 * HOUR;
    OrderRun run =
        OrderRun.unauthorised().propose(late().with(p -> p.basis = new StopBasis(REPORT, true)));
    run.tick(over).act(signature(run.last(), "act-sign", over));
    assertThat(sent(run, 0).getApplicationType()).isEqualTo("02");
    assertThat(sent(run, 0).getOriginalApplicationId()).isEqualTo(REPORT);
  }

  @Test
  void anOfficersSignatureMakesTheSameType() {
    OrderRun run = OrderRun.unauthorised().propose(late());
    assertThat(run.last().getOwnStop().getApplicationId()).as("seen before").isEqualTo(REPORT);
    run.act(signature(run.last(), "act-sign", T0));

    assertThat(sent(run, 0).getApplicationType()).isEqualTo("04");
    assertThat(run.last().getOwnStop()).isEqualTo(ownStop(true));
  }

  @Test
  void fortyEightHoursCountFromTheBanksOwnStart() {
    OrderRun run = OrderRun.ready().propose(late()).answer(ReceiptResult.STOPPED, OWN);

    assertThat(run.state()).isEqualTo(OrderState.ACTIVE);
    assertThat(run.alarms).isEmpty();
    run.tick(OWN + 48 * HOUR - 1);
    assertThat(run.state()).isEqualTo(OrderState.ACTIVE);
    run.tick(OWN + 48 * HOUR);
    assertThat(run.state()).isEqualTo(OrderState.EXPIRED);
    assertThat(run.account(MULE).lives().get(0).stopsTaken()).as("one stop").isEqualTo(1);
  }

  @Test
  void anAnswerWithAnotherStartCountsAndIsForAPerson() {
    OrderRun run = OrderRun.ready().propose(late()).answer(ReceiptResult.STOPPED, T0 + SECOND);

    assertThat(run.state()).isEqualTo(OrderState.ACTIVE);
    assertThat(run.alarmKinds()).containsExactly(OrderAlarm.Kind.OWN_STOP_DIFFERS);
    run.tick(T0 + SECOND + 48 * HOUR - 1);
    assertThat(run.state()).as("by the answer").isEqualTo(OrderState.ACTIVE);
  }

  @Test
  void aReportThatMeetsADraftMakesItLatePaperwork() {
    OrderRun run = OrderRun.unauthorised().propose(proposal());
    run.propose(late().with(p -> p.cause = "act-accept-own"));
    run.act(signature(run.last(), "act-sign", T0));

    assertThat(sent(run, 0).getApplicationType()).isEqualTo("04");
  }

  @Test
  void onceTheBanksOwnStopIsOverTheOrderIsAFirstOne() {
    long over = OWN + 48 * HOUR;
    OrderRun run = OrderRun.unauthorised().propose(late());
    run.tick(over).act(signature(run.last(), "act-sign", over));
    assertThat(run.orders).as("its evidence is a day old, and its act is fresh").hasSize(1);
    assertThat(sent(run, 0).getApplicationType()).isEqualTo("00");
    assertThat(sent(run, 0).getOriginalApplicationId()).isNull();
    assertThat(run.last().getOwnStop()).isNull();
  }

  @Test
  void theOrderThatExtendsItIsAStopOfItsOwn() {
    OrderRun run = OrderRun.ready().propose(late()).answer(ReceiptResult.STOPPED, OWN);
    long later = T0 + 10 * HOUR;
    run.tick(later).act(extension(run.last(), "act-extend", later));

    StopPaymentOrder second = sent(run, 1);
    assertThat(second.getApplicationType()).isEqualTo("00");
    assertThat(second.getOriginalApplicationId()).isEqualTo(sent(run, 0).getApplicationId());
    run.answer(ReceiptResult.STOPPED, later + SECOND);
    assertThat(run.state()).isEqualTo(OrderState.EXTENDED);
    assertThat(run.alarms).isEmpty();
  }

  @Test
  void aCorrectedOrderSuppliesThePaperworkStill() {
    OrderRun run =
        OrderRun.ready().propose(late()).answer(ReceiptResult.MISMATCH_NAME, T0 + SECOND);
    run.propose(
        late()
            .with(
                p -> {
                  p.cipher = "the right name";
                  p.cause = "act-correct";
                }));

    assertThat(sent(run, 1).getApplicationType()).isEqualTo("04");
    assertThat(sent(run, 1).getOrderId()).isNotEqualTo(sent(run, 0).getOrderId());
  }

  @Test
  void aStartWithoutASavepointAdoptsItAndComparesTheAnswerAsBefore() {
    OrderRun first = OrderRun.ready().propose(late());
    OrderRun fresh = OrderRun.ready();
    fresh.take(OrderInput.request(first.last(), "stop.requests", 0, 0));
    fresh.take(record(first.orders.get(0), 0));
    StopPaymentReceipt answer = receipt(first.orders.get(0), ReceiptResult.STOPPED, OWN);
    fresh.receipt(answer).receipt(answer);

    assertThat(fresh.state()).isEqualTo(OrderState.ACTIVE);
    assertThat(fresh.last().getOwnStop()).isEqualTo(ownStop(true));
    assertThat(fresh.orders).as("nothing is sent twice").isEmpty();
    assertThat(List.copyOf(fresh.alarms)).isEmpty();
  }
}
