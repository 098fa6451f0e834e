package dev.zhifu.jobs.orders;

import static dev.zhifu.jobs.orders.Fixture.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.ReceiptResult;
import dev.zhifu.wire.UnsignedReason;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A replay, an offset reset and a backlog yield requests, never orders. */
class ReplayTest {

  @Test
  void oldInputsReadAgainWithoutStateMakeRequestsOnly() {
    long now = T0 + 3 * HOUR;
    OrderRun run = OrderRun.unauthorised().tick(now).authorise(renewed(authorisation(), now));

    for (int i = 1; i <= 20; i++) {
      String account = SigningGuardTest.token(i);
      run.propose(proposal().with(p -> p.account = account));
    }
    run.act(signature(run.last(), "act-sign", T0));

    assertThat(run.requests).hasSize(20);
    assertThat(run.requests)
        .allSatisfy(
            r -> assertThat(r.getUnsigned()).containsExactly(UnsignedReason.STALE_EVIDENCE));
    assertThat(run.orders).isEmpty();
  }

  @Test
  void aTickTopicReadFromItsStartDoesNotMakeOldEvidenceFresh() {
    OrderRun run =
        new OrderRun(
            OrderSettings.defaults(dev.zhifu.wire.Environment.DEMO), KEYS, SigningGuard.all());
    run.control(OrderControl.readBackDone(Map.of("clock.ticks:0", 6L * 3600)));
    for (int second = 0; second < 6 * 3600; second += 600) {
      long at = T0 + second * SECOND;
      run.control(OrderControl.tick(tick(at), "clock.ticks:0", second))
          .authorise(renewed(authorisation(), at));
      String account = SigningGuardTest.token(second + 1);
      run.propose(
          proposal()
              .with(
                  p -> {
                    p.account = account;
                    p.basisAtMs = at;
                    p.balanceAtMs = at;
                  }));
      run.tick(at + SECOND);
    }
    long end = T0 + 6 * HOUR - SECOND;
    run.control(OrderControl.tick(tick(end + 11 * MINUTE), "clock.ticks:0", 6L * 3600 - 1));
    run.authorise(renewed(authorisation(), end + 11 * MINUTE)).tick(end + 11 * MINUTE + SECOND);

    assertThat(run.orders).isEmpty();
    assertThat(run.requests).isNotEmpty();
  }

  @Test
  void anOldSavepointAndANewerRecordMakeNoSecondOrder() {
    OrderRun first = OrderRun.ready();
    OrderRun old = first.restored();
    first.propose(proposal());
    first.answer(ReceiptResult.STOPPED, T0 + SECOND);

    old.propose(proposal());
    old.receipt(receipt(first.orders.get(0), ReceiptResult.STOPPED, T0 + SECOND));
    old.take(record(first.orders.get(0), 0)).readBack().tick(T0 + SECOND);

    assertThat(old.orders).isEmpty();
    assertThat(old.state()).isEqualTo(OrderState.ACTIVE);
  }

  @Test
  void aJobStoppedForSixHoursResumesWithoutSendingAnything() {
    OrderRun run = OrderRun.ready();
    run.propose(proposal().with(p -> p.account = SigningGuardTest.token(1)));
    int sent = run.orders.size();
    OrderRun resumed = run.restored();
    resumed.control(OrderControl.readBackDone(Map.of("clock.ticks:0", 100L)));

    for (int minute = 1; minute <= 360; minute++) {
      long at = T0 + minute * MINUTE;
      resumed.tick(at).authorise(renewed(authorisation(), at));
      if (minute % 10 == 0) {
        String account = SigningGuardTest.token(100 + minute);
        resumed.propose(
            proposal()
                .with(
                    p -> {
                      p.account = account;
                      p.basisAtMs = at;
                      p.balanceAtMs = at;
                    }));
      }
    }
    long now = T0 + 6 * HOUR + 11 * MINUTE;
    resumed.control(OrderControl.tick(tick(now), "clock.ticks:0", 99)).tick(now).tick(now + MINUTE);

    assertThat(resumed.orders).as("neither signed nor repeated").isEmpty();
    assertThat(resumed.requests).filteredOn(r -> r.getState() == OrderState.TIMEOUT).hasSize(1);
    assertThat(sent).isEqualTo(1);
  }

  @Test
  void reasonsFoundWhileReadingBackAreFoundAnewOnceAllIsRead() {
    OrderRun run =
        new OrderRun(
            OrderSettings.defaults(dev.zhifu.wire.Environment.DEMO), KEYS, SigningGuard.all());
    run.control(OrderControl.readBackDone(Map.of("clock.ticks:0", 3L)));
    run.control(OrderControl.tick(tick(T0), "clock.ticks:0", 0)).propose(proposal());
    long now = T0 + 6 * HOUR;
    run.control(OrderControl.tick(tick(now), "clock.ticks:0", 1)).tick(now);
    assertThat(run.last().getUnsigned())
        .containsExactly(
            UnsignedReason.NO_AUTHORISATION,
            UnsignedReason.STALE_EVIDENCE,
            UnsignedReason.READING_BACK);

    run.authorise(renewed(authorisation(), now + SECOND));
    run.control(OrderControl.tick(tick(now + SECOND), "clock.ticks:0", 2)).tick(now + SECOND);

    assertThat(run.last().getUnsigned()).containsExactly(UnsignedReason.STALE_EVIDENCE);
    assertThat(run.orders).isEmpty();
  }
}
