package dev.zhifu.rules.matching;

import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.Side;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Writes a {@link MatchEvent} as format byte, order key, schema fingerprint and Avro bytes, so that
 * a base written before a change of the event's schema stays readable. Events are immutable, so
 * copies are the event itself.
 */
public final class MatchEventSerializer extends TypeSerializer<MatchEvent> {
  private static final long serialVersionUID = 1L;
  private static final byte FORMAT = 1;
  private static final Side[] SIDES = Side.values();

  private transient AvroCodec<EnrichedEvent> codec;

  /** A serializer with a codec of its own. */
  public MatchEventSerializer() {}

  MatchEventSerializer(AvroCodec<EnrichedEvent> codec) {
    this.codec = codec;
  }

  private AvroCodec<EnrichedEvent> codec() {
    if (codec == null) {
      codec = new AvroCodec<>(EnrichedEvent.class);
    }
    return codec;
  }

  @Override
  public void serialize(MatchEvent event, DataOutputView target) throws IOException {
    byte[] body = event.body();
    target.writeByte(FORMAT);
    target.writeLong(event.timeMs());
    target.writeBoolean(event.serial() != null);
    if (event.serial() != null) {
      target.writeLong(event.serial());
    }
    target.writeUTF(event.id());
    target.writeByte(event.side().ordinal());
    target.writeLong(event.fingerprint());
    target.writeInt(body.length);
    target.write(body);
  }

  @Override
  public MatchEvent deserialize(DataInputView source) throws IOException {
    byte format = source.readByte();
    if (format != FORMAT) {
      throw new IOException(
          "Event format "
              + format
              + " in match state is not "
              + FORMAT
              + ": the snapshot is from another version");
    }
    long timeMs = source.readLong();
    Long serial = source.readBoolean() ? source.readLong() : null;
    String id = source.readUTF();
    Side side = SIDES[source.readByte()];
    long fingerprint = source.readLong();
    byte[] body = new byte[source.readInt()];
    source.readFully(body);
    return MatchEvent.stored(timeMs, serial, id, side, fingerprint, body, codec());
  }

  @Override
  public MatchEvent deserialize(MatchEvent reuse, DataInputView source) throws IOException {
    return deserialize(source);
  }

  @Override
  public void copy(DataInputView source, DataOutputView target) throws IOException {
    serialize(deserialize(source), target);
  }

  @Override
  public boolean isImmutableType() {
    return true;
  }

  @Override
  public TypeSerializer<MatchEvent> duplicate() {
    return new MatchEventSerializer();
  }

  @Override
  public MatchEvent createInstance() {
    return null;
  }

  @Override
  public MatchEvent copy(MatchEvent from) {
    return from;
  }

  @Override
  public MatchEvent copy(MatchEvent from, MatchEvent reuse) {
    return from;
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MatchEventSerializer;
  }

  @Override
  public int hashCode() {
    return MatchEventSerializer.class.hashCode();
  }

  @Override
  public TypeSerializerSnapshot<MatchEvent> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Configuration snapshot: the format stands in the bytes. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<MatchEvent> {
    /** For Flink. */
    public Snapshot() {
      super(MatchEventSerializer::new);
    }
  }
}
