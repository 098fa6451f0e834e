package dev.zhifu.jobs.io;

import dev.zhifu.jobs.io.AvroRecordSerializer.Part;
import dev.zhifu.schemas.wire.AvroCodec;
import dev.zhifu.schemas.wire.RegistrySettings;
import dev.zhifu.schemas.wire.WireException;
import dev.zhifu.wire.DeadLetter;
import dev.zhifu.wire.DeadLetterReason;
import org.apache.avro.specific.SpecificRecord;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Decodes records of one class and makes of each what the job goes on with; what it cannot use it
 * turns away, whole, and goes on.
 *
 * @param <T> class of the records
 * @param <O> what the job goes on with
 */
public class RecordReading<T extends SpecificRecord, O> extends ProcessFunction<RawRecord, O> {
  private static final long serialVersionUID = 1L;

  /** Records turned away. */
  public static final OutputTag<DeadLetter> DEAD =
      new OutputTag<>("unread-dead-letters", TypeInformation.of(DeadLetter.class));

  private final CodecSource codecs;
  private final Class<T> type;
  private final Part<T, O> meaning;
  private transient AvroCodec codec;

  /**
   * Reads records.
   *
   * @param registry where writers' schemas are looked up
   * @param type class of the records
   * @param meaning what a record says; null for one that says nothing here; throws
   *     IllegalArgumentException for one that it cannot use
   */
  public RecordReading(RegistrySettings registry, Class<T> type, Part<T, O> meaning) {
    this((CodecSource) registry::codec, type, meaning);
  }

  RecordReading(CodecSource codecs, Class<T> type, Part<T, O> meaning) {
    this.codecs = codecs;
    this.type = type;
    this.meaning = meaning;
  }

  @Override
  public void open(OpenContext context) {
    codec = codecs.codec();
  }

  @Override
  public void processElement(RawRecord record, Context context, Collector<O> out) {
    if (record.isEnd() || record.value() == null) {
      return;
    }
    try {
      O said = meaning.apply(codec.deserialize(record.topic(), record.value(), type));
      if (said != null) {
        out.collect(said);
      }
    } catch (WireException e) {
      context.output(DEAD, DeadLetters.of(record, e.reason(), e.getMessage()));
    } catch (IllegalArgumentException e) {
      context.output(
          DEAD, DeadLetters.of(record, DeadLetterReason.CONTRADICTORY_FIELDS, e.getMessage()));
    }
  }
}
