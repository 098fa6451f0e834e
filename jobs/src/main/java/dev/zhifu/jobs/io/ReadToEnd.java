package dev.zhifu.jobs.io;

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
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;

/**
 * Passes a topic's records on and marks, once after each start, the moment at which everything that the topic held when the job
 * started has been passed on. Checked on each record and on each beat of the second input, since an empty topic has no records.
 * Runs with parallelism 1.
 *
 * <p>State: the last offset passed per partition, so that a restored source that has nothing left to read is recognised.
 *
 * @param <B> any stream that beats, such as clock ticks
 */
public final class ReadToEnd<B> extends CoProcessFunction<RawRecord, B, RawRecord>
    implements CheckpointedFunction {
  private static final long serialVersionUID = 1L;

  private final KafkaAccess access;
  private final List<String> topics;
  private transient Map<String, Long> missing;
  private transient Map<String, Long> passed;
  private transient ListState<String> state;
  private transient boolean marked;

  public ReadToEnd(KafkaAccess access, List<String> topics) {
    this.access = access;
    this.topics = List.copyOf(topics);
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
    if (topics.isEmpty()) {
      return;
    }
    try (Admin admin = Admin.create(access.properties())) {
      Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
      Map<TopicPartition, OffsetSpec> earliest = new HashMap<>();
      for (TopicDescription topic : admin.describeTopics(topics).allTopicNames().get().values()) {
        topic
            .partitions()
            .forEach(
                partition -> {
                  TopicPartition at = new TopicPartition(topic.name(), partition.partition());
                  latest.put(at, OffsetSpec.latest());
                  earliest.put(at, OffsetSpec.earliest());
                });
      }
      Map<TopicPartition, ListOffsetsResult.ListOffsetsResultInfo> ends = admin.listOffsets(latest).all().get();
      Map<TopicPartition, ListOffsetsResult.ListOffsetsResultInfo> starts =
          admin.listOffsets(earliest).all().get();
      ends.forEach(
          (at, end) -> {
            long last = end.offset() - 1;
            boolean empty = starts.get(at).offset() >= end.offset();
            if (!empty && passed.getOrDefault(at.toString(), -1L) < last) {
              missing.put(at.toString(), last);
            }
          });
    }
  }

  @Override
  public void processElement1(RawRecord record, Context context, Collector<RawRecord> out) {
    String at = new TopicPartition(record.topic(), record.partition()).toString();
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
