package dev.zhifu.jobs.shadow;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Finds, for one subject, which hits of rules in shadow a live rule made too. Reads final hits,
 * keyed by subject.
 *
 * <p>State per subject: at most {@value #MOST} hits, each for one window of event time.
 */
public final class ShadowOverlap extends KeyedProcessFunction<String, FinalHit, ShadowMark> {
  private static final long serialVersionUID = 1L;

  /** Uid. */
  public static final String UID = "shadow-overlap";

  /**
   * A live hit this long before or after counts as overlap, milliseconds; an engineering default.
   */
  public static final long WINDOW_MS = Duration.ofHours(24).toMillis();

  /** Most hits remembered of one subject. */
  public static final int MOST = 64;

  private transient MapState<String, SubjectHit> hits;

  @Override
  public void open(OpenContext context) {
    hits =
        getRuntimeContext()
            .getMapState(
                new MapStateDescriptor<>(
                    "shadow-overlap.hits.v1", Types.STRING, TypeInformation.of(SubjectHit.class)));
  }

  @Override
  public void processElement(FinalHit hit, Context context, Collector<ShadowMark> out)
      throws Exception {
    if (hits.contains(hit.hitId())) {
      return;
    }
    List<Map.Entry<String, SubjectHit>> all = remembered();
    SubjectHit now = hit.remembered();
    List<Map.Entry<String, SubjectHit>> near = near(all, now.atMs());
    if (now.shadow()) {
      boolean overlaps = near.stream().anyMatch(one -> !one.getValue().shadow());
      out.collect(mark(hit, now, near, overlaps));
      now = overlaps ? now.overlapping() : now;
    } else {
      overlap(near, out);
    }
    hits.put(hit.hitId(), now);
    context.timerService().registerEventTimeTimer(now.atMs() + WINDOW_MS);
    all.add(Map.entry(hit.hitId(), now));
    trim(all);
  }

  private List<Map.Entry<String, SubjectHit>> remembered() throws Exception {
    List<Map.Entry<String, SubjectHit>> all = new ArrayList<>();
    for (Map.Entry<String, SubjectHit> one : hits.entries()) {
      all.add(Map.entry(one.getKey(), one.getValue()));
    }
    return all;
  }

  private static List<Map.Entry<String, SubjectHit>> near(
      List<Map.Entry<String, SubjectHit>> all, long atMs) {
    return all.stream().filter(one -> Math.abs(one.getValue().atMs() - atMs) < WINDOW_MS).toList();
  }

  private static ShadowMark mark(
      FinalHit hit, SubjectHit now, List<Map.Entry<String, SubjectHit>> near, boolean overlaps) {
    boolean known = false;
    boolean counted = now.transaction().isEmpty();
    for (Map.Entry<String, SubjectHit> one : near) {
      boolean same = one.getValue().version().equals(now.version());
      known |= same;
      counted |= same && one.getValue().transaction().equals(now.transaction());
    }
    return new ShadowMark(
        now.version(),
        1,
        overlaps ? 1 : 0,
        known ? 0 : 1,
        counted ? 0 : hit.amountFen(),
        now.atMs());
  }

  private void overlap(List<Map.Entry<String, SubjectHit>> near, Collector<ShadowMark> out)
      throws Exception {
    for (Map.Entry<String, SubjectHit> one : near) {
      SubjectHit shadow = one.getValue();
      if (shadow.shadow() && !shadow.overlaps()) {
        hits.put(one.getKey(), shadow.overlapping());
        out.collect(new ShadowMark(shadow.version(), 0, 1, 0, 0, shadow.atMs()));
      }
    }
  }

  /** Lets the oldest go when there are too many. */
  private void trim(List<Map.Entry<String, SubjectHit>> all) throws Exception {
    if (all.size() <= MOST) {
      return;
    }
    // Of two at one time the same one leaves, in whatever order state lists them.
    all.sort(
        Comparator.comparingLong((Map.Entry<String, SubjectHit> one) -> one.getValue().atMs())
            .thenComparing(Map.Entry::getKey));
    for (int i = 0; i < all.size() - MOST; i++) {
      hits.remove(all.get(i).getKey());
    }
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<ShadowMark> out)
      throws Exception {
    for (Map.Entry<String, SubjectHit> one : remembered()) {
      if (one.getValue().atMs() <= timestamp - WINDOW_MS) {
        hits.remove(one.getKey());
      }
    }
  }
}
