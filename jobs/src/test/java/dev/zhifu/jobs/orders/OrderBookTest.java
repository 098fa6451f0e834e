package dev.zhifu.jobs.orders;

import static dev.zhifu.jobs.orders.Fixture.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.jobs.orders.OrderSettings.StopLimitScope;
import dev.zhifu.wire.ReceiptResult;
import java.util.List;
import org.junit.jupiter.api.Test;

class OrderBookTest {

  @Test
  void ordinalsCountObjectsAndStopsCountWhatTookEffect() {
    OrderRun run = OrderRun.ready().propose(proposal());
    run.answer(ReceiptResult.MISMATCH_NAME, T0 + SECOND);
    run.propose(proposal().with(p -> p.cipher = "corrected name"));
    run.answer(ReceiptResult.STOPPED, T0 + 2 * SECOND);

    OrderBook book = new OrderBook(run.account(MULE));
    assertThat(book.lives()).extracting(OrderLife::ordinal).containsExactly(1, 2);
    assertThat(book.nextOrdinal()).isEqualTo(3);
    assertThat(book.stopsUsed(StopLimitScope.ACCOUNT, List.of())).isEqualTo(1);
  }

  @Test
  void byCaseOnlyStopsOfTheSameCaseCount() {
    OrderRun run = OrderRun.ready().propose(proposal());
    run.answer(ReceiptResult.STOPPED, T0 + SECOND);

    OrderBook book = new OrderBook(run.account(MULE));
    assertThat(book.stopsUsed(StopLimitScope.ACCOUNT, List.of("case-2"))).isEqualTo(1);
    assertThat(book.stopsUsed(StopLimitScope.ACCOUNT_CASE, List.of("case-2"))).isZero();
    assertThat(book.stopsPossible(StopLimitScope.ACCOUNT_CASE, List.of("case-1"))).isEqualTo(1);
  }

  @Test
  void anAccountHasABoundOnItsOrderObjects() {
    OrderRun run = OrderRun.ready();
    for (int i = 0; i <= 20; i++) {
      long transfer = T0 - i * SECOND;
      run.propose(
          proposal()
              .with(
                  p -> {
                    p.transferTimeMs = transfer;
                    p.cause = "event-" + transfer;
                  }));
      if (i < 20) {
        run.answer(ReceiptResult.MISMATCH_TIME, T0);
        run.authorise(
            authorisation(
                a -> {
                  a.setAuthorisationId("auth-more");
                  a.setMaxOrdersPerHour(100);
                  a.setMaxOrdersPerBankDay(100);
                  a.setMaxOrdersPerDay(100);
                  a.setMaxFenPerDay(1_000_000_000);
                  a.setMaxFenPerHour(1_000_000_000);
                  a.setMaxFenPerBankDay(1_000_000_000);
                }));
      }
    }

    assertThat(run.orders).hasSize(20);
    assertThat(run.alarmKinds()).endsWith(OrderAlarm.Kind.ORDER_OBJECTS_LIMIT);
  }
}
