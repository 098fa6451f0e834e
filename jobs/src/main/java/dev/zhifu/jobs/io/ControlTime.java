package dev.zhifu.jobs.io;

import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.Collector;

/**
 * Watermarks of streams that have no event time of their own to wait for: rules, lists, reports,
 * acts, receipts carry the greatest watermark from the start, so that they never hold back the bank
 * and telecom streams or the clock. Where they meet those streams, the standing time of these goes
 * with them: Flink asks only those of its inputs that are not idle, and with every source silent
 * the greatest watermark alone would be left, which ends every window and forgets every account
 * (ADR-0141).
 */
public final class ControlTime {
  private static final long AT_ONCE = 0;

  private ControlTime() {}

  /** {@code stream} with the greatest watermark; upstream watermarks end here. */
  public static <T> SingleOutputStreamOperator<T> unbound(DataStream<T> stream, String uid) {
    return stream
        .assignTimestampsAndWatermarks(
            WatermarkStrategy.<T>forGenerator(context -> new Greatest<>())
                .withTimestampAssigner((element, previous) -> 0L))
        .setBufferTimeout(AT_ONCE)
        .uid(uid)
        .name(uid);
  }

  /**
   * {@code stream} with the watermark of {@code standing}: what meets event streams.
   *
   * @param standing of these event streams
   */
  public static <T> DataStream<T> beside(
      DataStream<T> stream, DataStream<Long> standing, String uid) {
    return unbound(stream, uid)
        .union(
            standing
                .flatMap(new WatermarksOnly<Long, T>())
                .returns(stream.getType())
                .setParallelism(1)
                .setBufferTimeout(AT_ONCE)
                .uid(uid + "-standing")
                .name(uid + "-standing"));
  }

  /** The watermarks of {@code events} and no element. */
  public static DataStream<Long> heard(DataStream<?> events, String uid) {
    return marks(events, uid);
  }

  private static <E> DataStream<Long> marks(DataStream<E> events, String uid) {
    return events
        .flatMap(new WatermarksOnly<E, Long>())
        .returns(Types.LONG)
        .setParallelism(events.getParallelism())
        .setBufferTimeout(AT_ONCE)
        .uid(uid)
        .name(uid);
  }

  /**
   * The time of event streams, which stands still while all of them are silent.
   *
   * @param heard their watermarks
   */
  public static DataStream<Long> standing(DataStream<Long> heard, String uid) {
    return heard
        .transform(uid, Types.LONG, new StandingTime())
        .setParallelism(1)
        .setBufferTimeout(AT_ONCE)
        .uid(uid);
  }

  private static final class Greatest<T> implements WatermarkGenerator<T> {
    @Override
    public void onEvent(T event, long timestamp, WatermarkOutput output) {
      output.emitWatermark(Watermark.MAX_WATERMARK);
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
      output.emitWatermark(Watermark.MAX_WATERMARK);
    }
  }

  private static final class WatermarksOnly<E, T> implements FlatMapFunction<E, T> {
    private static final long serialVersionUID = 1L;

    @Override
    public void flatMap(E element, Collector<T> out) {
      // Elements end here; the watermark goes on.
    }
  }
}
