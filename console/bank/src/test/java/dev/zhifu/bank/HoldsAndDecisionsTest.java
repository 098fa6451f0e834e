package dev.zhifu.bank;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.wire.HoldAction;
import dev.zhifu.wire.HoldResult;
import dev.zhifu.wire.RiskHold;
import dev.zhifu.wire.RiskHoldOutcome;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HoldsAndDecisionsTest {
  private static final long BALANCE_FEN = 100_000 + Bench.AMOUNT_FEN;

  @TempDir Path folder;
  private Bench bench;

  @BeforeEach
  void open() {
    bench = new Bench(folder);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void aHoldKeepsThePaymentUntilItIsLifted() {
    RiskHoldOutcome placed = bench.answerTo(Bench.hold("h", 1, HoldAction.PLACE));
    assertThat(placed.getResult()).isEqualTo(HoldResult.APPLIED);
    assertThat(placed.getHeldFen()).isEqualTo(Bench.AMOUNT_FEN);
    assertThat(bench.core.availableFen(Bench.NUMBER)).isEqualTo(100_000);
    RiskHoldOutcome lifted = bench.answerTo(Bench.hold("h", 2, HoldAction.LIFT));
    assertThat(lifted.getResult()).isEqualTo(HoldResult.RELEASED);
    assertThat(bench.core.availableFen(Bench.NUMBER)).isEqualTo(BALANCE_FEN);
  }

  @Test
  void aHoldMessageThatComesTwiceOrLateChangesNothing() {
    RiskHoldOutcome placed = bench.answerTo(Bench.hold("h", 1, HoldAction.PLACE));
    bench.later(Duration.ofMinutes(1));
    assertThat(bench.answerTo(Bench.hold("h", 1, HoldAction.PLACE))).isEqualTo(placed);
    RiskHoldOutcome lifted = bench.answerTo(Bench.hold("h", 2, HoldAction.LIFT));
    bench.restart();
    assertThat(bench.answerTo(Bench.hold("h", 1, HoldAction.PLACE))).isEqualTo(lifted);
    assertThat(bench.core.availableFen(Bench.NUMBER)).isEqualTo(BALANCE_FEN);
  }

  @Test
  void aLiftThatOvertakesItsPlaceWins() {
    bench.answerTo(Bench.hold("h", 2, HoldAction.LIFT));
    assertThat(bench.answerTo(Bench.hold("h", 1, HoldAction.PLACE)).getResult())
        .isEqualTo(HoldResult.RELEASED);
    assertThat(bench.core.availableFen(Bench.NUMBER)).isEqualTo(BALANCE_FEN);
  }

  @Test
  void aHoldEndsByItselfOnceAndSaysSoAlsoAfterARestart() {
    bench.answerTo(Bench.hold("h", 1, HoldAction.PLACE));
    bench.restart();
    bench.later(Duration.ofHours(24));
    bench.library().step(Duration.ZERO);
    bench.library().step(Duration.ZERO);
    assertThat(bench.transport.answers()).hasSize(2);
    assertThat(((RiskHoldOutcome) bench.transport.answers().get(1).getBody()).getResult())
        .isEqualTo(HoldResult.EXPIRED);
    assertThat(bench.core.availableFen(Bench.NUMBER)).isEqualTo(BALANCE_FEN);
  }

  @Test
  void aHoldForOthersOrTooLongOrTooLateIsNotPlaced() {
    RiskHold tooLong = Bench.hold("h1", 1, HoldAction.PLACE);
    tooLong.setEndsAt(Bench.NOW.plus(Duration.ofHours(25)));
    assertThat(bench.answerTo(tooLong).getResult()).isEqualTo(HoldResult.DECLINED);
    RiskHold other = Bench.hold("h2", 1, HoldAction.PLACE);
    other.setBank("B02");
    assertThat(bench.answerTo(other).getResult()).isEqualTo(HoldResult.DECLINED);
    RiskHold sealed = Bench.hold("h3", 1, HoldAction.PLACE);
    sealed.getAccount().setCipher(null);
    assertThat(bench.answerTo(sealed).getResult()).isEqualTo(HoldResult.DECLINED);
    bench.later(Duration.ofHours(24));
    assertThat(bench.answerTo(Bench.hold("h4", 1, HoldAction.PLACE)).getResult())
        .isEqualTo(HoldResult.EXPIRED);
    assertThat(bench.core.availableFen(Bench.NUMBER)).isEqualTo(BALANCE_FEN);
  }

  @Test
  void aDecisionIsHeardOnceAndALateOneIsCounted() {
    bench.transport.offer(new BankMessage.Decision(Bench.decision("e1", Bench.NOW)));
    bench.transport.offer(new BankMessage.Decision(Bench.decision("e2", Bench.NOW.minusMillis(1))));
    bench.transport.offer(new BankMessage.Decision(Bench.decision("e1", Bench.NOW)));
    bench.library().step(Duration.ZERO);
    assertThat(bench.heard).containsExactly("e1", "e2 late");
    assertThat(bench.library().counts()).isEqualTo(new BankCounts(2, 1, 0, 0, 1, 0));
    bench.restart();
    bench.transport.rewind();
    bench.library().step(Duration.ZERO);
    assertThat(bench.heard).hasSize(2);
    assertThat(bench.library().counts().repeated()).isEqualTo(3);
  }
}
