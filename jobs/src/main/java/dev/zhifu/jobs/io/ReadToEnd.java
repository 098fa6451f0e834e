package dev.zhifu.jobs.io;

import dev.zhifu.schemas.access.KafkaAccess;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.co.CoProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Passes a topic's records on and marks, once after each start, the moment at which everything that
 * the topic held when the job started has been passed on. Checked on each record and on each beat
 * of the second input, since an empty topic has no records. Runs with parallelism 1.
 *
 * <p>State: the last offset passed per partition, so that a restored source that has nothing left
 * to read is recognised.
 *
 * @param <B> any stream that beats, such as clock ticks
 */
public final class ReadToEnd<B> extends CoProcessFunction<RawRecord, B, RawRecord>
    implements CheckpointedFunction {
  private static final long serialVersionUID = 1L;

  private final TopicEnds.Source source;
  private transient Map<String, Long> missing;
  private transient Map<String, Long> passed;
  private transient ListState<String> state;
  private transient boolean marked;

  /**
   * @param access how the broker is reached
   * @param topics topics whose records come in
   */
  public ReadToEnd(KafkaAccess access, List<String> topics) {
    this(TopicEnds.ofBroker(access, topics));
  }

  ReadToEnd(TopicEnds.Source source) {
    this.source = source;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    state =
        context
            .getOperatorStateStore()
            .getUnionListState(new ListStateDescriptor<>("read-to-end.offsets.v1", Types.STRING));
    passed = new HashMap<>();
    for (String line : state.get()) {
      int split = line.lastIndexOf('=');
      passed.put(line.substring(0, split), Long.parseLong(line.substring(split + 1)));
    }
  }

  @Override
  public void open(OpenContext context) throws Exception {
    missing = new HashMap<>();
    marked = false;
    for (TopicEnds ends : source.ask()) {
      String at = name(ends.topic(), ends.partition());
      long last = ends.end() - 1;
      if (!ends.isEmpty() && passed.getOrDefault(at, -1L) < last) {
        missing.put(at, last);
      }
    }
  }

  /** A partition as the state names it. */
  private static String name(String topic, int partition) {
    return topic + "-" + partition;
  }

  @Override
  public void processElement1(RawRecord record, Context context, Collector<RawRecord> out) {
    String at = name(record.topic(), record.partition());
    passed.merge(at, record.offset(), Math::max);
    out.collect(record);
    Long last = missing.get(at);
    if (last != null && record.offset() >= last) {
      missing.remove(at);
    }
    mark(out);
  }

  @Override
  public void processElement2(B beat, Context context, Collector<RawRecord> out) {
    mark(out);
  }

  private void mark(Collector<RawRecord> out) {
    if (!marked && missing.isEmpty()) {
      marked = true;
      out.collect(RawRecord.END);
    }
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    List<String> lines = new ArrayList<>();
    passed.forEach((at, offset) -> lines.add(at + "=" + offset));
    state.update(lines);
  }
}
