package dev.zhifu.rules.features;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.wire.AccessKind;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.Features;
import dev.zhifu.wire.TelecomEvent;
import dev.zhifu.wire.TelecomKind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What numbers and devices, the second and third entity of the first step, say. */
class NumberAndDeviceFeaturesTest {
  private final List<String> passed = new ArrayList<>();
  private final FeaturePipeline pipeline = new FeaturePipeline(passed::add);

  @Test
  void callsPlacedAndReceivedAreCountedUnderTheNumbersOwnKey() {
    see(Events.placed(TelecomKind.CALL_START, "c1", 0, "n", "p1"));
    see(Events.placed(TelecomKind.CALL_START, "c2", 1_000, "n", "p1"));
    see(Events.telecom(TelecomKind.CALL_START, "c3", 2_000, "n", "p2"));

    Features features = see(Events.placed(TelecomKind.CALL_START, "c4", 3_000, "n", "p3"));

    assertThat(features.getNumberCalls24h()).isEqualTo(4);
    assertThat(features.getNumberOutShare24h()).isEqualTo(0.75);
    assertThat(features.getNumberPeersPerCall24h()).isEqualTo(0.75);
    assertThat(features.getNumberUnansweredShare24h()).isNull();
  }

  @Test
  void aCallThatLastedNoSecondWasNotAnswered() {
    call("c1", 0, 0);
    call("c2", 60_000, 31);
    see(Events.telecom(TelecomKind.CALL_START, "c3", 100_000, "n", "p"));
    EnrichedEvent missed = Events.telecom(TelecomKind.CALL_END, "c3", 110_000, "n", "p");
    ((TelecomEvent) missed.getEvent()).setDurationSeconds(0);

    Features features = see(missed);

    assertThat(features.getNumberUnansweredShare24h()).isEqualTo(0.5);
  }

  @Test
  void aCallOfExactlyADayAgoIsOut() {
    see(Events.placed(TelecomKind.CALL_START, "c1", 0, "n", "p1"));

    Features before = see(Events.placed(TelecomKind.CALL_START, "c2", Windows.DAY - 1, "n", "p2"));
    Features exactly = see(Events.placed(TelecomKind.CALL_START, "c3", Windows.DAY, "n", "p3"));

    assertThat(before.getNumberCalls24h()).isEqualTo(2);
    assertThat(exactly.getNumberCalls24h()).isEqualTo(2);
  }

  @Test
  void anEndThatComesFirstMakesOneCallWithItsStart() {
    EnrichedEvent end = Events.placed(TelecomKind.CALL_END, "c1", 30_000, "n", "p");
    ((TelecomEvent) end.getEvent()).setDurationSeconds(30);
    see(end);

    Features start = see(Events.placed(TelecomKind.CALL_START, "c1", 0, "n", "p"));

    assertThat(start.getNumberCalls24h()).isEqualTo(1);
  }

  @Test
  void ofAManyCalledNumberTheNewestSixtyFourCallsAreJudged() {
    Features last = null;
    for (int i = 0; i < PayeeState.MOST_CALLS + 10; i++) {
      last = see(Events.placed(TelecomKind.CALL_START, "c" + i, i * 1_000, "n", "p" + i));
    }

    assertThat(last.getNumberCalls24h()).isEqualTo(PayeeState.MOST_CALLS);
    assertThat(last.getNumberPeersPerCall24h()).isEqualTo(1.0);
    assertThat(passed).containsOnly(PayeeState.LIMIT_CALLS);
  }

  @Test
  void holdersOfADayOnOneDeviceAreCountedOnceEach() {
    see(Events.login("l1", 0, "a/1", "d"));
    see(Events.login("l2", 1_000, "a/2", "d"));
    see(Events.login("l3", 2_000, "b/1", "d"));
    see(Events.login("l4", 3_000, "c/1", "other"));

    Features third = see(Events.login("l5", 4_000, "c/1", "d"));
    Features nextDay = see(Events.login("l6", Windows.DAY + 2_000, "a/1", "d"));

    assertThat(third.getDeviceHolders24h()).isEqualTo(3);
    assertThat(nextDay.getDeviceHolders24h()).isEqualTo(2);
  }

  @Test
  void anAccessThatIsNoLoginOrFailedCountsNobody() {
    see(Events.access(AccessKind.LOGIN, "l1", 0, "a/1", "d", false));

    Features query = see(Events.access(AccessKind.BALANCE_QUERY, "q", 1_000, "b/1", "d", true));
    Features without = see(Events.login("l2", 2_000, "b/1", null));

    assertThat(query.getDeviceHolders24h()).isZero();
    assertThat(without.getDeviceHolders24h()).isNull();
  }

  @Test
  void aDeviceOfManyForgetsTheHolderSeenLongestAgo() {
    Features last = null;
    for (int i = 0; i <= PayeeState.MOST_HOLDERS; i++) {
      last = see(Events.login("l" + i, i * 1_000, "a" + i, "d"));
    }

    assertThat(last.getDeviceHolders24h()).isEqualTo(PayeeState.MOST_HOLDERS);
    assertThat(passed).containsOnly(PayeeState.LIMIT_HOLDERS);
  }

  @Test
  void stateOfANumberAndOfADeviceReadsBackAsItWasWritten() {
    PayeeAccountFeatures step = new PayeeAccountFeatures(Limits.UNHEARD);
    PayeeState number = new PayeeState();
    step.enrich(number, Events.placed(TelecomKind.CALL_START, "c1", 0, "n", "p"));
    PayeeState device = new PayeeState();
    step.enrich(device, Events.login("l1", 0, "a/1", "d"));

    assertThat(PayeeState.of(number.toBytes()).calls.size()).isEqualTo(1);
    assertThat(PayeeState.of(number.toBytes()).toBytes()).isEqualTo(number.toBytes());
    assertThat(PayeeState.of(device.toBytes()).holders.size()).isEqualTo(1);
    assertThat(PayeeState.of(device.toBytes()).toBytes()).isEqualTo(device.toBytes());
    assertThat(number.expiresAt())
        .isEqualTo(Events.T0.toEpochMilli() + Windows.DAY + Windows.SLACK);
  }

  private void call(String id, long atMs, int seconds) {
    see(Events.placed(TelecomKind.CALL_START, id, atMs, "n", "p"));
    EnrichedEvent end = Events.placed(TelecomKind.CALL_END, id, atMs + seconds * 1_000L, "n", "p");
    ((TelecomEvent) end.getEvent()).setDurationSeconds(seconds);
    see(end);
  }

  private Features see(EnrichedEvent event) {
    assertThat(pipeline.enrich(event)).isEqualTo(Dedupe.Verdict.NEW);
    return event.getFeatures();
  }
}
