package dev.zhifu.jobs.score;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.HoldAction;
import dev.zhifu.wire.ReasonCode;
import dev.zhifu.wire.RiskHold;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;

class LiftsTest {
  private static final Instant PLACED = Instant.ofEpochSecond(1_000);

  private final Map<String, Histogram> histograms = new HashMap<>();
  private long now;

  private final Lifts lifts =
      new Lifts(
          new UnregisteredMetricsGroup() {
            @Override
            public <H extends Histogram> H histogram(String name, H histogram) {
              histograms.put(name, histogram);
              return histogram;
            }
          },
          () -> now);

  @Test
  void theTimeFromRetractionToLiftIsAHistogramOfTheJob() {
    lift(5_000, 5_012);
    lift(6_000, 6_250);

    Histogram shown = histograms.get("retractionToLiftMs");
    assertThat(shown.getCount()).isEqualTo(2);
    assertThat(shown.getStatistics().getMin()).isEqualTo(12);
    assertThat(shown.getStatistics().getMax()).isEqualTo(250);
  }

  @Test
  void aLiftThatNoRetractionCausedHasNoSuchTimeAndAClockThatLagsGivesZero() {
    lift(0, 5_000);
    assertThat(histograms.get("retractionToLiftMs").getCount()).isZero();

    lift(5_000, 4_990);
    assertThat(histograms.get("retractionToLiftMs").getStatistics().getMax()).isZero();
  }

  private void lift(long leftMs, long nowMs) {
    now = nowMs;
    RiskHold placed =
        RiskHold.newBuilder()
            .setHoldId("hold")
            .setSequence(1)
            .setAction(HoldAction.PLACE)
            .setBank("B01")
            .setAccount(
                AccountRef.newBuilder()
                    .setAccountToken("account")
                    .setHolderToken("holder")
                    .setBank("B01")
                    .build())
            .setAmountFen(1L)
            .setReasonCode(ReasonCode.PASS_THROUGH)
            .setOccurredAt(PLACED)
            .setEndsAt(PLACED.plusSeconds(86_400))
            .setNoticeId("notice")
            .build();
    lifts.heard(leftMs);
    lifts.count(
        HoldMessages.lift(placed, ReasonCode.SCORE_DROPPED, PLACED.plusSeconds(60).toEpochMilli()),
        placed);
  }
}
