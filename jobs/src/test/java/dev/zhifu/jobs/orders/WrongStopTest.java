package dev.zhifu.jobs.orders;

import static dev.zhifu.jobs.orders.Fixture.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.jobs.flow.WrongStop;
import dev.zhifu.wire.ActKind;
import dev.zhifu.wire.ReceiptResult;
import org.junit.jupiter.api.Test;

/** Stops found wrong, told to the statistics of the rules behind them. */
class WrongStopTest {
  private static final long FOUND = T0 + HOUR;

  private static OrderRun active() {
    return OrderRun.ready()
        .propose(proposal())
        .answer(ReceiptResult.STOPPED, T0 + SECOND)
        .tick(FOUND);
  }

  private static OrderRun found(OrderRun run, ActKind kind, String actId, String reason) {
    return run.act(act(kind, actId, run.last().getOrderId(), FOUND, reason));
  }

  @Test
  void anUpheldAppealNamesEveryRuleVersionBehindTheStopWithItsCause() {
    OrderRun run = found(active(), ActKind.UPHOLD_APPEAL, "act-1", "BONA_FIDE");
    String order = run.last().getOrderId();

    assertThat(run.wrongs)
        .containsExactly(
            new WrongStop("T02:3", order, "BONA_FIDE", FOUND),
            new WrongStop("M01:1", order, "BONA_FIDE", FOUND));
  }

  @Test
  void aReleaseCountsOnlyForACauseThatSaysWrong() {
    assertThat(found(active(), ActKind.RELEASE, "act-1", "NOT_INVOLVED").wrongs).isEmpty();
    assertThat(found(active(), ActKind.RELEASE, "act-1", "STALE_HOP").wrongs).hasSize(2);
  }

  @Test
  void anAppealWithoutACauseIsUnstatedAndACopyOfTheActTellsNothing() {
    OrderRun run = found(active(), ActKind.UPHOLD_APPEAL, "act-1", "the holder is right");
    found(run, ActKind.UPHOLD_APPEAL, "act-1", "the holder is right");

    assertThat(run.wrongs).hasSize(2).extracting(WrongStop::cause).containsOnly("UNSTATED");
  }

  @Test
  void aStopThatNeverTookEffectIsNoWrongStop() {
    OrderRun run = OrderRun.ready().propose(proposal());
    found(run, ActKind.UPHOLD_APPEAL, "act-1", "BONA_FIDE");

    assertThat(run.wrongs).isEmpty();
  }
}
