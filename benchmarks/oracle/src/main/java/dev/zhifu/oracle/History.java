package dev.zhifu.oracle;

import dev.zhifu.wire.EnrichedEvent;
import java.util.ArrayList;
import java.util.List;

/**
 * What happens at one key, in the order of arrival.
 *
 * @param key token of the key
 * @param disturbance what was done to it
 * @param happenings events and watermarks; the last watermark is past every window
 * @param endMs the last watermark
 * @param snapshotAt index of the happening before which a snapshot is taken; -1 without a failure
 * @param failureAt index of the happening before which the engine fails; -1 without a failure
 */
record History(
    String key,
    Disturbance disturbance,
    List<Happening> happenings,
    long endMs,
    int snapshotAt,
    int failureAt) {

  /** Events that came after the watermark before them: what the hits are hits of. */
  List<EnrichedEvent> inTime() {
    List<EnrichedEvent> inTime = new ArrayList<>();
    long watermark = Long.MIN_VALUE;
    for (Happening happening : happenings) {
      if (happening.event() == null) {
        watermark = Math.max(watermark, happening.watermarkMs());
      } else if (Signals.timeOf(happening.event()) > watermark) {
        inTime.add(happening.event());
      }
    }
    return inTime;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(key + " " + disturbance);
    if (failureAt >= 0) {
      text.append(" snapshot before ").append(snapshotAt).append(", failure before ");
      text.append(failureAt);
    }
    for (Happening happening : happenings) {
      EnrichedEvent event = happening.event();
      text.append("\n  ")
          .append(event == null ? "watermark " + happening.watermarkMs() : Signals.describe(event));
    }
    return text.toString();
  }
}
