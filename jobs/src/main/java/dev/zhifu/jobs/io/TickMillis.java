package dev.zhifu.jobs.io;

import dev.zhifu.schemas.wire.AvroCodec;
import dev.zhifu.schemas.wire.RegistrySettings;
import dev.zhifu.schemas.wire.WireException;
import dev.zhifu.wire.ClockTick;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * The clock alone, UTC milliseconds. A tick that cannot be read is passed over here: the reader of
 * ticks for stop-orders turns it away once.
 */
public final class TickMillis extends ProcessFunction<RawRecord, Long> {
  private static final long serialVersionUID = 1L;

  private final CodecSource codecs;
  private transient AvroCodec codec;

  /**
   * @param registry where writers' schemas are looked up
   */
  public TickMillis(RegistrySettings registry) {
    this((CodecSource) registry::codec);
  }

  TickMillis(CodecSource codecs) {
    this.codecs = codecs;
  }

  @Override
  public void open(OpenContext context) {
    codec = codecs.codec();
  }

  @Override
  public void processElement(RawRecord record, Context context, Collector<Long> out) {
    if (record.isEnd() || record.value() == null) {
      return;
    }
    try {
      ClockTick tick = codec.deserialize(record.topic(), record.value(), ClockTick.class);
      out.collect(tick.getAt().toEpochMilli());
    } catch (WireException e) {
      // Turned away by OrderReading.Ticks.
    }
  }
}
