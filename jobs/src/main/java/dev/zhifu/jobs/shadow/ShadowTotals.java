package dev.zhifu.jobs.shadow;

import dev.zhifu.wire.ShadowStatistics;
import dev.zhifu.wire.WrongStops;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Sums up, for one rule version, what it would have done in shadow and which stops behind it were
 * found wrong, and says the sums with the next watermark.
 *
 * <p>State per rule version that was ever in shadow or behind a wrong stop, never cleared: {@code
 * shadow-totals.sum.v1}, one record; {@code shadow-totals.wrong.v1}, one element an order found
 * wrong, so that an act read again counts nothing twice.
 */
public final class ShadowTotals extends KeyedProcessFunction<String, ShadowMark, ShadowStatistics> {
  private static final long serialVersionUID = 1L;

  /** Uid. */
  public static final String UID = "shadow-totals";

  private static final MapStateDescriptor<String, String> WRONG =
      new MapStateDescriptor<>("shadow-totals.wrong.v1", Types.STRING, Types.STRING);

  private transient ValueState<ShadowStatistics> totals;
  private transient MapState<String, String> wrong;
  private transient Counter hits;

  @Override
  public void open(OpenContext context) {
    totals =
        getRuntimeContext()
            .getState(
                new ValueStateDescriptor<>(
                    "shadow-totals.sum.v1", TypeInformation.of(ShadowStatistics.class)));
    wrong = getRuntimeContext().getMapState(WRONG);
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
              ShadowOverlap.WINDOW_MS,
              List.of());
    }
    if (mark.wrongOrder() == null) {
      totals.update(add(sum, mark));
    } else {
      wrong.put(mark.wrongOrder(), mark.wrongCause());
      sum.setWrongStops(byCause());
      totals.update(sum);
    }
    context.timerService().registerEventTimeTimer(context.timerService().currentWatermark() + 1);
  }

  private List<WrongStops> byCause() throws Exception {
    Map<String, Long> counts = new TreeMap<>();
    for (String cause : wrong.values()) {
      counts.merge(cause, 1L, Long::sum);
    }
    List<WrongStops> all = new ArrayList<>();
    counts.forEach((cause, stops) -> all.add(new WrongStops(cause, stops)));
    return all;
  }

  private static ShadowStatistics add(ShadowStatistics sum, ShadowMark mark) {
    Instant at = Instant.ofEpochMilli(mark.atMs());
    boolean first = sum.getHits() == 0;
    sum.setHits(sum.getHits() + mark.hits());
    sum.setOverlapping(sum.getOverlapping() + mark.overlapping());
    sum.setSubjects(sum.getSubjects() + mark.subjects());
    sum.setTouchedFen(Math.addExact(sum.getTouchedFen(), mark.touchedFen()));
    sum.setFirstAt(first || at.isBefore(sum.getFirstAt()) ? at : sum.getFirstAt());
    sum.setNewestAt(first || at.isAfter(sum.getNewestAt()) ? at : sum.getNewestAt());
    return sum;
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<ShadowStatistics> out)
      throws Exception {
    out.collect(totals.value());
  }
}
