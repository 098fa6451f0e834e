package dev.zhifu.jobs.io;

import dev.zhifu.schemas.events.TickGuard;
import dev.zhifu.schemas.wire.AvroCodec;
import dev.zhifu.schemas.wire.RegistrySettings;
import dev.zhifu.schemas.wire.WireException;
import dev.zhifu.wire.ClockTick;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * The clock alone, UTC milliseconds. A tick that cannot be read, or that leaps, is passed over
 * here: the reader of ticks for stop-orders turns it away once.
 *
 * <p>State: {@code rule-gate-clock.last.v1}, operator state, two numbers, replaced by each
 * snapshot.
 */
public final class TickMillis extends ProcessFunction<RawRecord, Long>
    implements CheckpointedFunction {
  private static final long serialVersionUID = 1L;

  private static final ListStateDescriptor<Long> LAST =
      new ListStateDescriptor<>("rule-gate-clock.last.v1", Types.LONG);

  private final CodecSource codecs;
  private transient AvroCodec codec;
  private transient ListState<Long> kept;
  private transient TickGuard guard;

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
  public void initializeState(FunctionInitializationContext context) throws Exception {
    kept = context.getOperatorStateStore().getListState(LAST);
    List<Long> last = new ArrayList<>();
    kept.get().forEach(last::add);
    guard = new TickGuard(last);
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    kept.update(guard.last());
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
      if (guard.fault(tick).isEmpty()) {
        out.collect(tick.getAt().toEpochMilli());
      }
    } catch (WireException e) {
      // Turned away by OrderReading.Ticks.
    }
  }
}
