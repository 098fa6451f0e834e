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

  private void publish(int version, long fromMs) {
    rules.publish(
        Rules.rule(
            "R",
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
