package dev.zhifu.stack.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.wire.ClockTick;
import dev.zhifu.wire.DecisionKind;
import dev.zhifu.wire.TransferDecision;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class TallyTest {
  private static final Instant T0 = Instant.parse("2026-03-01T16:00:00Z");

  private final Tally tally = new Tally(T0);

  @Test
  void historyIsNotCountedAmongTheLiveEvents() {
    tally.event("old", T0.minusSeconds(1), OptionalLong.empty(), 5_000);
    tally.event("a", T0, OptionalLong.of(10_000), 10_000);
    tally.event("b", T0.plusSeconds(1), OptionalLong.of(11_000), 12_000);

    assertThat(tally.history()).isEqualTo(1);
    assertThat(tally.events()).isEqualTo(2);
    assertThat(tally.eventsPerSecond()).isEqualTo(1.0);
  }

  @Test
  void latencyRunsFromThePlannedSendTimeToTheAppendOfTheFirstAnswer() {
    tally.event("B01:t1:AWAITING", T0, OptionalLong.of(10_000), 10_040);

    tally.decision(decision(DecisionKind.HOLD), 10_070);
    tally.decision(decision(DecisionKind.HOLD), 10_900);

    assertThat(tally.decisions(DecisionKind.HOLD)).isEqualTo(1);
    assertThat(tally.decisionLatency().quantiles())
        .containsEntry("max", 70L)
        .containsEntry("count", 1L);
  }

  @Test
  void nothingIsUnansweredBeforeItsTime() {
    tally.tick(new ClockTick(T0, 1L, "city", false));

    assertThat(tally.unanswered()).isZero();
  }

  private static TransferDecision decision(DecisionKind kind) {
    return TransferDecision.newBuilder()
        .setEventId("B01:t1:AWAITING")
        .setTransactionId("t1")
        .setBank("B01")
        .setDecision(kind)
        .setOccurredAt(T0)
        .setAnswerBy(T0.plusMillis(500))
        .build();
  }
}
