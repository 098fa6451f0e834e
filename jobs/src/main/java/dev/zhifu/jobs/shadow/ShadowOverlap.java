package dev.zhifu.jobs.shadow;

import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.RuleHit;
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
public final class ShadowOverlap extends KeyedProcessFunction<String, RuleHit, ShadowMark> {
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
  public void processElement(RuleHit hit, Context context, Collector<ShadowMark> out)
      throws Exception {
    if (hits.contains(hit.getHitId())) {
      return;
    }
    SubjectHit now = of(hit);
    List<Map.Entry<String, SubjectHit>> near = near(now.atMs());
    if (now.shadow()) {
      boolean overlaps = near.stream().anyMatch(one -> !one.getValue().shadow());
      out.collect(mark(hit, now, near, overlaps));
      now = overlaps ? now.overlapping() : now;
    } else {
      overlap(near, out);
    }
    hits.put(hit.getHitId(), now);
    context.timerService().registerEventTimeTimer(now.atMs() + WINDOW_MS);
    trim();
  }

  private static SubjectHit of(RuleHit hit) {
    BankTransaction link = hit.getTransaction();
    return new SubjectHit(
        hit.getRuleId() + ":" + hit.getRuleVersion(),
        hit.getShadow(),
        false,
        link == null ? "" : link.getSource() + ":" + link.getTransactionId(),
        hit.getOccurredAt().toEpochMilli());
  }

  private List<Map.Entry<String, SubjectHit>> near(long atMs) throws Exception {
    List<Map.Entry<String, SubjectHit>> near = new ArrayList<>();
    for (Map.Entry<String, SubjectHit> one : hits.entries()) {
      if (Math.abs(one.getValue().atMs() - atMs) < WINDOW_MS) {
        near.add(Map.entry(one.getKey(), one.getValue()));
      }
    }
    return near;
  }

  private static ShadowMark mark(
      RuleHit hit, SubjectHit now, List<Map.Entry<String, SubjectHit>> near, boolean overlaps) {
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
        counted ? 0 : hit.getTransaction().getAmountFen(),
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

  private void trim() throws Exception {
    List<Map.Entry<String, SubjectHit>> all = upTo(Long.MAX_VALUE);
    for (int i = 0; i < all.size() - MOST; i++) {
      hits.remove(all.get(i).getKey());
    }
  }

  /** Hits up to an event time, oldest first. */
  private List<Map.Entry<String, SubjectHit>> upTo(long untilMs) throws Exception {
    List<Map.Entry<String, SubjectHit>> found = new ArrayList<>();
    for (Map.Entry<String, SubjectHit> one : hits.entries()) {
      if (one.getValue().atMs() <= untilMs) {
        found.add(Map.entry(one.getKey(), one.getValue()));
      }
    }
    found.sort(Comparator.comparingLong(one -> one.getValue().atMs()));
    return found;
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<ShadowMark> out)
      throws Exception {
    for (Map.Entry<String, SubjectHit> old : upTo(timestamp - WINDOW_MS)) {
      hits.remove(old.getKey());
    }
  }
}
