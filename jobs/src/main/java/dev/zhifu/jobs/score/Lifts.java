package dev.zhifu.jobs.score;

import dev.zhifu.wire.ReasonCode;
import dev.zhifu.wire.RiskHold;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

/**
 * Counts holds that were taken back before their term, by reason, and the seconds of event time
 * that they had stood; {@code retractionToLiftMs} is the time from when the retraction left MATCH,
 * or the verdict came into the job, to the lift.
 */
final class Lifts {
  private static final int REMEMBERED = 1_000;

  private final Map<ReasonCode, Counter> lifted = new EnumMap<>(ReasonCode.class);
  private final Counter seconds;
  private final Histogram sinceRetraction;
  private final LongSupplier clock;
  private long leftMs;

  Lifts(MetricGroup group) {
    this(group, LiftClock.WALL);
  }

  Lifts(MetricGroup group, LongSupplier clock) {
    this.clock = clock;
    for (ReasonCode reason :
        new ReasonCode[] {
          ReasonCode.SCORE_DROPPED, ReasonCode.NOT_INVOLVED, ReasonCode.APPEAL_UPHELD
        }) {
      lifted.put(reason, group.addGroup("lifted", reason.name()).counter("holds"));
    }
    seconds = group.counter("secondsHeldBeforeLift");
    sinceRetraction =
        group.histogram("retractionToLiftMs", new DescriptiveStatisticsHistogram(REMEMBERED));
  }

  /** What is worked on now: when it left, or 0 when it is neither retraction nor verdict. */
  void heard(long left) {
    leftMs = left;
  }

  /** Times from retraction to lift so far. */
  Histogram sinceRetraction() {
    return sinceRetraction;
  }

  void count(RiskHold lift, RiskHold placed) {
    lifted.get(lift.getReasonCode()).inc();
    seconds.inc(
        Math.max(
            0, lift.getOccurredAt().getEpochSecond() - placed.getOccurredAt().getEpochSecond()));
    if (leftMs > 0) {
      sinceRetraction.update(Math.max(0, clock.getAsLong() - leftMs));
    }
  }
}
