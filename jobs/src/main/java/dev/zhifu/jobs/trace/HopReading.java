package dev.zhifu.jobs.trace;

import dev.zhifu.jobs.io.CodecSource;
import dev.zhifu.jobs.io.DeadLetters;
import dev.zhifu.jobs.io.RawRecord;
import dev.zhifu.schemas.wire.AvroCodec;
import dev.zhifu.schemas.wire.RegistrySettings;
import dev.zhifu.schemas.wire.WireException;
import dev.zhifu.wire.DeadLetter;
import dev.zhifu.wire.TraceHop;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Decodes hop messages; what it cannot use it turns away, whole, and goes on. */
public final class HopReading extends ProcessFunction<RawRecord, TraceHop> {
  private static final long serialVersionUID = 1L;

  /** Records turned away. */
  public static final OutputTag<DeadLetter> DEAD =
      new OutputTag<>("hop-dead-letters", TypeInformation.of(DeadLetter.class));

  private final CodecSource codecs;
  private transient AvroCodec codec;

  /**
   * @param registry where writers' schemas are looked up
   */
  public HopReading(RegistrySettings registry) {
    this.codecs = registry::codec;
  }

  @Override
  public void open(OpenContext context) {
    codec = codecs.codec();
  }

  @Override
  public void processElement(RawRecord record, Context context, Collector<TraceHop> out) {
    if (record.isEnd() || record.value() == null) {
      return;
    }
    try {
      out.collect(codec.deserialize(record.topic(), record.value(), TraceHop.class));
    } catch (WireException e) {
      context.output(DEAD, DeadLetters.of(record, e.reason(), e.getMessage()));
    }
  }
}
