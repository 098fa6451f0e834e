package dev.zhifu.rules.matching;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.base.IntSerializer;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.cep.nfa.ComputationState;
import org.apache.flink.cep.nfa.NFAState;
import org.apache.flink.cep.nfa.NFAStateSerializer;
import org.apache.flink.cep.nfa.sharedbuffer.EventId;
import org.apache.flink.cep.nfa.sharedbuffer.Lockable;
import org.apache.flink.cep.nfa.sharedbuffer.NodeId;
import org.apache.flink.cep.nfa.sharedbuffer.SharedBufferNode;
import org.apache.flink.cep.nfa.sharedbuffer.SharedBufferNodeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Bytes of a base, through the library's own serializers, behind a format byte. Not thread-safe.
 */
final class PartialsCodec {
  private static final byte FORMAT = 1;

  private final DataOutputSerializer output = new DataOutputSerializer(1024);
  private final DataInputDeserializer input = new DataInputDeserializer();
  private final NFAStateSerializer states = new NFAStateSerializer();
  private final EventId.EventIdSerializer eventIds = EventId.EventIdSerializer.INSTANCE;
  private final NodeId.NodeIdSerializer nodeIds = new NodeId.NodeIdSerializer();
  private final Lockable.LockableTypeSerializer<MatchEvent> events;
  private final Lockable.LockableTypeSerializer<SharedBufferNode> nodes =
      new Lockable.LockableTypeSerializer<>(new SharedBufferNodeSerializer());

  PartialsCodec(MatchEventSerializer serializer) {
    events = new Lockable.LockableTypeSerializer<>(serializer);
  }

  byte[] encode(Partials partials) throws IOException {
    output.clear();
    output.writeByte(FORMAT);
    output.writeLong(partials.advancedTo);
    output.writeBoolean(partials.state != null);
    if (partials.state != null) {
      states.serialize(partials.state, output);
    }
    write(partials.events, eventIds, events, output);
    write(partials.entries, nodeIds, nodes, output);
    write(partials.counts, LongSerializer.INSTANCE, IntSerializer.INSTANCE, output);
    return output.getCopyOfBuffer();
  }

  /** The event time up to which the base in {@code bytes} was advanced. */
  static long advancedTo(byte[] bytes) {
    return ByteBuffer.wrap(bytes).getLong(1);
  }

  Partials decode(byte[] bytes) throws IOException {
    input.setBuffer(bytes);
    byte format = input.readByte();
    if (format != FORMAT) {
      throw new IOException(
          "Base format " + format + " is not " + FORMAT + ": the snapshot is from another version");
    }
    Partials partials = new Partials();
    partials.advancedTo = input.readLong();
    if (input.readBoolean()) {
      partials.state = states.deserialize(input);
    }
    read(partials.events, eventIds, events, input);
    read(partials.entries, nodeIds, nodes, input);
    read(partials.counts, LongSerializer.INSTANCE, IntSerializer.INSTANCE, input);
    return partials;
  }

  /**
   * A copy that can be fed without changing the original. Events, which never change, are shared.
   */
  Partials copy(Partials partials) {
    Partials copy = new Partials();
    copy.advancedTo = partials.advancedTo;
    if (partials.state != null) {
      copy.state =
          new NFAState(
              copy(partials.state.getPartialMatches()), copy(partials.state.getCompletedMatches()));
    }
    partials.events.forEach((id, event) -> copy.events.put(id, events.copy(event)));
    partials.entries.forEach((id, node) -> copy.entries.put(id, nodes.copy(node)));
    copy.counts.putAll(partials.counts);
    return copy;
  }

  private static Queue<ComputationState> copy(Queue<ComputationState> states) {
    Queue<ComputationState> copy = new PriorityQueue<>(NFAState.COMPUTATION_STATE_COMPARATOR);
    copy.addAll(states);
    return copy;
  }

  private static <K, V> void write(
      Map<K, V> map, TypeSerializer<K> keys, TypeSerializer<V> values, DataOutputView target)
      throws IOException {
    target.writeInt(map.size());
    for (Map.Entry<K, V> entry : map.entrySet()) {
      keys.serialize(entry.getKey(), target);
      values.serialize(entry.getValue(), target);
    }
  }

  private static <K, V> void read(
      Map<K, V> map, TypeSerializer<K> keys, TypeSerializer<V> values, DataInputView source)
      throws IOException {
    for (int left = source.readInt(); left > 0; left--) {
      map.put(keys.deserialize(source), values.deserialize(source));
    }
  }
}
