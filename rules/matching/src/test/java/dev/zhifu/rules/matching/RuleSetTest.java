package dev.zhifu.rules.matching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhifu.rules.language.AfterMatch;
import dev.zhifu.rules.language.Contiguity;
import dev.zhifu.rules.language.EventKind;
import dev.zhifu.rules.language.EventView;
import dev.zhifu.wire.KeyKind;
import dev.zhifu.wire.PublicationStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

class RuleSetTest {
  private final RuleSet rules = new RuleSet();

  @Test
  void anAnnulledVersionLeavesTheOneBeforeInForce() {
    publish(1, 0);
    publish(2, 1_000);
    assertThat(inForceAt(1_500)).containsExactly(2);
    assertThat(rules.annul("R", 1_000)).isTrue();
    assertThat(inForceAt(1_500)).containsExactly(1);
    assertThat(rules.annul("R", 1_000)).as("twice").isFalse();
  }

  @Test
  void whatEndedIsForgottenAndWhatIsInForceStays() {
    for (int version = 1; version <= 1_000; version++) {
      publish(version, version * 10L);
    }
    assertThat(rules.size()).isEqualTo(1_000);
    assertThat(rules.forgetEnded(9_000)).isTrue();
    assertThat(rules.size()).isEqualTo(101);
    assertThat(inForceAt(9_005)).containsExactly(900);
    assertThat(rules.forgetEnded(9_000)).as("nothing more to forget").isFalse();
    rules.withdraw("R", 20_000);
    rules.forgetEnded(20_000);
    assertThat(rules.size()).isZero();
    publish(1_001, 30_000);
    assertThat(inForceAt(30_000)).containsExactly(1_001);
  }

  @Test
  void aVersionToComeIsNotForgotten() {
    publish(1, 5_000);
    assertThat(rules.forgetEnded(1_000)).isFalse();
    assertThat(inForceAt(5_000)).containsExactly(1);
  }

  @Test
  void aVersionThatWasInForceAndEndedDoesNotComeBack() {
    publish(1, 0);
    publish(2, 1_000);
    assertThatThrownBy(() -> publish(1, 2_000)).hasMessageContaining("next version");
  }

  @Test
  void whatAPublicationDoesNotChangeStaysTheSameObject() {
    publish("R", 1, 0);
    publish("S", 1, 0);
    RuleSpan r = rules.span(RuleNumbers.of("R", 1));
    RuleSpan s = rules.span(RuleNumbers.of("S", 1));

    publish("R", 2, 1_000);

    assertThat(rules.span(RuleNumbers.of("S", 1))).isSameAs(s);
    assertThat(rules.span(RuleNumbers.of("R", 1))).isNotSameAs(r);
    assertThat(rules.span(RuleNumbers.of("R", 1)).untilMs).isEqualTo(1_000);
  }

  @Test
  void aPublicationDropsTheForksOfItsOwnRuleAlone() throws Exception {
    publish("R", 1, 0);
    publish("S", 1, 0);
    Matcher matcher = new Matcher(rules, MatchSettings.DEFAULT, new Silent());
    KeyMatcher key = matcher.openNew(KeyKind.HOLDER, "h", new HeapMatchStateStore());
    take(matcher, key, "a", 100);
    long built = matcher.counts().rebuilds;
    take(matcher, key, "b", 200);
    assertThat(matcher.counts().rebuilds).as("in order nothing is built anew").isEqualTo(built);

    publish("R", 2, 1_000);
    take(matcher, key, "c", 300);

    assertThat(matcher.counts().rebuilds).as("the fork of R's first version").isEqualTo(built + 1);
    take(matcher, key, "d", 1_000);
    key.onTime(5_000);
    assertThat(matcher.counts().finals).isPositive();
  }

  private static void take(Matcher matcher, KeyMatcher key, String id, long timeMs)
      throws Exception {
    EventView view = Events.subject(Events.telecom("h", id, timeMs, 0, 0));
    key.onEvent(matcher.arrival(KeyKind.HOLDER, view), Long.MIN_VALUE);
  }

  private static final class Silent implements HitListener {
    @Override
    public void onHit(dev.zhifu.wire.RuleHit hit) {
      // counted by the matcher
    }

    @Override
    public void onLate(KeyKind keyKind, String key, MatchEvent event) {
      throw new AssertionError("late: " + event);
    }

    @Override
    public void onOverflow(KeyKind keyKind, String key, dev.zhifu.rules.language.Rule rule) {
      throw new AssertionError("overflow of " + rule.id());
    }

    @Override
    public void onQuarantine(dev.zhifu.rules.language.Rule rule, Exception failure) {
      throw new AssertionError(failure);
    }
  }

  private void publish(int version, long fromMs) {
    publish("R", version, fromMs);
  }

  private void publish(String id, int version, long fromMs) {
    rules.publish(
        Rules.rule(
            id,
            version,
            60_000,
            AfterMatch.NO_SKIP,
            Rules.step("call", Contiguity.BEGIN, (EventView view) -> true)),
        PublicationStatus.LIVE,
        fromMs);
  }

  private List<Integer> inForceAt(long timeMs) {
    return rules.seeing(KeyKind.HOLDER, EventKind.CALL_START).spans().stream()
        .filter(span -> span.inForceAt(timeMs))
        .map(span -> span.rule.rule().version())
        .toList();
  }
}
