package dev.zhifu.oracle;

import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Events of an oracle stay in memory as they are: its state is never written. */
final class SeenSerializer extends TypeSerializerSingleton<Seen> {
  private static final long serialVersionUID = 1L;

  @Override
  public boolean isImmutableType() {
    return true;
  }

  @Override
  public Seen createInstance() {
    return null;
  }

  @Override
  public Seen copy(Seen from) {
    return from;
  }

  @Override
  public Seen copy(Seen from, Seen reuse) {
    return from;
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public void serialize(Seen event, DataOutputView target) {
    throw neverWritten();
  }

  @Override
  public Seen deserialize(DataInputView source) {
    throw neverWritten();
  }

  @Override
  public Seen deserialize(Seen reuse, DataInputView source) {
    throw neverWritten();
  }

  @Override
  public void copy(DataInputView source, DataOutputView target) {
    throw neverWritten();
  }

  @Override
  public TypeSerializerSnapshot<Seen> snapshotConfiguration() {
    throw neverWritten();
  }

  private static UnsupportedOperationException neverWritten() {
    return new UnsupportedOperationException(
        "The oracle's state stays in memory; run it on the heap state backend");
  }
}
