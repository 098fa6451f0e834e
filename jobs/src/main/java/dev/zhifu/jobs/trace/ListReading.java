package dev.zhifu.jobs.trace;

import dev.zhifu.jobs.io.CodecSource;
import dev.zhifu.jobs.io.RawRecord;
import dev.zhifu.schemas.wire.AvroCodec;
import dev.zhifu.schemas.wire.RegistrySettings;
import dev.zhifu.schemas.wire.WireException;
import dev.zhifu.wire.ListEntry;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/** Decodes list entries; what it cannot use detection, which reads the same topic, turns away. */
public final class ListReading extends ProcessFunction<RawRecord, TraceListing> {
  private static final long serialVersionUID = 1L;

  private final CodecSource codecs;
  private transient AvroCodec codec;

  /**
   * @param registry where writers' schemas are looked up
   */
  public ListReading(RegistrySettings registry) {
    this.codecs = registry::codec;
  }

  @Override
  public void open(OpenContext context) {
    codec = codecs.codec();
  }

  @Override
  public void processElement(RawRecord record, Context context, Collector<TraceListing> out) {
    if (record.isEnd()) {
      out.collect(TraceListing.read());
    } else if (record.value() != null) {
      read(record, out);
    }
  }

  private void read(RawRecord record, Collector<TraceListing> out) {
    try {
      out.collect(
          new TraceListing(codec.deserialize(record.topic(), record.value(), ListEntry.class)));
    } catch (WireException e) {
      // Detection reads it too and says so on dead.letters.
      return;
    }
  }
}
