package dev.zhifu.jobs.score;

import dev.zhifu.wire.ReasonCode;
import dev.zhifu.wire.RiskHold;
import java.util.EnumMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * Counts holds that were taken back before their term, by reason, and the seconds of event time
 * that they had stood.
 */
final class Lifts {
  private final Map<ReasonCode, Counter> lifted = new EnumMap<>(ReasonCode.class);
  private final Counter seconds;

  Lifts(MetricGroup group) {
    for (ReasonCode reason :
        new ReasonCode[] {
          ReasonCode.SCORE_DROPPED, ReasonCode.NOT_INVOLVED, ReasonCode.APPEAL_UPHELD
        }) {
      lifted.put(reason, group.addGroup("lifted", reason.name()).counter("holds"));
    }
    seconds = group.counter("secondsHeldBeforeLift");
  }

  void count(RiskHold lift, RiskHold placed) {
    lifted.get(lift.getReasonCode()).inc();
    seconds.inc(
        Math.max(
            0, lift.getOccurredAt().getEpochSecond() - placed.getOccurredAt().getEpochSecond()));
  }
}
