package dev.zhifu.jobs.orders;

import static dev.zhifu.jobs.orders.Fixture.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.jobs.flow.StopProposal;
import dev.zhifu.schemas.crypto.Envelopes;
import dev.zhifu.schemas.crypto.Signatures;
import dev.zhifu.wire.StandingAuthorisation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SendingOrderTest {

  /** Evidence that lacks an authorisation only, of sums from cents to millions. */
  static Proposal waiting(int account, SplittableRandom random) {
    return proposal()
        .with(
            p -> {
              p.account = SigningGuardTest.token(account);
              p.tracedFen = 100 + (long) Math.exp(random.nextDouble() * 18);
              p.balanceFen = p.tracedFen;
              p.transferTimeMs = T0 - random.nextInt(50_000) * SECOND;
              p.grounds = random.nextBoolean() ? List.of() : p.grounds;
              p.cause = "act-" + account;
            });
  }

  static StandingAuthorisation forThousands() {
    return authorisation(
        given -> {
          given.setMaxAmountFen(Long.MAX_VALUE);
          given.setMaxOrdersPerHour(10_000);
          given.setMaxOrdersPerBankDay(10_000);
          given.setMaxOrdersPerDay(10_000);
          given.setMaxFenPerDay(Long.MAX_VALUE);
          given.setMaxFenPerHour(Long.MAX_VALUE);
          given.setMaxFenPerBankDay(Long.MAX_VALUE);
        });
  }

  /** Falling, but for what lies within the 3 % that a millisecond holds. */
  static void assertFalling(List<Double> urgency) {
    double least = Double.MAX_VALUE;
    for (double one : urgency) {
      assertThat(one).isLessThanOrEqualTo(least * 1.03 + 1);
      least = Math.min(least, one);
    }
  }

  @Test
  void aMoreUrgentDraftIsLookedAtEarlierAndNoneLaterThanItsTick() {
    OrderRun run = OrderRun.unauthorised();
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 1; i <= 200; i++) {
      StopProposal one = waiting(i, random).build();
      run.take(OrderInput.proposal(one));
      assertThat(run.due(one.accountToken())).isBetween(T0 + 1, T0 + SECOND);
    }
    run.propose(waiting(201, random).with(p -> p.tracedFen = 0));
    assertThat(run.due(SigningGuardTest.token(201)))
        .as("evidence that lacks proportion is not waited for by the second")
        .isEqualTo(T0 + MINUTE);
  }

  /** Where a limit leaves room for few, it is these that are sent. */
  @Test
  void aLimitIsUsedUpByTheMostUrgent() {
    OrderRun run = OrderRun.unauthorised();
    SplittableRandom random = new SplittableRandom(7);
    Map<String, Double> urgency = new HashMap<>();
    for (int i = 1; i <= 60; i++) {
      StopProposal one = waiting(i, random).build();
      urgency.put(one.accountToken(), SendingOrder.fenASecond(one, T0));
      run.take(OrderInput.proposal(one));
    }
    StandingAuthorisation ten = forThousands();
    ten.setMaxOrdersPerHour(10);
    run.authorise(Signatures.sign(ten, HEAD)).tick(T0 + SECOND);

    List<Double> sent =
        run.orders.stream()
            .map(order -> urgency.get(Envelopes.open(order.envelope()).getAccountToken()))
            .toList();
    assertThat(sent).hasSize(10);
    assertFalling(sent);
    double tenth = urgency.values().stream().sorted((a, b) -> Double.compare(b, a)).toList().get(9);
    assertThat(sent).allSatisfy(one -> assertThat(one).isGreaterThanOrEqualTo(tenth / 1.03));
  }
}
