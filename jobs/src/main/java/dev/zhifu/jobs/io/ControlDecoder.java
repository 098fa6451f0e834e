package dev.zhifu.jobs.io;

import dev.zhifu.schemas.wire.AvroCodec;
import dev.zhifu.schemas.wire.RegistrySettings;
import dev.zhifu.schemas.wire.WireException;
import dev.zhifu.wire.DeadLetter;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Decodes one control topic; what cannot be decoded goes to {@link #DEAD}. Tombstones of compacted topics are skipped: what they
 * delete is withdrawn by a record that says so.
 *
 * @param <T> record class of the topic
 */
public final class ControlDecoder<T extends SpecificRecordBase> extends ProcessFunction<RawRecord, T> {
  private static final long serialVersionUID = 1L;

  /** Records turned away. */
  public static final OutputTag<DeadLetter> DEAD =
      new OutputTag<>("dead-letters", TypeInformation.of(DeadLetter.class));

  private final Class<T> type;
  private final RegistrySettings registry;
  private transient AvroCodec codec;
  private transient Counter refused;

  public ControlDecoder(Class<T> type, RegistrySettings registry) {
    this.type = type;
    this.registry = registry;
  }

  @Override
  public void open(OpenContext context) {
    codec = registry.codec();
    refused = getRuntimeContext().getMetricGroup().counter("deadLetters");
  }

  @Override
  public void processElement(RawRecord record, Context context, Collector<T> out) {
    if (record.isEnd() || record.value() == null) {
      return;
    }
    try {
      out.collect(codec.deserialize(record.topic(), record.value(), type));
    } catch (WireException e) {
      refused.inc();
      context.output(DEAD, DeadLetters.of(record, e.reason(), e.getMessage()));
    }
  }
}
