package dev.zhifu.jobs.shadow;

import dev.zhifu.wire.ShadowStatistics;
import java.time.Instant;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Sums up, for one rule version in shadow, and says the sums with the next watermark.
 *
 * <p>State per rule version that was ever in shadow: one record.
 */
public final class ShadowTotals extends KeyedProcessFunction<String, ShadowMark, ShadowStatistics> {
  private static final long serialVersionUID = 1L;

  /** Uid. */
  public static final String UID = "shadow-totals";

  private transient ValueState<ShadowStatistics> totals;
  private transient Counter hits;

  @Override
  public void open(OpenContext context) {
    totals =
        getRuntimeContext()
            .getState(
                new ValueStateDescriptor<>(
                    "shadow-totals.sum.v1", TypeInformation.of(ShadowStatistics.class)));
    hits = getRuntimeContext().getMetricGroup().counter("shadowHits");
  }

  @Override
  public void processElement(ShadowMark mark, Context context, Collector<ShadowStatistics> out)
      throws Exception {
    hits.inc(mark.hits());
    ShadowStatistics sum = totals.value();
    if (sum == null) {
      int split = mark.version().lastIndexOf(':');
      sum =
          new ShadowStatistics(
              mark.version().substring(0, split),
              Integer.parseInt(mark.version().substring(split + 1)),
              0L,
              0L,
              0L,
              0L,
              Instant.ofEpochMilli(mark.atMs()),
              Instant.ofEpochMilli(mark.atMs()),
              ShadowOverlap.WINDOW_MS);
    }
    totals.update(add(sum, mark));
    context.timerService().registerEventTimeTimer(context.timerService().currentWatermark() + 1);
  }

  private static ShadowStatistics add(ShadowStatistics sum, ShadowMark mark) {
    Instant at = Instant.ofEpochMilli(mark.atMs());
    sum.setHits(sum.getHits() + mark.hits());
    sum.setOverlapping(sum.getOverlapping() + mark.overlapping());
    sum.setSubjects(sum.getSubjects() + mark.subjects());
    sum.setTouchedFen(Math.addExact(sum.getTouchedFen(), mark.touchedFen()));
    sum.setFirstAt(at.isBefore(sum.getFirstAt()) ? at : sum.getFirstAt());
    sum.setNewestAt(at.isAfter(sum.getNewestAt()) ? at : sum.getNewestAt());
    return sum;
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<ShadowStatistics> out)
      throws Exception {
    out.collect(totals.value());
  }
}
