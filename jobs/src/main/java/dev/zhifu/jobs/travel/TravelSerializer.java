package dev.zhifu.jobs.travel;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Serializer of what goes from one operator to the next and is never state: its bytes need outlive
 * no program.
 *
 * @param <T> what travels
 */
abstract class TravelSerializer<T> extends TypeSerializer<T> {
  private static final long serialVersionUID = 1L;

  private transient ByteWriter writer;
  private transient ByteReader reader;

  abstract void write(T value, ByteWriter out);

  abstract T read(ByteReader in);

  @Override
  public final void serialize(T value, DataOutputView target) throws IOException {
    if (writer == null) {
      writer = new ByteWriter();
    }
    writer.clear();
    write(value, writer);
    target.writeInt(writer.length());
    target.write(writer.bytes(), 0, writer.length());
  }

  @Override
  public final T deserialize(DataInputView source) throws IOException {
    if (reader == null) {
      reader = new ByteReader();
    }
    reader.load(source);
    return read(reader);
  }

  @Override
  public final T deserialize(T reuse, DataInputView source) throws IOException {
    return deserialize(source);
  }

  @Override
  public final T copy(T from) {
    try {
      DataOutputSerializer bytes = new DataOutputSerializer(1024);
      serialize(from, bytes);
      return deserialize(new DataInputDeserializer(bytes.getSharedBuffer()));
    } catch (IOException e) {
      throw new IllegalStateException("bytes in memory cannot fail", e);
    }
  }

  @Override
  public final T copy(T from, T reuse) {
    return copy(from);
  }

  @Override
  public final void copy(DataInputView source, DataOutputView target) throws IOException {
    int length = source.readInt();
    target.writeInt(length);
    target.write(source, length);
  }

  @Override
  public final boolean isImmutableType() {
    return false;
  }

  @Override
  public final T createInstance() {
    return null;
  }

  @Override
  public final int getLength() {
    return -1;
  }

  @Override
  public final boolean equals(Object other) {
    return other != null && other.getClass() == getClass();
  }

  @Override
  public final int hashCode() {
    return getClass().hashCode();
  }

  @Override
  public final TypeSerializerSnapshot<T> snapshotConfiguration() {
    throw new UnsupportedOperationException(
        getClass().getSimpleName()
            + " writes what travels between operators; state needs a serializer whose bytes last");
  }
}
